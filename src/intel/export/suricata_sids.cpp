#include "intel/export/suricata_sids.h"

#include <charconv>
#include <fstream>

namespace testudo {
namespace {

template <typename T>
std::optional<T> number_after(std::string_view line, std::string_view word, int base) {
  const std::size_t at = line.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(at + word.size());
  T number = 0;
  const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number, base);
  if (fault != std::errc() || end == rest.data()) return std::nullopt;
  return number;
}

}  // namespace

std::string sid_key_text(std::uint64_t key) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; key >>= 4) text[i] = digits[key & 15];
  return text;
}

void SuricataSids::keep(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) keep_line(line);
}

void SuricataSids::keep_line(std::string_view line) {
  const auto key = number_after<std::uint64_t>(line, "testudo_key ", 16);
  const auto sid = number_after<std::uint32_t>(line, " sid:", 10);
  if (!key || !sid || *sid < base_ || (*sid - base_) / group >= taken_.size()) return;
  const std::uint32_t place = (*sid - base_) / group;
  if (taken_[place] || !groups_.emplace(*key, place).second) return;
  taken_[place] = true;
  ++used_;
}

std::optional<std::uint32_t> SuricataSids::of(std::uint64_t key) {
  if (const auto known = groups_.find(key); known != groups_.end()) return base_ + known->second * group;
  if (used_ == taken_.size()) return std::nullopt;
  std::size_t place = key % taken_.size();
  while (taken_[place]) place = place + 1 == taken_.size() ? 0 : place + 1;
  taken_[place] = true;
  ++used_;
  groups_.emplace(key, static_cast<std::uint32_t>(place));
  return base_ + static_cast<std::uint32_t>(place) * group;
}

}  // namespace testudo
