// Ranges of addresses as networks. Floor 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// "192.0.2.4-192.0.2.11" as the fewest networks that hold exactly it ("192.0.2.4/30", "192.0.2.8/30"), a network of one
// address without prefix. Also "192.0.2.4-11". IPv4 alone; empty for anything else and for a range that runs backwards.
std::vector<std::string> networks_of_range(std::string_view text);

}  // namespace testudo
