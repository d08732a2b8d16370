// The addresses of Safari's history in memory, by number: visits refer to them in no order, and looking each up in the
// database costs a page read where they are many. Floor 4.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/database.h"

namespace testudo {

struct HistoryItem {
  std::int64_t id = 0;
  std::optional<std::string_view> url;
  std::optional<std::int64_t> visit_count;
  bool visited = false;  // set by find()
};

class HistoryItems {
 public:
  // All rows of history_items. Fault::limit if they take more than `limit` octets: then the caller joins instead.
  static Result<HistoryItems> load(const Database& db, std::uint64_t limit = 48U << 20);
  // Null if there is no such row. Cost: one look, or a binary search.
  const HistoryItem* find(std::int64_t id);
  const std::vector<HistoryItem>& all() const { return items_; }

 private:
  std::string_view keep(std::string_view text);
  std::vector<HistoryItem> items_;               // in order of id
  std::vector<std::unique_ptr<char[]>> chunks_;  // the texts
  std::size_t left_ = 0;                         // octets free in the last chunk
  char* next_ = nullptr;
};

}  // namespace testudo
