// misp_index.h.
#include "intel/feed/misp_index.h"

#include <string>
#include <vector>

#include "intel/feed/csv_rows.h"

namespace testudo {

bool has_uuid_shape(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < 36; ++i)
    if ((i == 8 || i == 13 || i == 18 || i == 23) != (text[i] == '-')) return false;
  return true;
}

bool is_hash_index(std::string_view head) {
  CsvRows rows(head, ',');
  std::vector<std::string> cells;
  std::size_t seen = 0;
  while (seen < 20 && rows.next(cells)) {
    if (rows.offset() >= head.size() && seen > 0) break;
    if (cells.size() != 2 || cells[0].size() != 32 || !has_uuid_shape(cells[1])) return false;
    ++seen;
  }
  return seen > 0;
}

}  // namespace testudo
