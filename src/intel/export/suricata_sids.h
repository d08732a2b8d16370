// Numbers of rules that stay with their indicators from export to export. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace testudo {

// A range of numbers is cut into groups of four. An indicator's group follows from its value; where two meet, the later
// takes the next free one, and an earlier export, read again, tells who had which.
class SuricataSids {
 public:
  static constexpr std::uint32_t group = 4;
  SuricataSids(std::uint32_t base, std::uint32_t count) : base_(base), taken_(count / group) {}
  // Takes over the numbers in a rule file that we wrote; what is not ours in it is ignored. Absent files are no error.
  void keep(const std::string& path);
  // First number of the group of `key`; nothing when the range is full. Cost: constant until the range fills.
  std::optional<std::uint32_t> of(std::uint64_t key);

 private:
  void keep_line(std::string_view line);
  std::uint32_t base_;
  std::vector<bool> taken_;
  std::size_t used_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> groups_;
};

// "0123456789abcdef": as it stands in a rule's metadata.
std::string sid_key_text(std::uint64_t key);

}  // namespace testudo
