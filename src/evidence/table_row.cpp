#include "evidence/table_row.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "evidence/recover_record.h"

namespace testudo {
namespace {

constexpr std::uint32_t first_blob = 12;
constexpr std::uint32_t fixed_sizes[first_blob] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

std::uint32_t size_of_type(std::uint32_t type) {
  return type < first_blob ? fixed_sizes[type] : (type - first_blob) / 2;
}

std::int64_t signed_integer(const std::uint8_t* octets, std::uint32_t size) {
  std::uint64_t value = (octets[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (std::uint32_t i = 0; i < size; ++i) value = (value << 8) | octets[i];
  return static_cast<std::int64_t>(value);
}

std::uint32_t be32(const std::uint8_t* octets) { return static_cast<std::uint32_t>(signed_integer(octets, 4)); }

}  // namespace

TableRow::TableRow(DatabaseImage& image)
    : image_(image),
      usable_(image.page_size() - image.reserved()),
      pages_left_(std::uint64_t{image.stored_pages()} * 4) {}

void TableRow::set(const TablePage& page, const TableCell& cell) {
  size_ = cell.number;
  const auto local = static_cast<std::uint32_t>(local_payload(size_, usable_));
  payload_ = page.octets().subspan(cell.at, local);
  chain_ = local == size_ ? 0 : be32(payload_.data() + local);
  known_ = 0;
  header_ = 0;
}

// The size of the header, which stands before it.
bool TableRow::begin() {
  std::size_t at = 0;
  const auto header = read_varint(payload_, at);
  if (!header || *header > size_ || *header < at || !have(*header)) return false;
  at_ = static_cast<std::uint32_t>(at);
  header_ = end_ = static_cast<std::uint32_t>(*header);
  return true;
}

TableRow::Field TableRow::parse_to(std::size_t index) {
  if (header_ == 0 && !begin()) return Field::unusual;
  while (known_ <= index && at_ < header_) {
    std::uint32_t type = payload_[at_];
    if (type < 0x80) {
      ++at_;
    } else {
      std::size_t at = at_;
      const auto wide = read_varint(payload_.first(header_), at);
      if (!wide || *wide > 2 * TablePage::largest_payload + first_blob + 1) return Field::unusual;
      at_ = static_cast<std::uint32_t>(at);
      type = static_cast<std::uint32_t>(*wide);
    }
    const std::uint32_t size = size_of_type(type);
    if (type == 10 || type == 11 || size > size_ - end_) return Field::unusual;  // reserved types
    if (places_.size() == known_) places_.emplace_back();
    places_[known_++] = {type, end_};
    end_ += size;
  }
  // The fields fill the record.
  if (at_ >= header_ && end_ != size_) return Field::unusual;
  return known_ > index ? Field::stored : Field::absent;
}

TableRow::Field TableRow::decode(std::size_t index, Value& out) {
  const auto [type, offset] = places_[index];
  const std::uint32_t size = size_of_type(type);
  if (std::uint64_t{offset} + size > payload_.size() && !have(std::uint64_t{offset} + size)) return Field::unusual;
  const std::uint8_t* const octets = payload_.data() + offset;
  if (type >= first_blob) {
    out = type % 2 == 0 ? Value::of_bytes({octets, size}) : Value::of_text(as_text({octets, size}));
  } else if (type == 0) {
    out = Value();
  } else if (type >= 8) {
    out = Value::of_integer(type - 8);
  } else if (type == 7) {
    const double real = std::bit_cast<double>(signed_integer(octets, size));
    out = std::isnan(real) ? Value() : Value::of_real(real);  // SQLite has no NaN
  } else {
    out = Value::of_integer(signed_integer(octets, size));
  }
  return Field::stored;
}

// Appends overflow pages until that many octets of the payload are at hand.
bool TableRow::have(std::uint64_t octets) {
  if (octets <= payload_.size()) return true;
  const std::uint64_t each = usable_ - 4;
  if ((size_ - payload_.size() + each - 1) / each > image_.stored_pages()) return false;
  if (payload_.data() != whole_.get()) {
    if (capacity_ < size_) whole_ = std::make_unique_for_overwrite<std::uint8_t[]>(capacity_ = size_);
    std::memcpy(whole_.get(), payload_.data(), payload_.size());
  }
  page_.resize(image_.page_size());
  std::size_t have = payload_.size();
  while (have < octets) {
    if (chain_ < 2 || chain_ > image_.pages() || pages_left_ == 0) return false;
    --pages_left_;
    if (!image_.read_page(chain_, page_)) return false;
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(each, size_ - have));
    std::memcpy(whole_.get() + have, page_.data() + 4, part);
    have += part;
    chain_ = be32(page_.data());
  }
  payload_ = Bytes(whole_.get(), have);
  return true;
}

}  // namespace testudo
