// Rules of Suricata and Snort. Floor 3. Source: the Suricata user guide, "Rules format", "DNS keywords", "TLS
// keywords".
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

// Each rule is kept; a rule that looks for one whole host name in DNS, TLS or HTTP also claims that host, one that
// looks for nothing but a destination claims that address.
extern const FeedFormat ids_rules_format;

}  // namespace testudo
