// A page is closed when the next cell does not fit; what separates it from the next page goes one level up.
#include "store/row_pages.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace testudo {
namespace {

constexpr std::size_t leaf_header = 8, inner_header = 12;
constexpr std::size_t buffered = std::size_t{1} << 20;
// The page that holds this octet is never used: SQLite's locks lie there.
constexpr std::uint32_t lock_page = 0x40000000 / PageFile::page_size + 1;

void append_varint(std::string& out, std::uint64_t value) {
  std::array<char, 9> octets{};
  std::size_t size = 0;
  if (value >> 56 != 0) {
    octets[8] = static_cast<char>(value);
    value >>= 8;
    for (std::size_t i = 8; i-- > 0; value >>= 7) octets[i] = static_cast<char>((value & 0x7F) | 0x80);
    out.append(octets.data(), octets.size());
    return;
  }
  do octets[size++] = static_cast<char>((value & 0x7F) | 0x80);
  while ((value >>= 7) != 0);
  octets[0] = static_cast<char>(octets[0] & 0x7F);
  while (size > 0) out.push_back(octets[--size]);
}

void append_big_endian(std::string& out, std::uint64_t value, unsigned octets) {
  while (octets > 0) out.push_back(static_cast<char>(value >> (8 * --octets)));
}

void put_16(PageFile::Page& page, std::size_t at, std::size_t value) {
  page[at] = static_cast<std::uint8_t>(value >> 8);
  page[at + 1] = static_cast<std::uint8_t>(value);
}
void put_32(std::uint8_t* at, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) *at++ = static_cast<std::uint8_t>(value >> shift);
}

}  // namespace

RowText& RowText::null() {
  types_.push_back('\0');
  return *this;
}

RowText& RowText::integer(std::int64_t value) {
  if (value == 0 || value == 1) {
    types_.push_back(static_cast<char>(8 + value));
    return *this;
  }
  constexpr std::array<unsigned, 6> sizes{1, 2, 3, 4, 6, 8};
  unsigned type = 1;
  while (type < 6 && (value >= std::int64_t{1} << (8 * sizes[type - 1] - 1) ||
                      value < -(std::int64_t{1} << (8 * sizes[type - 1] - 1))))
    ++type;
  types_.push_back(static_cast<char>(type));
  append_big_endian(values_, static_cast<std::uint64_t>(value), sizes[type - 1]);
  return *this;
}

RowText& RowText::text(std::string_view value) {
  append_varint(types_, value.size() * 2 + 13);
  values_ += value;
  return *this;
}

std::string_view RowText::whole() {
  whole_.clear();
  // The header's size counts itself.
  const std::size_t size = types_.size() + (types_.size() < 127 ? 1 : 2);
  append_varint(whole_, size);
  whole_ += types_;
  whole_ += values_;
  return whole_;
}

std::uint32_t PageFile::after(std::uint32_t number) { return number + 1 == lock_page ? number + 2 : number + 1; }

std::uint32_t PageFile::put(const Page& page) {
  const std::uint32_t number = next_;
  buffer_.append(reinterpret_cast<const char*>(page.data()), page.size());
  next_ = after(number);
  if (next_ != number + 1) buffer_.append(page_size, '\0');
  if (buffer_.size() >= buffered) flush();
  return number;
}

void PageFile::back_to(std::uint32_t number) {
  next_ = number;
  if (number < first_) first_ = number;
  buffer_.resize(std::min(buffer_.size(), (number - first_) * page_size));
}

void PageFile::replace(std::uint32_t number, const Page& page) {
  flush();
  write(number, {reinterpret_cast<const char*>(page.data()), page.size()});
}

void PageFile::flush() {
  write(first_, buffer_);
  buffer_.clear();
  first_ = next_;
}

void PageFile::write(std::uint32_t number, std::string_view octets) {
  auto at = static_cast<off_t>((std::uint64_t{number} - 1) * page_size);
  while (!octets.empty() && !wrong_) {
    const ssize_t done = ::pwrite(descriptor_, octets.data(), octets.size(), at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      wrong_ = error(Fault::io,
                     errno == ENOSPC || errno == EFBIG || errno == EDQUOT ? "intel_disk_full" : std::strerror(errno));
      return;
    }
    octets.remove_prefix(static_cast<std::size_t>(done));
    at += done;
  }
}

Result<void> PageFile::finish() {
  flush();
  // The number of pages holds only beside a change counter that is the same in both places.
  constexpr off_t change_counter = 24, page_count = 28, valid_for = 92;
  std::array<char, 4> counter{};
  if (::pread(descriptor_, counter.data(), counter.size(), change_counter) != static_cast<ssize_t>(counter.size()))
    return error(Fault::io, "the new database cannot be read");
  std::array<std::uint8_t, 4> pages{};
  put_32(pages.data(), next_ - 1 == lock_page ? next_ - 2 : next_ - 1);
  if (::pwrite(descriptor_, pages.data(), pages.size(), page_count) != 4 ||
      ::pwrite(descriptor_, counter.data(), counter.size(), valid_for) != 4)
    return error(Fault::io, "intel_disk_full");
  if (wrong_) return *wrong_;
  return {};
}

// What a page has no room for goes on in a chain of pages of its own (section 1.6, "cell payload overflow").
void RowTree::put_payload(PageFile& file, std::string_view row, std::size_t most) {
  if (row.size() <= most) {
    cell_ += row;
    return;
  }
  constexpr std::size_t least = (PageFile::page_size - 12) * 32 / 255 - 23;
  constexpr std::size_t a_page = PageFile::page_size - 4;
  const std::size_t even = least + (row.size() - least) % a_page;
  const std::size_t here = even <= most ? even : least;
  cell_ += row.substr(0, here);
  append_big_endian(cell_, file.next(), 4);
  for (row.remove_prefix(here); !row.empty();) {
    PageFile::Page page{};
    const std::size_t part = std::min(row.size(), a_page);
    if (row.size() > part) put_32(page.data(), PageFile::after(file.next()));
    std::memcpy(page.data() + 4, row.data(), part);
    row.remove_prefix(part);
    file.put(page);
  }
}

void RowTree::add(PageFile& file, std::int64_t number, std::string_view row) {
  cell_.clear();
  append_varint(cell_, row.size());
  append_varint(cell_, static_cast<std::uint64_t>(number));
  put_payload(file, row, PageFile::page_size - 35);
  add_cell(file, 0, cell_);
  last_number_ = number;
}

void RowTree::add(PageFile& file, std::string_view row) {
  cell_.clear();
  append_varint(cell_, row.size());
  put_payload(file, row, (PageFile::page_size - 12) * 64 / 255 - 23);
  add_cell(file, 0, cell_);
}

void RowTree::add_cell(PageFile& file, std::size_t level, std::string_view cell) {
  const std::size_t header = level == 0 ? leaf_header : inner_header;
  if (header + 2 * (levels_[level].cells + 1) + cell.size() > levels_[level].begin) close(file, level);
  Node& node = levels_[level];
  node.begin -= cell.size();
  std::memcpy(node.page.data() + node.begin, cell.data(), cell.size());
  put_16(node.page, header + 2 * node.cells, node.begin);
  node.last = cell.size();
  ++node.cells;
}

// A row of a table also stays in its page; of everything else the last cell itself is what separates.
void RowTree::close(PageFile& file, std::size_t level) {
  Node& node = levels_[level];
  std::string separator;
  std::uint32_t right = 0;
  if (level == 0 && type_ == Type::table) {
    append_varint(separator, static_cast<std::uint64_t>(last_number_));
  } else {
    const auto* last = reinterpret_cast<const char*>(node.page.data() + node.begin);
    separator.assign(last, node.last);
    if (level > 0) {
      for (std::size_t i = 0; i < 4; ++i) right = right << 8 | static_cast<unsigned char>(separator[i]);
      separator.erase(0, 4);
    }
    node.begin += node.last;
    --node.cells;
  }
  seal(node, level, right);
  const std::uint32_t number = file.put(node.page);
  node = Node();
  promote(file, level + 1, number, separator);
}

void RowTree::promote(PageFile& file, std::size_t level, std::uint32_t child, std::string_view separator) {
  if (level == levels_.size()) levels_.emplace_back();
  std::string cell;
  append_big_endian(cell, child, 4);
  cell += separator;
  add_cell(file, level, cell);
}

void RowTree::seal(Node& node, std::size_t level, std::uint32_t right) const {
  const bool table = type_ == Type::table;
  node.page[0] = level == 0 ? (table ? 0x0D : 0x0A) : (table ? 0x05 : 0x02);
  put_16(node.page, 3, node.cells);
  put_16(node.page, 5, node.begin);
  if (level > 0) put_32(node.page.data() + 8, right);
}

void RowTree::finish(PageFile& file) {
  std::uint32_t right = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    seal(levels_[level], level, right);
    if (level + 1 == levels_.size())
      file.replace(root_, levels_[level].page);
    else
      right = file.put(levels_[level].page);
  }
}

}  // namespace testudo
