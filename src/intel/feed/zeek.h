// Zeek intelligence files. Floor 3. Source: Zeek's documentation of the Intel framework.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat zeek_format;

}  // namespace testudo
