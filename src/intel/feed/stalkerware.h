// Lists of stalkerware: AssoEchap's ioc.yaml and watchware.yaml, TinyCheck's JSON. Floor 3.
// Sources: the files of AssoEchap/stalkerware-indicators and its README; KasperskyLab/TinyCheck.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat stalkerware_format;
extern const FeedFormat tinycheck_format;  // {"iocs": [{"type", "tag", "tlp", "value"}]}

}  // namespace testudo
