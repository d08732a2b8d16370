#include "evidence/wal_overlay.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "base/reader.h"
#include "evidence/read_ahead.h"

namespace testudo {
namespace {

constexpr std::uint64_t header_size = 32;
constexpr std::uint64_t frame_header_size = 24;
constexpr std::uint32_t magic_little = 0x377f0682;  // checksums over little-endian words
constexpr std::uint32_t magic_big = 0x377f0683;
constexpr std::uint32_t version = 3007000;

struct Sum {
  std::uint32_t first = 0, second = 0;
  bool operator==(const Sum&) const = default;
};

// Fibonacci-weighted sums over pairs of 32-bit words; `octets` is a multiple of eight long.
Sum add(Sum sum, Bytes octets, bool big) {
  const bool swap = big == (std::endian::native == std::endian::little);
  for (std::size_t i = 0; i + 8 <= octets.size(); i += 8) {
    std::uint32_t words[2];
    std::memcpy(words, octets.data() + i, sizeof words);
    if (swap) words[0] = __builtin_bswap32(words[0]), words[1] = __builtin_bswap32(words[1]);
    sum.first += words[0] + sum.second;
    sum.second += words[1] + sum.first;
  }
  return sum;
}

std::uint32_t word(Bytes octets, std::size_t index) {
  Reader r(octets.subspan(index * 4, 4));
  const auto value = r.be<std::uint32_t>("word of the log");
  return value ? value.value() : 0;
}

struct Header {
  bool big = false;
  std::uint32_t page_size = 0;
  std::array<std::uint32_t, 2> salt{};
  Sum sum;
};

struct Weird {
  std::string_view name;
  std::uint64_t where;
};

Result<Header> read_header(ReadAhead& log, Weird& weird) {
  std::array<std::uint8_t, header_size> raw{};
  weird = {"wal_torn", 0};
  if (log.size() < header_size) return error(Fault::truncated, "the log ends in its header", log.size());
  TRY(log.read(0, raw));
  const Bytes octets(raw);
  const std::uint32_t magic = word(octets, 0);
  weird = {"wal_not_a_log", 0};
  if (magic != magic_little && magic != magic_big) return error(Fault::malformed, "magic of the log", 0);
  Header header{magic == magic_big, word(octets, 2), {word(octets, 4), word(octets, 5)}, {}};
  weird = {"wal_bad_checksum", 24};
  header.sum = add({}, octets.first(24), header.big);
  if (header.sum != Sum{word(octets, 6), word(octets, 7)}) return error(Fault::malformed, "checksum of the header", 24);
  weird = {"wal_version", 4};
  if (word(octets, 1) != version) return error(Fault::unsupported, "version of the log", 4);
  weird = {"wal_not_a_log", 8};
  if (header.page_size < 512 || header.page_size > 65536 || !std::has_single_bit(header.page_size))
    return error(Fault::malformed, "page size of the log", 8);
  return header;
}

// Whether a later frame is of this generation again: then the ones before it are not remains of an older one.
bool returns_to(const Header& header, ReadAhead& log, std::uint64_t at) {
  std::array<std::uint8_t, frame_header_size> raw{};
  for (; at <= log.size() && log.size() - at >= frame_header_size; at += frame_header_size + header.page_size) {
    if (!log.read(at, raw)) return false;
    if (word(raw, 2) == header.salt[0] && word(raw, 3) == header.salt[1]) return true;
  }
  return false;
}

}  // namespace

WalOverlay WalOverlay::read(const Blob& blob, const std::function<void(std::string_view, std::uint64_t)>& report,
                            Frames wanted) {
  WalOverlay overlay;
  ReadAhead log(blob);
  if (log.size() == 0) return overlay;  // SQLite leaves an empty log behind when it closes in order
  Weird weird{};
  Result<Header> opened = read_header(log, weird);
  if (!opened) {
    report(weird.name, weird.where);
    return overlay;
  }
  const Header& header = opened.value();
  Sum sum = header.sum;
  std::vector<std::uint8_t> frame(static_cast<std::size_t>(frame_header_size + header.page_size));
  std::uint64_t at = header_size;
  std::size_t committed = 0;
  for (; log.size() - at >= frame_header_size; at += frame.size()) {
    const bool whole = log.size() - at >= frame.size();
    if (!log.read(at, std::span(frame).first(whole ? frame.size() : frame_header_size))) {
      report("wal_torn", at);
      break;
    }
    const Bytes octets(frame);
    const std::uint32_t page = word(octets, 0), pages = word(octets, 1);
    if (word(octets, 2) != header.salt[0] || word(octets, 3) != header.salt[1] || page == 0) {
      if (overlay.frames_.size() != committed || returns_to(header, log, at + frame.size())) report("wal_torn", at);
      break;
    }
    if (!whole) {
      report("wal_torn", at);
      break;
    }
    sum = add(add(sum, octets.first(8), header.big), octets.subspan(frame_header_size), header.big);
    if (sum != Sum{word(octets, 4), word(octets, 5)}) {
      report("wal_bad_checksum", at);
      break;
    }
    overlay.frames_.emplace_back(page, at + frame_header_size);
    if (pages != 0) overlay.pages_ = pages, committed = overlay.frames_.size();
  }
  const bool ended = at <= log.size() && log.size() - at < frame_header_size;
  if (ended && (at != log.size() || overlay.frames_.size() != committed)) report("wal_torn", at);
  if (wanted == Frames::committed) overlay.frames_.resize(committed);
  for (const auto& behind : std::span(overlay.frames_).subspan(committed))
    overlay.pages_ = std::max(overlay.pages_, behind.first);
  if (!overlay.frames_.empty()) overlay.page_size_ = header.page_size;
  overlay.keep_newest();
  return overlay;
}

void WalOverlay::keep_newest() {
  std::sort(frames_.begin(), frames_.end());  // offsets grow with time, so the newest of a page stands last
  std::size_t kept = 0;
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    if (i + 1 < frames_.size() && frames_[i + 1].first == frames_[i].first) continue;
    if (frames_[i].first <= pages_) frames_[kept++] = frames_[i];
  }
  frames_.resize(kept);
  frames_.shrink_to_fit();
}

std::optional<std::uint64_t> WalOverlay::find(std::uint32_t page) const {
  const auto found = std::lower_bound(frames_.begin(), frames_.end(), std::pair{page, std::uint64_t{0}});
  if (found == frames_.end() || found->first != page) return std::nullopt;
  return found->second;
}

}  // namespace testudo
