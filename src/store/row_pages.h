// Rows written as pages of an SQLite file, without SQLite's machine: for tables that are filled once, in the order of
// their keys, in a file that nobody else can see yet. Some ten times as fast as INSERT. Floor 2.
// Source: sqlite.org, "Database File Format" (sections 1.3 header, 1.6 b-tree pages, 2.1 records).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

// A row as SQLite keeps it: a header of types, then the values.
class RowText {
 public:
  void clear() { types_.clear(), values_.clear(); }
  RowText& null();
  RowText& integer(std::int64_t value);
  RowText& text(std::string_view value);
  RowText& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  // The whole, until the next call of any function.
  std::string_view whole();

 private:
  std::string types_, values_, whole_;
};

// Pages appended to a file. Numbers count from 1, as SQLite's do.
class PageFile {
 public:
  static constexpr std::size_t page_size = 8192;
  using Page = std::array<std::uint8_t, page_size>;

  // Appends behind the `pages` that the file holds. The descriptor is borrowed.
  PageFile(int descriptor, std::uint32_t pages) : descriptor_(descriptor), first_(pages + 1), next_(pages + 1) {}
  // The number that the page will get which is put after page `number`.
  static std::uint32_t after(std::uint32_t number);
  std::uint32_t next() const { return next_; }
  // Appends the page and returns its number. The first error is kept and told by finish().
  std::uint32_t put(const Page& page);
  // Forgets the pages from `number` on.
  void back_to(std::uint32_t number);
  void replace(std::uint32_t number, const Page& page);
  // Writes what is buffered and the number of pages into the file's header. Fault::io where the disk is full.
  Result<void> finish();

 private:
  void write(std::uint32_t number, std::string_view octets);
  void flush();
  int descriptor_;
  std::uint32_t first_;  // of the buffered pages
  std::uint32_t next_;
  std::string buffer_;
  std::optional<Error> wrong_;
};

// One b-tree: a table whose rows come in ascending order of their numbers, or an index (also: a table WITHOUT ROWID)
// whose rows come in the order of their columns. A copy is a state to go back to, together with PageFile::back_to().
class RowTree {
 public:
  enum class Type : std::uint8_t { table, index };
  // `root`: the page at which the schema says that the tree begins; it must be there, and empty.
  RowTree(Type type, std::uint32_t root) : type_(type), root_(root), levels_(1) {}
  void add(PageFile& file, std::int64_t number, std::string_view row);  // of a table
  void add(PageFile& file, std::string_view row);                       // of an index
  void finish(PageFile& file);

 private:
  struct Node {
    PageFile::Page page{};
    std::size_t begin = PageFile::page_size;  // of the cells, which fill the page from its end
    std::size_t last = 0;                     // size of the last cell
    std::size_t cells = 0;
  };
  void put_payload(PageFile& file, std::string_view row, std::size_t most);
  void add_cell(PageFile& file, std::size_t level, std::string_view cell);
  void close(PageFile& file, std::size_t level);
  void promote(PageFile& file, std::size_t level, std::uint32_t child, std::string_view separator);
  void seal(Node& node, std::size_t level, std::uint32_t right) const;

  Type type_;
  std::uint32_t root_;
  std::vector<Node> levels_;  // the rightmost page of each level, in the making; the first holds the rows
  std::int64_t last_number_ = 0;
  std::string cell_;
};

}  // namespace testudo
