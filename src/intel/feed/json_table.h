// JSON of anybody's making whose objects are rows: one indicator each, with keys that are called like the columns of a
// table; or lists of values under keys that name their kind. Floor 3. docs/formats/feeds.md, F19.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat json_format;

}  // namespace testudo
