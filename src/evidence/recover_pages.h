// PageWalker: walks the table b-trees of a damaged database, each page at most once. Floor 2.
// Source: SQLite "Database File Format" §1.5 (freelist), §1.6 (b-tree pages), sqlite.org/fileformat2.html.
//
//   page := [database header(100) on page 1] type(1) first free block(2) cells(2) content start(2) fragments(1)
//           [rightmost child(4) on interior pages] cell pointer(2)*
//   table leaf cell    := payload size(varint) rowid(varint) local payload [first overflow page(4)]
//   table interior cell:= left child(4) rowid(varint)
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "evidence/database.h"
#include "evidence/database_image.h"
#include "record/value.h"

namespace testudo {

// A row in the order in which the record stores its fields; borrowed. False ends the walk.
using RecoveredRow = std::function<bool(std::int64_t rowid, const std::vector<Value>& fields)>;

enum class Walked : std::uint8_t {
  whole,    // every page that the tree names is there
  damaged,  // a page is missing, is no table page, or was reached before
  index,    // the root belongs to an index: a table WITHOUT ROWID
  stopped,  // the visitor had enough
};

class PageWalker {
 public:
  // Reports `recovery_page` (offset of a page that could not be used) and `recovery_row` (offset of a page with cells
  // that make no row, or whose overflow pages are not there). Borrows the image and the report. Memory: two bits a
  // page.
  PageWalker(DatabaseImage& image, const Report& report, std::uint64_t limit);

  Walked walk(std::uint32_t root, const RecoveredRow& row);
  // Octets that the rows of a tree say they hold, without reading their overflow pages. More than are stored means that
  // rows share pages.
  std::uint64_t stated_size(std::uint32_t root);
  // Marks the pages of the freelist, so that deleted rows do not come back.
  void skip_free_pages();
  // Calls `leaf` for every table leaf that no walk has reached; `leaf` reads its rows with rows_of().
  // Cost: reads every page that was not read before.
  bool each_orphan(const std::function<bool(std::uint32_t page)>& leaf);
  // The rows of one leaf. False if the visitor stopped.
  bool rows_of(std::uint32_t page, const RecoveredRow& row);
  // As rows_of(), without a report: to find out what the page holds.
  void peek(std::uint32_t page, const RecoveredRow& row);
  void mark_used(std::uint32_t page) { seen_[page] = true; }

 private:
  enum class Purpose : std::uint8_t {
    read,
    peek,     // takes no overflow pages, reports nothing
    measure,  // adds up the payloads' sizes alone, reports nothing
  };
  Walked walk(std::uint32_t root, Purpose purpose, const RecoveredRow& row);
  bool load(std::uint32_t page);
  std::uint32_t header_at(std::uint32_t page) const { return page == 1 ? 100 : 0; }
  std::uint32_t cells(std::uint32_t page) const;
  std::uint32_t be16(std::size_t at) const { return (std::uint32_t{page_[at]} << 8) | page_[at + 1]; }
  void children(std::uint32_t page, std::vector<std::uint32_t>& out) const;
  bool payload_of(std::size_t cell, Purpose purpose, std::int64_t& rowid, Bytes& payload);
  bool overflow(std::uint32_t first, std::uint64_t size, Purpose purpose);
  bool leaf_rows(std::uint32_t page, Purpose purpose, const RecoveredRow& row);
  void say(std::string_view name, std::uint32_t page) const;

  DatabaseImage& image_;
  const Report& report_;
  std::uint64_t limit_;
  std::uint32_t usable_;
  std::vector<bool> seen_;      // b-tree pages walked, free pages
  std::vector<bool> overflow_;  // overflow pages of rows that were read
  std::uint64_t steps_left_;    // overflow pages that may be read: bounds chains that share pages
  std::vector<std::uint8_t> page_, extra_, payload_;
  std::uint32_t loaded_ = 0;
  std::uint64_t measured_ = 0;
  std::vector<std::uint32_t> chain_;
  std::vector<Value> fields_;
};

}  // namespace testudo
