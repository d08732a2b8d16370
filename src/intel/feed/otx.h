// Pulses of AlienVault's Open Threat Exchange (OTX) as JSON, and lists of their indicators. Floor 3.
// Sources: the OTX DirectConnect interface and OTX-Python-SDK (names of types); docs/formats/feeds.md.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat otx_format;

}  // namespace testudo
