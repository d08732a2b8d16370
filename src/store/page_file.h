// Page file: an SQLite database that SQLite has made and closed, and to which whole pages are appended without it.
// Nobody else may have the file open meanwhile; it is whole again after finish(). Floor 2.
// Source: https://www.sqlite.org/fileformat2.html, sections 1.3 (header) and 1.4 (lock-byte page).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/result.h"

namespace testudo {

// The page that holds the octet at which SQLite's locks begin. It is never used.
constexpr std::uint32_t lock_page(std::size_t page_size) {
  return static_cast<std::uint32_t>((std::size_t{1} << 30) / page_size) + 1;
}

class PageFile {
 public:
  // Fault::unsupported for a file with a write-ahead log, reserved octets or pointer maps: they would have to be kept
  // up.
  static Result<PageFile> open(const std::string& path);
  // Octets of a page: 512 to 65536.
  std::size_t page_size() const { return page_size_; }
  // The number of a page that nothing uses yet; pages count from 1.
  std::uint32_t take() { return ++count_ == lock_page(page_size_) ? ++count_ : count_; }
  std::uint32_t count() const { return count_; }
  // Forgets the pages behind the first `count`: those that were taken since count() said so.
  void back_to(std::uint32_t count) { count_ = count; }
  // Pages that follow each other reach the file together.
  void write(std::uint32_t number, Bytes page);
  // The first thing that went wrong. "disk_full" where the disk is.
  const std::optional<Error>& wrong() const { return wrong_; }
  void fail(Error error);
  // Writes what waits, and enters the new number of pages into the header. The error is that of wrong().
  Result<void> finish();

 private:
  PageFile(Descriptor file, std::size_t page_size, std::uint32_t count)
      : file_(std::move(file)), page_size_(page_size), count_(count) {}
  void flush();
  void write_at(std::uint64_t offset, Bytes octets);

  Descriptor file_;
  std::size_t page_size_;
  std::uint32_t count_;
  std::vector<std::uint8_t> waiting_;
  std::uint32_t first_waiting_ = 0, next_waiting_ = 0;
  std::optional<Error> wrong_;
};

}  // namespace testudo
