// Any octets as a database: opening it, reading every table, recovering it. Nothing may crash, hang or grow.
#include <string>
#include <vector>

#include "evidence/database.h"
#include "evidence/table_catalogue.h"

namespace {

using namespace testudo;

constexpr DatabaseLimits limits{.instructions = 2'000'000};
constexpr std::uint64_t memory = 8U << 20;

void read_all(const Database& db) {
  std::vector<std::string> names;
  static_cast<void>(db.each("SELECT name FROM sqlite_schema", [&](const QueryRow& row) {
                        names.emplace_back(row.text(0).value_or(""));
                        return names.size() < 20;
                      }).ok());
  for (const std::string& name : names) {
    if (!db.has_table(name)) continue;
    static_cast<void>(db.rest_of_row(name, 1, {"a"}));
    int rows = 0;
    static_cast<void>(db.each("SELECT * FROM " + quoted_identifier(name), [&](const QueryRow& row) {
                          for (int i = 0; i < row.columns(); ++i)
                            static_cast<void>(row.bytes(i).has_value() && row.text(i).has_value());
                          return ++rows < 1000;
                        }).ok());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto blob = memory_blob({data, size});
  if (const auto db = Database::open(*blob, nullptr, DatabaseView::merged, {}, limits)) read_all(db.value());
  if (const auto db = Database::recover(*blob, nullptr, {}, memory, limits)) read_all(db.value());
  return 0;
}
