// A page is closed when the next cell does not fit; what separates it from the next page goes one level up.
#include "store/row_tree.h"

#include <algorithm>
#include <cstring>

#include "store/sqlite_numbers.h"

namespace testudo {
namespace {

constexpr std::uint8_t leaf_table = 13, leaf_index = 10, inner_table = 5, inner_index = 2;
constexpr std::size_t leaf_header = 8, inner_header = 12, place_size = 2, page_number_size = 4;
// SQLite reads no longer one: its default limit.
constexpr std::size_t longest_row = 1'000'000'000;

std::size_t header_of(std::size_t level) { return level == 0 ? leaf_header : inner_header; }

// How many octets of a row lie in the leaf itself: all, or a part that leaves whole overflow pages.
std::size_t octets_here(std::size_t row, std::size_t page, bool table) {
  const std::size_t most = table ? page - 35 : (page - 12) * 64 / 255 - 23, least = (page - 12) * 32 / 255 - 23;
  if (row <= most) return row;
  const std::size_t even = least + (row - least) % (page - page_number_size);
  return even <= most ? even : least;
}

}  // namespace

// What a page has no room for goes on in a chain of pages of its own.
void RowTree::put_payload(PageFile& file, std::uint8_t* to, Bytes row, std::size_t here) {
  std::memcpy(to, row.data(), here);
  if (here == row.size()) return;
  row = row.subspan(here);
  std::uint32_t number = file.take();
  put_big_endian(to + here, number, page_number_size);
  for (std::vector<std::uint8_t> page(file.page_size()); !row.empty();) {
    const Bytes part = row.first(std::min(row.size(), page.size() - page_number_size));
    row = row.subspan(part.size());
    const std::uint32_t next = row.empty() ? 0 : file.take();
    put_big_endian(page.data(), next, page_number_size);
    std::ranges::copy(part, page.begin() + page_number_size);
    std::fill(page.begin() + static_cast<std::ptrdiff_t>(page_number_size + part.size()), page.end(), std::uint8_t{0});
    file.write(number, page);
    number = next;
  }
}

void RowTree::add(PageFile& file, std::int64_t number, Bytes row) {
  if (row.size() > longest_row) return file.fail(error(Fault::limit, "a row is too long for SQLite"));
  const std::size_t here = octets_here(row.size(), file.page_size(), true);
  const auto rowid = static_cast<std::uint64_t>(number);
  std::uint8_t* at = room(
      file, 0,
      varint_size(row.size()) + varint_size(rowid) + here + (here < row.size() ? page_number_size : std::size_t{0}));
  at += put_varint(at, row.size());
  at += put_varint(at, rowid);
  put_payload(file, at, row, here);
  last_number_ = number;
}

void RowTree::add(PageFile& file, Bytes row) {
  if (row.size() > longest_row) return file.fail(error(Fault::limit, "a row is too long for SQLite"));
  const std::size_t here = octets_here(row.size(), file.page_size(), false);
  std::uint8_t* at =
      room(file, 0, varint_size(row.size()) + here + (here < row.size() ? page_number_size : std::size_t{0}));
  at += put_varint(at, row.size());
  put_payload(file, at, row, here);
}

// The place of the level's next cell.
std::uint8_t* RowTree::room(PageFile& file, std::size_t level, std::size_t cell) {
  if (level == levels_.size()) levels_.emplace_back();
  const std::size_t header = header_of(level);
  if (levels_[level].cells != 0 && header + place_size * (levels_[level].cells + 1) + cell > levels_[level].begin)
    close(file, level);
  Node& node = levels_[level];
  if (node.cells == 0) {
    node.page.resize(file.page_size());
    node.begin = node.page.size();
  }
  node.begin -= cell;
  put_big_endian(node.page.data() + header + place_size * node.cells, node.begin, place_size);
  node.last = cell;
  ++node.cells;
  return node.page.data() + node.begin;
}

// A row of a table also stays in its page; of everything else the last cell itself is what separates.
void RowTree::close(PageFile& file, std::size_t level) {
  Node& node = levels_[level];
  std::vector<std::uint8_t> separator(longest_varint);
  std::uint32_t right = 0;
  if (level == 0 && type_ == Type::table) {
    separator.resize(put_varint(separator.data(), static_cast<std::uint64_t>(last_number_)));
  } else {
    Bytes last = Bytes(node.page).subspan(node.begin, node.last);
    if (level > 0) {
      for (const std::uint8_t octet : last.first(page_number_size)) right = right << 8 | octet;
      last = last.subspan(page_number_size);
    }
    separator.assign(last.begin(), last.end());
    node.begin += node.last;
    --node.cells;
  }
  seal(node, level, right);
  const std::uint32_t number = file.take();
  file.write(number, node.page);
  node.cells = 0;
  std::uint8_t* above = room(file, level + 1, page_number_size + separator.size());
  put_big_endian(above, number, page_number_size);
  std::ranges::copy(separator, above + page_number_size);
}

// Puts the header before the cells' places, and zeros between these and the cells.
void RowTree::seal(Node& node, std::size_t level, std::uint32_t right) const {
  const bool table = type_ == Type::table;
  std::uint8_t* page = node.page.data();
  std::fill_n(page, leaf_header, std::uint8_t{0});
  page[0] = level == 0 ? (table ? leaf_table : leaf_index) : (table ? inner_table : inner_index);
  put_big_endian(page + 3, node.cells, 2);
  put_big_endian(page + 5, node.begin, 2);  // 65536 is written as 0
  if (level > 0) put_big_endian(page + leaf_header, right, page_number_size);
  std::fill(page + header_of(level) + place_size * node.cells, page + node.begin, std::uint8_t{0});
}

void RowTree::finish(PageFile& file) {
  std::uint32_t right = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    Node& node = levels_[level];
    seal(node, level, right);
    right = level + 1 == levels_.size() ? root_ : file.take();
    file.write(right, node.page);
  }
}

}  // namespace testudo
