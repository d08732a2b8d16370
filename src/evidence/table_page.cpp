#include "evidence/table_page.h"

#include <algorithm>

#include "evidence/recover_record.h"

namespace testudo {
namespace {

constexpr std::uint8_t interior_table = 5, leaf_table = 13;
constexpr std::size_t leaf_header = 8, interior_header = 12;

std::uint32_t be16(Bytes octets, std::size_t at) { return (std::uint32_t{octets[at]} << 8) | octets[at + 1]; }
std::uint32_t be32(Bytes octets, std::size_t at) { return (be16(octets, at) << 16) | be16(octets, at + 2); }

}  // namespace

bool TablePage::load(DatabaseImage& image, std::uint32_t number, RowRange range, bool is_root) {
  number_ = 0;
  // The first page belongs to the schema, and the page at this offset to no tree (file format §1.5, "lock-byte page").
  const std::uint32_t lock_byte_page = (1U << 30) / image.page_size() + 1;
  if (number < 2 || number > image.pages() || number == lock_byte_page) return false;
  octets_.resize(image.page_size());
  if (!image.read_page(number, octets_)) return false;
  usable_ = image.page_size() - image.reserved();
  leaf_ = octets_[0] == leaf_table;
  if (!leaf_ && octets_[0] != interior_table) return false;
  range_ = range;
  rightmost_ = leaf_ ? 0 : be32(octets_, 8);
  const std::uint32_t count = be16(octets_, 3);
  if (count == 0 ? !is_root || !leaf_ : range.low > range.high) return false;
  if (!read_cells(count)) return false;
  number_ = number;
  return true;
}

bool TablePage::read_cells(std::uint32_t count) {
  const std::size_t header = leaf_ ? leaf_header : interior_header;
  const std::size_t content = header + std::size_t{2} * count;
  cells_.resize(count);
  if (content > usable_) return false;
  std::int64_t least = range_.low;
  for (std::uint32_t i = 0; i < count; ++i) {
    TableCell& cell = cells_[i];
    const std::size_t at = be16(octets_, header + std::size_t{2} * i);
    // Four octets are the least that a cell takes; an interior one has more.
    if (at < content || at + (leaf_ ? 4 : 5) > usable_) return false;
    if (!(leaf_ ? read_leaf_cell(at, cell) : read_interior_cell(at, cell))) return false;
    if (cell.rowid < least || cell.rowid > range_.high) return false;
    if (cell.rowid == std::numeric_limits<std::int64_t>::max()) return i + 1 == count && leaf_;
    least = cell.rowid + 1;
  }
  return true;
}

bool TablePage::read_leaf_cell(std::size_t at, TableCell& cell) const {
  const Bytes page = octets();
  const auto size = read_varint(page, at);
  const auto rowid = size ? read_varint(page, at) : std::nullopt;
  if (!rowid || *size > largest_payload) return false;
  const std::uint64_t local = local_payload(*size, usable_), chain = local == *size ? 0 : 4;
  if (local + chain > page.size() - at) return false;
  cell = {static_cast<std::int64_t>(*rowid), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(*size)};
  return true;
}

bool TablePage::read_interior_cell(std::size_t at, TableCell& cell) const {
  const std::uint32_t child = be32(octets_, at);
  at += 4;
  const auto rowid = read_varint(octets(), at);
  if (!rowid) return false;
  cell = {static_cast<std::int64_t>(*rowid), 0, child};
  return true;
}

std::size_t TablePage::lower_bound(std::int64_t rowid) const {
  const auto found = std::ranges::lower_bound(cells_, rowid, {}, &TableCell::rowid);
  return static_cast<std::size_t>(found - cells_.begin());
}

RowRange TablePage::range_of_child(std::size_t i) const {
  return {i == 0 ? range_.low : cells_[i - 1].rowid + 1, i < cells_.size() ? cells_[i].rowid : range_.high};
}

}  // namespace testudo
