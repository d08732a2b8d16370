// TablePage: one page of a table b-tree, checked as a whole before a row of it is used. Floor 2.
// Source: SQLite "Database File Format" §1.6 (b-tree pages), sqlite.org/fileformat2.html; layout in recover_pages.h.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "evidence/database_image.h"

namespace testudo {

// Row numbers that the pages above leave to a page, both ends included.
struct RowRange {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  bool operator==(const RowRange&) const = default;
};

struct TableCell {
  std::int64_t rowid = 0;    // on an interior page the highest row number below the child
  std::uint32_t at = 0;      // leaf: where the payload begins on the page
  std::uint32_t number = 0;  // leaf: octets of the whole payload; interior: the child's page
};

class TablePage {
 public:
  // Reads the page and checks it: a table page with cells inside of it that do not reach behind its end, and row
  // numbers that rise and keep to `range`. That is more than SQLite asks of a page, so that SQLite has rows wherever
  // this has. False if anything is otherwise; the page then holds nothing.
  // Since children have ranges of their own, no page can be reached twice.
  bool load(DatabaseImage& image, std::uint32_t number, RowRange range, bool is_root);
  // Whether load() filled it with this page for this range.
  bool holds(std::uint32_t number, RowRange range) const {
    return number_ != 0 && number_ == number && range_ == range;
  }

  bool is_leaf() const { return leaf_; }
  std::size_t cells() const { return cells_.size(); }
  const TableCell& cell(std::size_t i) const { return cells_[i]; }
  const RowRange& range() const { return range_; }
  // The first cell whose row number is not below `rowid`; cells() if there is none.
  std::size_t lower_bound(std::int64_t rowid) const;
  // Interior pages have one child more than cells.
  std::uint32_t child(std::size_t i) const { return i < cells_.size() ? cells_[i].number : rightmost_; }
  RowRange range_of_child(std::size_t i) const;
  // The octets that the b-tree uses.
  Bytes octets() const { return {octets_.data(), usable_}; }

  // A payload of more octets than this is left to SQLite.
  static constexpr std::uint64_t largest_payload = 64U << 20;

 private:
  bool read_cells(std::uint32_t count);
  bool read_leaf_cell(std::size_t at, TableCell& cell) const;
  bool read_interior_cell(std::size_t at, TableCell& cell) const;

  std::vector<std::uint8_t> octets_;
  std::vector<TableCell> cells_;
  RowRange range_;
  std::uint32_t number_ = 0;  // 0: nothing is loaded
  std::uint32_t usable_ = 0, rightmost_ = 0;
  bool leaf_ = false;
};

}  // namespace testudo
