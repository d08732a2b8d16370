// WalOverlay: which pages of a database its write-ahead log replaces, and where in the log they stand. Reads committed
// frames only, as SQLite would after a restart. Floor 2. Page: docs/formats/sqlite.md.
// Source: SQLite "Database File Format" §4 (the write-ahead log), sqlite.org/fileformat2.html.
//
//   log   := header(32) frame*
//   header: magic 0x377f0682|3, version 3007000, page size, checkpoint number, salt 1, salt 2, checksum 1, checksum 2
//   frame : page number, pages of the database after commit or 0, salt 1, salt 2, checksum 1, checksum 2, page
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "evidence/blob.h"

namespace testudo {

class WalOverlay {
 public:
  // Never fails: what contradicts the format is reported, and the frames before it count.
  //   wal_not_a_log     the file does not begin like a log
  //   wal_version       another version of the format
  //   wal_bad_checksum  a header or frame of this generation whose checksum is wrong: it and all after it are not read
  //   wal_torn          the log ends inside a frame or inside a transaction, or frames are missing in its middle
  // Frames of an earlier generation (other salts) behind the last one are what a reused log looks like: not reported.
  // `Frames::all` also counts the sound frames behind the last commit: a transaction that was cut off, for recovery.
  // Cost: reads the log once.
  enum class Frames : std::uint8_t { committed, all };
  static WalOverlay read(const Blob& log, const std::function<void(std::string_view, std::uint64_t)>& report,
                         Frames frames = Frames::committed);

  // 0 if the log has no committed frame.
  std::uint32_t page_size() const { return page_size_; }
  // Pages of the database after the last commit; 0 if there is none.
  std::uint32_t pages() const { return pages_; }
  bool empty() const { return pages_ == 0; }
  std::size_t replaced() const { return frames_.size(); }
  // The highest page number that it replaces.
  std::uint32_t last_page() const { return frames_.empty() ? 0 : frames_.back().first; }
  // Offset in the log of the newest committed copy of a page.
  std::optional<std::uint64_t> find(std::uint32_t page) const;

 private:
  void keep_newest();
  std::uint32_t page_size_ = 0;
  std::uint32_t pages_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> frames_;  // by page number
};

}  // namespace testudo
