// Lists as tables: rows that belong to one entity by a key. Private to src/intel/screen.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "intel/screen/csv_rows.h"
#include "intel/screen/list_builder.h"

namespace testudo {

// Calls `each(header, row)` for every row below the first line that has the column `wanted`; lines above it (a banner
// with a date) go to `banner`. Notes `truncated` for a quote that is never closed, `short_row` for rows with fewer
// fields than the header. Error `malformed` if no such line is among the first 20.
Result<void> read_table(std::string_view content, std::string_view wanted, SanctionList& list,
                        const std::function<void(const CsvHeader&, const std::vector<std::string>&)>& each,
                        const std::function<void(const std::vector<std::string>&)>& banner = {});

// Builders by key, in order of first appearance.
class KeyedEntities {
 public:
  KeyedEntities(SanctionList& list, std::string_view list_name) : list_(list), list_name_(list_name) {}
  // `is_new` tells whether it was made by this call.
  EntityBuilder& at(std::string_view key, bool& is_new);
  void finish();

 private:
  SanctionList& list_;
  std::string list_name_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<EntityBuilder> builders_;
};

}  // namespace testudo
