// YARA rules in feeds. Floor 3. Source: YARA's documentation, "Writing YARA rules".
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat yara_format;

}  // namespace testudo
