// OpenIOC 1.0 and 1.1. Floor 3. Source: the schemas of both (Mandiant, Apache 2.0); MISP's mapping of its search terms.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat openioc_format;

}  // namespace testudo
