// Table pages: the b-tree of a rowid table that SQLite has created and left empty, filled page by page without SQLite.
// Rows come in ascending order, so that every page is written once and full. Floor 2.
// Format: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 1.7 (overflow) and 2.1 (records).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "record/value.h"
#include "store/page_file.h"

namespace testudo {

// A row in SQLite's record format. Memory is kept from row to row.
class RecordFormat {
 public:
  // NaN, which SQLite does not store, becomes NULL. Texts must be UTF-8.
  void begin();
  void add(const Value& value);
  // Octets of the whole record: header and body.
  std::size_t size() const { return header_size() + body_size_; }
  // Copies the record's first octets, up to the end of `to`.
  void copy(std::span<std::uint8_t> to) const;

 private:
  std::size_t header_size() const;
  void put_integer(std::int64_t value);
  std::uint8_t* room(std::vector<std::uint8_t>& in, std::size_t used, std::size_t more);
  std::vector<std::uint8_t> types_, body_;  // sizes are what was ever needed
  std::size_t types_size_ = 0, body_size_ = 0;
};

class TablePages {
 public:
  // `root`: the table's page in sqlite_schema, not 1.
  TablePages(const PageFile& file, std::uint32_t root);
  // Appends the row with the next number: 1, 2, … Fault::limit where SQLite would refuse it for its size.
  Result<void> append(PageFile& file, const RecordFormat& record);
  std::int64_t rows() const { return rows_; }
  // Writes what is left. Nothing may be appended afterwards.
  Result<void> finish(PageFile& file);

 private:
  struct Child {
    std::uint32_t page;
    std::int64_t last;  // the largest rowid below it
  };
  std::size_t local_octets(std::size_t record) const;
  Result<std::uint32_t> write_overflow(PageFile& file, const RecordFormat& record, std::size_t local);
  Result<void> write_leaf(PageFile& file, std::uint32_t number);
  Result<void> write_interior(PageFile& file, std::uint32_t number, std::span<const Child> children);
  void begin_page();
  void end_page(std::uint8_t type, std::size_t header);

  std::size_t page_size_;
  std::uint32_t root_;
  std::vector<std::uint8_t> page_;  // the leaf being filled; empty until the first row
  std::size_t cells_ = 0;           // in it
  std::size_t content_ = 0;         // where its cells begin: they grow downwards, their places upwards
  std::int64_t rows_ = 0;
  std::vector<Child> leaves_;
};

}  // namespace testudo
