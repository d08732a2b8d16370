// DatabaseImage: the octets of one state of a database, page by page: the main file, or the main file under the
// committed frames of its log. What SQLite and the recovery read alike. Floor 2. Page: docs/formats/sqlite.md. Source:
// SQLite "Database File Format" §1.3 (the database header), sqlite.org/fileformat2.html.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "evidence/database.h"
#include "evidence/read_ahead.h"
#include "evidence/wal_overlay.h"

namespace testudo {

class DatabaseImage {
 public:
  enum class Damage : std::uint8_t {
    refuse,  // a header that SQLite would not take is an Error
    guess,   // page size and number of pages are worked out where the header does not say them
  };
  // Reports what the log contradicts (wal_overlay.h), and
  //   wal_page_size       the log has pages of another size than the database: it is not its log, and is not read
  //   database_truncated  the header states more pages than there are
  //   database_header     a header field that no SQLite writes, and that was passed over
  // Both blobs must outlive the image.
  static Result<DatabaseImage> open(const Blob& main, const Blob* log, DatabaseView view, Damage damage,
                                    const Report& report);

  std::uint32_t page_size() const { return page_size_; }
  // Octets at the end of each page that the b-tree does not use.
  std::uint32_t reserved() const { return reserved_; }
  // Pages that the database says it has; how many of them exist is bounded by stored_pages().
  std::uint32_t pages() const { return pages_; }
  // An upper bound of the page numbers that can be read: what the files hold, not what they say.
  std::uint32_t stored_pages() const { return stored_; }
  // 1 UTF-8, 2 UTF-16 little endian, 3 UTF-16 big endian.
  std::uint32_t encoding() const { return encoding_; }
  std::uint32_t first_freelist_trunk() const { return freelist_; }

  // Any range. Fault::truncated if a page of it is stored nowhere. The file format version of page 1 reads as 1
  // ("rollback journal"), so that SQLite never looks for a log of its own.
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out);
  // One page, counted from 1.
  Result<void> read_page(std::uint32_t page, std::span<std::uint8_t> out) {
    return read(std::uint64_t{page - 1} * page_size_, out.first(page_size_));
  }

 private:
  DatabaseImage(const Blob& main, const Blob* log) : main_(main) {
    if (log != nullptr) log_.emplace(*log);
  }
  bool log_is_another_databases();
  Result<void> read_header(Damage damage, const Report& report);
  Result<void> take_page_size(std::span<const std::uint8_t> header, Damage damage, const Report& report);
  void count_pages(std::span<const std::uint8_t> header, const Report& report);
  std::uint32_t guess_page_size();
  Result<void> read_part(std::uint64_t offset, std::span<std::uint8_t> out);

  ReadAhead main_;
  std::optional<ReadAhead> log_;
  WalOverlay overlay_;
  std::uint32_t page_size_ = 0, reserved_ = 0, pages_ = 0, stored_ = 0, encoding_ = 1, freelist_ = 0;
};

}  // namespace testudo
