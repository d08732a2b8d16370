// Page file: an SQLite database that SQLite has made and closed, and to which whole pages are appended without it.
// Nobody else may have the file open meanwhile; it is whole again after finish(). Floor 2.
// Format: https://www.sqlite.org/fileformat2.html, sections 1.3 (header) and 1.4 (lock-byte page).
#pragma once

#include <cstdint>
#include <span>
#include <string>

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
  // Fault::unsupported for a file with a write-ahead log, reserved octets, pointer maps or free pages: they would have
  // to be kept up.
  static Result<PageFile> open(const std::string& path);
  // Octets of a page: 512 to 65536.
  std::size_t page_size() const { return page_size_; }
  // The number of a page that nothing uses yet; pages count from 1.
  std::uint32_t take() { return ++count_ == lock_page(page_size_) ? ++count_ : count_; }
  Result<void> write(std::uint32_t number, Bytes page);
  // Enters the new number of pages into the header.
  Result<void> finish();

 private:
  PageFile(Descriptor file, std::size_t page_size, std::uint32_t count)
      : file_(std::move(file)), page_size_(page_size), count_(count) {}
  Descriptor file_;
  std::size_t page_size_;
  std::uint32_t count_;
};

}  // namespace testudo
