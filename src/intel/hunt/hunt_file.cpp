#include "intel/hunt/hunt_file.h"

#include <algorithm>

#include "codec/unpacker.h"

namespace testudo {
namespace {

constexpr std::size_t head_size = 64U << 10, block_size = 1U << 20;
constexpr std::size_t largest_unit = 65U << 20;  // a unit that is still open then is read as far as it goes
constexpr std::uint64_t most_unpacked = 64ULL << 30;
constexpr std::uint64_t usual_ratio = 8;  // of zone files and certificate dumps by gzip

// Unpacks the next block behind `block`; false at the end, however it came.
bool unpack_on(Unpacker& unpacker, std::string& block, HuntNotes& notes) {
  const auto got = unpacker.next(block, block_size);
  if (got) return *got != 0;
  notes.add(got.error().fault == Fault::truncated ? "unpacking_truncated" : "unpacking_damaged", got.error().offset);
  return false;
}

void read_packed(std::string_view octets, HuntReader& reader, HuntNotes& notes) {
  auto unpacker = Unpacker::open(packing_of(octets), octets);
  if (!unpacker) return notes.add("packing_unread", 0);
  std::string block;
  std::uint64_t at = 0;
  for (bool last = false; !last;) {
    last = !unpack_on(*unpacker, block, notes);
    if (at + block.size() > most_unpacked) {
      notes.add("too_large", at);
      last = true;
    }
    const std::size_t taken = reader.read(block, at, last || block.size() > largest_unit);
    block.erase(0, taken);
    at += taken;
  }
}

}  // namespace

std::string_view tie_name(Tie tie) {
  constexpr std::array<std::string_view, tie_count> names = {
      "none", "address", "name_server", "alias",     "mail_server", "certificate", "batch",  "jarm",
      "page", "banner",  "handle",      "registrar", "asn",         "domain",      "network"};
  return names[static_cast<std::size_t>(tie)];
}

std::span<const HuntFormat> hunt_formats() {
  static const std::array formats = {hunt_json_format, zeek_dns_format,   zone_format,     certificate_format,
                                     query_log_format, hunt_table_format, name_list_format};
  return formats;
}

const HuntFormat& hunt_format_of(std::string_view text) {
  const auto formats = hunt_formats();
  const auto found =
      std::ranges::find_if(formats, [&](const HuntFormat& f) { return f.looks_like(text.substr(0, head_size)); });
  return found == formats.end() ? formats.back() : *found;
}

const HuntFormat* hunt_format_named(std::string_view name) {
  const auto formats = hunt_formats();
  const auto found = std::ranges::find(formats, name, &HuntFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t LineReader::read(std::string_view text, std::uint64_t at, bool last) {
  const std::size_t whole = last ? text.size() : text.rfind('\n') + 1;
  for (std::string_view rest = text.substr(0, whole); !rest.empty();) {
    const std::uint64_t begin = at + whole - rest.size();
    line(next_line(rest), begin);
  }
  return whole;
}

const HuntFormat& HuntSource::format() const {
  auto unpacker = Unpacker::open(packing_of(octets_), octets_);
  if (!unpacker) return hunt_format_of(octets_);
  std::string head;
  HuntNotes ignored;
  while (head.size() < head_size && unpack_on(*unpacker, head, ignored)) continue;
  return hunt_format_of(head);
}

std::uint64_t HuntSource::size() const {
  return packing_of(octets_) == Packing::none ? octets_.size() : octets_.size() * usual_ratio;
}

void HuntSource::read(const HuntFormat& format, const HuntReceiver& use, HuntNotes& notes) const {
  const std::unique_ptr<HuntReader> reader = format.open(use, notes);
  if (packing_of(octets_) != Packing::none) return read_packed(octets_, *reader, notes);
  read_plain(*reader);
}

// In pieces, that the pages of a mapped file can go; a unit that is longer gets as long a piece as it needs.
void HuntSource::read_plain(HuntReader& reader) const {
  constexpr std::size_t piece = 4U << 20;
  for (std::size_t at = 0, size = piece;;) {
    const bool last = size >= octets_.size() - at;
    const std::size_t taken = reader.read(octets_.substr(at, size), at, last);
    if (last) return;
    size = taken == 0 ? size * 2 : piece;
    at += taken;
    if (done_ && taken != 0) done_(at);
  }
}

}  // namespace testudo
