// Any octets as a write-ahead log over a small database. The first octet chooses whether the checksums are made right
// first, so that the search gets behind them.
#include <cstring>
#include <string>
#include <vector>

#include "evidence/database.h"
#include "evidence/wal_overlay.h"

namespace {

using namespace testudo;

constexpr std::size_t header_size = 32, frame_header = 24, page_size = 512;

std::uint32_t word(const std::vector<std::uint8_t>& log, std::size_t at) {
  return (std::uint32_t{log[at]} << 24) | (std::uint32_t{log[at + 1]} << 16) | (std::uint32_t{log[at + 2]} << 8) |
         log[at + 3];
}

void put(std::vector<std::uint8_t>& log, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 4; i-- > 0; value >>= 8) log[at + i] = static_cast<std::uint8_t>(value & 255);
}

void repair(std::vector<std::uint8_t>& log) {
  std::uint32_t first = 0, second = 0;
  const auto add = [&](std::size_t from, std::size_t size) {
    for (std::size_t i = from; i < from + size; i += 8)
      first += word(log, i) + second, second += word(log, i + 4) + first;
  };
  if (log.size() < header_size) return;
  put(log, 0, 0x377f0683), put(log, 4, 3007000), put(log, 8, page_size);
  add(0, 24);
  put(log, 24, first), put(log, 28, second);
  for (std::size_t at = header_size; at + frame_header + page_size <= log.size(); at += frame_header + page_size) {
    std::memcpy(log.data() + at + 8, log.data() + 16, 8);
    add(at, 8), add(at + frame_header, page_size);
    put(log, at + 16, first), put(log, at + 20, second);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::vector<std::uint8_t> log(data + 1, data + size);
  if ((data[0] & 1) != 0) repair(log);
  const auto log_blob = memory_blob(log);
  const WalOverlay overlay = WalOverlay::read(*log_blob, [](std::string_view, std::uint64_t) {});
  const std::string nothing;
  const auto main = memory_blob(as_bytes(nothing));
  for (const DatabaseView view : {DatabaseView::merged, DatabaseView::main_only})
    if (const auto db = Database::open(*main, log_blob.get(), view, {}, {.instructions = 1'000'000}))
      static_cast<void>(db.value().each("SELECT * FROM sqlite_schema", [](const QueryRow&) { return true; }).ok());
  static_cast<void>(Database::recover(*main, log_blob.get(), {}, 4U << 20).ok());
  return overlay.empty() && overlay.last_page() != 0 ? __builtin_trap(), 1 : 0;
}
