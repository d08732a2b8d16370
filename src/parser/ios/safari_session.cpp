#include "parser/ios/safari_session.h"

#include <algorithm>
#include <vector>

#include "codec/lz4.h"

namespace testudo {
namespace {

constexpr std::size_t header_size = 4;
constexpr std::size_t most_links = 64;
constexpr std::size_t longest_link = 4096;
constexpr std::size_t longest_list = 16U << 20;  // Safari keeps none of more than 2 MB

bool starts_plist(Bytes bytes) {
  const std::string_view text = as_text(bytes);
  return text.starts_with("bplist") || text.starts_with("<?xml") || text.starts_with("<plist");
}

// The list itself: behind the header, or bare.
std::optional<Bytes> list_in(Bytes stored) {
  if (stored.size() > header_size && starts_plist(stored.subspan(header_size))) return stored.subspan(header_size);
  if (starts_plist(stored)) return stored;
  return std::nullopt;
}

// zlib's first octet for a window of 32 kB; not seen from Safari.
bool is_deflated(Bytes stored) {
  return stored.size() > 1 && stored[0] == 0x78 && (stored[0] * 256 + stored[1]) % 31 == 0;
}

bool printable(unsigned c) { return c > 0x20 && c < 0x7F; }

// WebKit writes a string as its length in characters (32 bits), its length in octets (64 bits) and the characters.
// Where a run stands behind such a length, what follows the string is not part of it: the next one's length may look
// like a character.
std::size_t stated_end(Bytes data, std::size_t begin, std::size_t end) {
  constexpr std::size_t width = 8;
  if (begin < width) return end;
  std::uint64_t length = 0;
  for (std::size_t i = width; i > 0; --i) length = length << 8 | data[begin - width + i - 1];
  return length != 0 && length < end - begin ? begin + static_cast<std::size_t>(length) : end;
}

// Keeps the run if it holds an address. `step` is the width of a character.
void keep_link(std::vector<std::string>& links, Bytes data, std::size_t begin, std::size_t end, std::size_t step) {
  if (step == 2) end = stated_end(data, begin, end);
  std::string text;
  for (std::size_t i = begin; i < end && text.size() < longest_link; i += step)
    text.push_back(static_cast<char>(data[i]));
  if (text.find("://") == std::string::npos || std::ranges::find(links, text) != links.end()) return;
  links.push_back(std::move(text));
}

void scan(std::vector<std::string>& links, Bytes data, std::size_t from, std::size_t step) {
  constexpr std::size_t shortest = 6;  // "a://b" and one more
  std::size_t begin = from;
  std::size_t i = from;
  for (; i + step <= data.size() && links.size() < most_links; i += step) {
    if (printable(data[i]) && (step == 1 || data[i + 1] == 0)) continue;
    if ((i - begin) / step >= shortest) keep_link(links, data, begin, i, step);
    begin = i + step;
  }
  if (links.size() < most_links && i > begin && (i - begin) / step >= shortest) keep_link(links, data, begin, i, step);
}

}  // namespace

void read_session(Bytes stored, const std::function<void(std::string_view)>& anomaly,
                  const std::function<void(const SessionEntry&)>& entry) {
  if (stored.empty()) return;
  std::string unpacked;
  if (is_apple_lz4(stored)) {
    auto whole = unpack_apple_lz4(stored, longest_list);
    if (!whole) return anomaly("session_data_damaged");
    unpacked = std::move(whole).value();
    stored = as_bytes(unpacked);
  }
  const auto list = list_in(stored);
  if (!list) return anomaly(is_deflated(stored) ? "session_data_compressed" : "session_data_unknown_form");
  const auto parsed = Plist::parse(*list);
  if (!parsed) return anomaly("session_data_damaged");
  const Plist& plist = parsed.value();
  for (const PlistAnomaly& found : plist.anomalies()) anomaly(found.name);
  const Node nested = plist.root()["SessionHistory"];
  const Node history = nested ? nested : plist.root();
  const Node entries = history["SessionHistoryEntries"];
  const auto current = history["SessionHistoryCurrentIndex"].integer();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Node item = entries[i];
    const auto index = static_cast<std::int64_t>(i);
    entry({.index = index,
           .current = current == index,
           .url = item["SessionHistoryEntryURL"].text(),
           .original_url = item["SessionHistoryEntryOriginalURL"].text(),
           .title = item["SessionHistoryEntryTitle"].text(),
           .data = item["SessionHistoryEntryData"].data()});
  }
}

std::string links_in_frame_state(Bytes data) {
  std::vector<std::string> links;
  scan(links, data, 0, 1);
  scan(links, data, 0, 2);  // UTF-16 as WebKit writes it; the encoder does not align it
  scan(links, data, 1, 2);
  std::string joined;
  for (const std::string& link : links) {
    if (!joined.empty()) joined.push_back('\n');
    joined += link;
  }
  return joined;
}

}  // namespace testudo
