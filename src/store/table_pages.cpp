#include "store/table_pages.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace testudo {
namespace {

constexpr std::uint8_t leaf_table = 13, interior_table = 5;
constexpr std::size_t leaf_header = 8, interior_header = 12, place_size = 2, page_number_size = 4, longest_varint = 9;
// SQLite reads no longer one: its default limit.
constexpr std::size_t longest_record = 1'000'000'000;
constexpr std::size_t largest_interior_cell = page_number_size + longest_varint;

void put_be(std::uint8_t* to, std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i-- > 0; value >>= 8) to[i] = static_cast<std::uint8_t>(value);
}

std::size_t varint_size(std::uint64_t value) {
  const auto bits = static_cast<std::size_t>(std::bit_width(value | 1));
  return bits > 56 ? longest_varint : (bits + 6) / 7;
}

// Seven bits an octet, the highest first; a ninth octet has eight.
std::size_t put_varint(std::uint8_t* to, std::uint64_t value) {
  if (value < 0x80) {
    *to = static_cast<std::uint8_t>(value);
    return 1;
  }
  const std::size_t size = varint_size(value);
  std::size_t i = size;
  if (size == longest_varint) {
    to[--i] = static_cast<std::uint8_t>(value);
    value >>= 8;
    while (i-- > 0) to[i] = static_cast<std::uint8_t>(value | 0x80), value >>= 7;
    return size;
  }
  to[--i] = static_cast<std::uint8_t>(value & 0x7F);
  while (i-- > 0) value >>= 7, to[i] = static_cast<std::uint8_t>(value | 0x80);
  return size;
}

}  // namespace

void RecordFormat::begin() { types_size_ = body_size_ = 0; }

std::uint8_t* RecordFormat::room(std::vector<std::uint8_t>& in, std::size_t used, std::size_t more) {
  if (in.size() < used + more) in.resize(std::max(used + more, 2 * in.size()));
  return in.data() + used;
}

void RecordFormat::put_integer(std::int64_t value) {
  std::uint8_t* type = types_.data() + types_size_++;
  if (value == 0 || value == 1) {
    *type = static_cast<std::uint8_t>(8 + value);
    return;
  }
  const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
  constexpr struct {
    std::size_t bits;
    std::uint8_t type, size;
  } widths[] = {{7, 1, 1}, {15, 2, 2}, {23, 3, 3}, {31, 4, 4}, {47, 5, 6}, {63, 6, 8}};
  const auto* width = std::begin(widths);
  while (static_cast<std::size_t>(std::bit_width(magnitude)) > width->bits) ++width;
  *type = width->type;
  put_be(room(body_, body_size_, 8), static_cast<std::uint64_t>(value), width->size);
  body_size_ += width->size;
}

void RecordFormat::add(const Value& value) {
  std::uint8_t* type = room(types_, types_size_, longest_varint);
  switch (value.type()) {
    case Value::Type::null:
      *type = 0;
      ++types_size_;
      return;
    case Value::Type::integer:
      return put_integer(value.integer());
    case Value::Type::real:
      *type = std::isnan(value.real()) ? 0 : 7;
      ++types_size_;
      if (*type == 0) return;
      put_be(room(body_, body_size_, 8), std::bit_cast<std::uint64_t>(value.real()), 8);
      body_size_ += 8;
      return;
    case Value::Type::text:
    case Value::Type::bytes: {
      const std::string_view octets = value.text();
      types_size_ += put_varint(type, 2 * octets.size() + (value.type() == Value::Type::text ? 13 : 12));
      if (octets.empty()) return;
      std::memcpy(room(body_, body_size_, octets.size()), octets.data(), octets.size());
      body_size_ += octets.size();
    }
  }
}

std::size_t RecordFormat::header_size() const {
  // The header's size counts itself.
  const std::size_t one = types_size_ + 1;
  return one < 0x80 ? one : types_size_ + 2;
}

void RecordFormat::copy(std::span<std::uint8_t> to) const {
  std::uint8_t size[longest_varint];
  const std::span<const std::uint8_t> parts[] = {
      {size, put_varint(size, header_size())}, {types_.data(), types_size_}, {body_.data(), body_size_}};
  for (std::span<const std::uint8_t> part : parts) {
    part = part.first(std::min(part.size(), to.size()));
    std::ranges::copy(part, to.begin());
    to = to.subspan(part.size());
  }
}

TablePages::TablePages(const PageFile& file, std::uint32_t root) : page_size_(file.page_size()), root_(root) {}

void TablePages::begin_page() {
  page_.resize(page_size_);
  cells_ = 0;
  content_ = page_size_;
}

// Puts the header before the cells' places, and zeros between these and the cells.
void TablePages::end_page(std::uint8_t type, std::size_t header) {
  std::fill_n(page_.begin(), header, std::uint8_t{0});
  page_[0] = type;
  put_be(page_.data() + 3, cells_, 2);
  put_be(page_.data() + 5, content_, 2);  // 65536 is written as 0
  const auto end_of_places = static_cast<std::ptrdiff_t>(header + place_size * cells_);
  std::fill(page_.begin() + end_of_places, page_.begin() + static_cast<std::ptrdiff_t>(content_), std::uint8_t{0});
}

// How many octets of a record lie in the leaf itself: all, or a part that leaves whole overflow pages.
std::size_t TablePages::local_octets(std::size_t record) const {
  const std::size_t most = page_size_ - 35, least = (page_size_ - 12) * 32 / 255 - 23;
  if (record <= most) return record;
  const std::size_t even = least + (record - least) % (page_size_ - page_number_size);
  return even <= most ? even : least;
}

Result<void> TablePages::append(PageFile& file, const RecordFormat& record) {
  if (record.size() > longest_record) return error(Fault::limit, "a record is too long for the case");
  const std::size_t local = local_octets(record.size());
  const bool spills = local < record.size();
  const auto rowid = static_cast<std::uint64_t>(rows_ + 1);
  const std::size_t cell =
      varint_size(record.size()) + varint_size(rowid) + local + (spills ? page_number_size : std::size_t{0});
  if (page_.empty()) begin_page();
  if (leaf_header + place_size * (cells_ + 1) + cell > content_) {
    const std::uint32_t number = file.take();
    TRY(write_leaf(file, number));
    leaves_.push_back({number, rows_});
    begin_page();
  }
  content_ -= cell;
  put_be(page_.data() + leaf_header + place_size * cells_++, content_, place_size);
  std::uint8_t* at = page_.data() + content_;
  at += put_varint(at, record.size());
  at += put_varint(at, rowid);
  record.copy({at, local});
  if (spills) put_be(at + local, TRY(write_overflow(file, record, local)), page_number_size);
  ++rows_;
  return {};
}

Result<std::uint32_t> TablePages::write_overflow(PageFile& file, const RecordFormat& record, std::size_t local) {
  std::vector<std::uint8_t> whole(record.size());
  record.copy(whole);
  std::span<const std::uint8_t> rest = std::span<const std::uint8_t>(whole).subspan(local);
  const std::uint32_t first = file.take();
  std::vector<std::uint8_t> page(page_size_);
  for (std::uint32_t number = first; !rest.empty();) {
    const auto part = rest.first(std::min(rest.size(), page_size_ - page_number_size));
    rest = rest.subspan(part.size());
    const std::uint32_t next = rest.empty() ? 0 : file.take();
    std::ranges::fill(page, std::uint8_t{0});
    put_be(page.data(), next, page_number_size);
    std::ranges::copy(part, page.begin() + page_number_size);
    TRY(file.write(number, page));
    number = next;
  }
  return first;
}

Result<void> TablePages::write_leaf(PageFile& file, std::uint32_t number) {
  end_page(leaf_table, leaf_header);
  return file.write(number, page_);
}

Result<void> TablePages::write_interior(PageFile& file, std::uint32_t number, std::span<const Child> children) {
  begin_page();
  for (const Child& child : children.first(children.size() - 1)) {
    const auto last = static_cast<std::uint64_t>(child.last);
    content_ -= page_number_size + varint_size(last);
    put_be(page_.data() + interior_header + place_size * cells_++, content_, place_size);
    put_be(page_.data() + content_, child.page, page_number_size);
    put_varint(page_.data() + content_ + page_number_size, last);
  }
  end_page(interior_table, interior_header);
  put_be(page_.data() + leaf_header, children.back().page, page_number_size);  // the rightmost child
  return file.write(number, page_);
}

Result<void> TablePages::finish(PageFile& file) {
  if (page_.empty()) return {};  // SQLite's own empty page stays
  if (leaves_.empty()) return write_leaf(file, root_);
  const std::uint32_t number = file.take();
  TRY(write_leaf(file, number));
  leaves_.push_back({number, rows_});
  const std::size_t most = (page_size_ - interior_header) / (largest_interior_cell + place_size);
  std::vector<Child> level = std::move(leaves_);
  while (level.size() > most) {
    std::vector<Child> above;
    // Of nearly equal size: an interior page needs two children.
    const std::size_t pages = (level.size() + most - 1) / most;
    for (std::size_t i = 0; i < pages; ++i) {
      const std::size_t from = i * level.size() / pages, to = (i + 1) * level.size() / pages;
      const std::uint32_t page = file.take();
      TRY(write_interior(file, page, std::span(level).subspan(from, to - from)));
      above.push_back({page, level[to - 1].last});
    }
    level = std::move(above);
  }
  return write_interior(file, root_, level);
}

}  // namespace testudo
