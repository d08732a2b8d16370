// Rules of Suricata that match less than they look like. Floor 3.
// Source: Suricata user guide, "DNS keywords" and "dotprefix" (docs.suricata.io).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testudo {

// The rule as it would have to be where it asks for the exact name of a host alone: `dns.query; content:"a.test";
// depth:6; endswith` misses "x.a.test". Nothing where the rule is another.
std::optional<std::string> subdomain_mend(std::string_view rule);

}  // namespace testudo
