// Row tree: a b-tree of a page file whose rows come in their order, so that every page is written once and full,
// without SQLite's machine. Some ten times as fast as INSERT. Floor 2. Source: https://www.sqlite.org/fileformat2.html,
// section 1.6 (b-tree pages, cell payload overflow).
#pragma once

#include <cstdint>
#include <vector>

#include "store/page_file.h"

namespace testudo {

// A table whose rows come in ascending order of their numbers, or an index (also: a table WITHOUT ROWID) whose rows
// come in the order of their columns. A copy is a state to go back to, together with PageFile::back_to(). What goes
// wrong is told by the PageFile. Memory: a page for each level.
class RowTree {
 public:
  enum class Type : std::uint8_t { table, index };
  // `root`: the page at which the schema says that the tree begins; not 1, and empty.
  RowTree(Type type, std::uint32_t root) : type_(type), root_(root) {}
  void add(PageFile& file, std::int64_t number, Bytes row);  // of a table; rows in RecordFormat
  void add(PageFile& file, Bytes row);                       // of an index
  // Writes what is left. Nothing may be added afterwards.
  void finish(PageFile& file);

 private:
  struct Node {
    std::vector<std::uint8_t> page;  // empty before the first cell
    std::size_t begin = 0;           // of the cells, which fill the page from its end
    std::size_t last = 0;            // size of the last cell
    std::size_t cells = 0;
  };
  std::uint8_t* room(PageFile& file, std::size_t level, std::size_t cell);
  void put_payload(PageFile& file, std::uint8_t* to, Bytes row, std::size_t here);
  void close(PageFile& file, std::size_t level);
  void seal(Node& node, std::size_t level, std::uint32_t right) const;

  Type type_;
  std::uint32_t root_;
  std::vector<Node> levels_;  // the rightmost page of each level, in the making; the first holds the rows
  std::int64_t last_number_ = 0;
};

}  // namespace testudo
