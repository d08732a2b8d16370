// Tells the names of STIX's types and properties apart by their length and two of their letters. Floor 3.
#pragma once

#include <cstddef>
#include <string_view>

namespace testudo {

struct StixNameHash {
  std::size_t operator()(std::string_view name) const {
    return name.empty() ? 0
                        : name.size() ^ std::size_t{static_cast<unsigned char>(name.front())} << 5 ^
                              std::size_t{static_cast<unsigned char>(name[name.size() / 2])} << 10;
  }
};

}  // namespace testudo
