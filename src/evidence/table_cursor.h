// TableCursor: a place in a table b-tree, reached row by row or by row number, without SQLite. Floor 2.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "evidence/database_image.h"
#include "evidence/table_page.h"
#include "evidence/table_row.h"

namespace testudo {

class TableCursor {
 public:
  enum class Step : std::uint8_t {
    row,
    none,     // behind the last row, or no row of this number
    unusual,  // something that SQLite must judge: TablePage::load() refused a page
  };
  // Borrows the image. Memory: a page a level, and at most 4 MiB of pages once seek() is called.
  TableCursor(DatabaseImage& image, std::uint32_t root) : image_(image), root_(root), row_(image) {}
  TableCursor(TableCursor&&) = default;

  Step first();
  Step next();  // after first() or next() gave a row
  // Not between first() and next().
  Step seek(std::int64_t rowid);
  // Stands on no row: all its fields are NULL.
  void leave() { on_row_ = false; }

  bool on_row() const { return on_row_; }
  std::int64_t rowid() const { return rowid_; }
  TableRow& row() { return row_; }

 private:
  struct Level {
    TablePage page;
    std::size_t at = 0;
  };
  bool load_level(std::uint32_t number, RowRange range);
  Step descend();
  Step stand_on(const TablePage& page, std::size_t at);
  const TablePage* leaf_of(std::int64_t rowid);

  DatabaseImage& image_;
  std::uint32_t root_;
  TableRow row_;
  std::int64_t rowid_ = 0;
  bool on_row_ = false;
  std::vector<std::unique_ptr<Level>> levels_;  // from the root down
  std::size_t depth_ = 0;                       // levels in use
  std::vector<std::unique_ptr<TablePage>> cache_;
  const TablePage* found_ = nullptr;  // the leaf that seek() used last
};

}  // namespace testudo
