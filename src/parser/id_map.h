// IdMap: row numbers of one table to small values, for joins done in memory: a damaged table then costs its own columns
// alone, and a missing index costs nothing. Floor 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace testudo {

// Numbers from 1 up, as SQLite gives them, lie in an array; others in a hash table. Bounded: what does not fit is not
// kept.
class IdMap {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  static constexpr std::int64_t most_dense = 16'000'000;  // 64 MB
  static constexpr std::size_t most_sparse = 1'000'000;

  // Keeps the first value given for an id. False if there was no room.
  bool add(std::int64_t id, std::uint32_t value) {
    if (id >= 0 && id < most_dense) {
      const auto at = static_cast<std::size_t>(id);
      if (at >= dense_.size()) dense_.resize(at + at / 2 + 64, none);
      if (dense_[at] == none) dense_[at] = value;
      return true;
    }
    if (sparse_.size() == most_sparse) return false;
    sparse_.emplace(id, value);
    return true;
  }
  // `none` if the id was not added.
  std::uint32_t find(std::int64_t id) const {
    if (id >= 0 && static_cast<std::uint64_t>(id) < dense_.size()) return dense_[static_cast<std::size_t>(id)];
    const auto it = sparse_.find(id);
    return it == sparse_.end() ? none : it->second;
  }

 private:
  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::int64_t, std::uint32_t> sparse_;
};

// Row numbers of one table to texts, such as the names behind handles and labels. Bounded like IdMap.
class TextMap {
 public:
  static constexpr std::size_t most_octets = 64U << 20;  // of one map
  static constexpr std::size_t longest = 64U << 10;      // of one joined text

  // Keeps the first text given for an id. False if there was no room.
  bool add(std::int64_t id, std::string_view text) {
    used_ += text.size() + sizeof(std::string);
    if (used_ > most_octets || !ids_.add(id, static_cast<std::uint32_t>(texts_.size()))) return false;
    texts_.emplace_back(text);
    return true;
  }
  // Adds a further line to the text of an id. False if there was no room.
  bool add_line(std::int64_t id, std::string_view line) {
    const std::uint32_t at = ids_.find(id);
    if (at == IdMap::none) return add(id, line);
    used_ += line.size() + 1;
    if (used_ > most_octets || texts_[at].size() + line.size() > longest) return false;
    texts_[at].append("\n").append(line);
    return true;
  }
  // Nothing if the id is unknown or its text empty. Valid until the next add.
  std::optional<std::string_view> find(std::int64_t id) const {
    const std::uint32_t at = ids_.find(id);
    if (at == IdMap::none || texts_[at].empty()) return std::nullopt;
    return texts_[at];
  }

 private:
  IdMap ids_;
  std::vector<std::string> texts_;
  std::size_t used_ = 0;
};

}  // namespace testudo
