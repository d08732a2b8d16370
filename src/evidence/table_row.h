// TableRow: the fields of one row, taken from its page, and from its overflow pages as far as they are asked for.
// Floor 2. Source: SQLite "Database File Format" §1.6 (overflow pages), §2.1 (record format),
// sqlite.org/fileformat2.html.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "evidence/database_image.h"
#include "evidence/table_page.h"
#include "record/value.h"

namespace testudo {

class TableRow {
 public:
  enum class Field : std::uint8_t {
    stored,
    absent,   // the row ends before this field: it was written before the column was added
    unusual,  // the record is not as SQLite writes it, or an overflow page is not there
  };
  // Borrows the image.
  explicit TableRow(DatabaseImage& image);
  // Stands on a cell of a leaf, which must stay as it is while the row is used.
  void set(const TablePage& page, const TableCell& cell);
  // The field as stored, in the table's order of columns. Texts and bytes live until the next set(), and their page.
  Field field(std::size_t index, Value& out) {
    if (index >= known_)
      if (const Field parsed = parse_to(index); parsed != Field::stored) return parsed;
    return decode(index, out);
  }

 private:
  struct Place {
    std::uint32_t type, offset;
  };
  Field parse_to(std::size_t index);
  bool begin();
  Field decode(std::size_t index, Value& out);
  bool have(std::uint64_t octets);

  DatabaseImage& image_;
  std::uint32_t usable_;
  Bytes payload_;                                // what is at hand of it
  std::uint32_t size_ = 0;                       // of the whole payload
  std::uint32_t chain_ = 0;                      // the next overflow page
  std::uint32_t at_ = 0, header_ = 0, end_ = 0;  // in the header; its end; end of the fields that are known
  std::size_t known_ = 0;
  std::vector<Place> places_;
  std::unique_ptr<std::uint8_t[]> whole_;
  std::size_t capacity_ = 0;
  std::vector<std::uint8_t> page_;
  std::uint64_t pages_left_;  // overflow pages that may be read: bounds rows that share them
};

}  // namespace testudo
