// JSON of abuse.ch's lists: ThreatFox, URLhaus, MalwareBazaar, Feodo Tracker, as they are exported and as their
// interfaces answer. Floor 3. Sources: the pages "API" of threatfox, urlhaus and bazaar.abuse.ch;
// docs/formats/feeds.md.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat abusech_format;

}  // namespace testudo
