// ReadAhead: small reads of a Blob served from a few large windows, so that a scan of a table costs few system calls
// (and few decryptions) while a single lookup stays cheap. Floor 2.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "evidence/blob.h"

namespace testudo {

class ReadAhead {
 public:
  // Borrows the blob. Memory: at most `windows * widest` octets, allocated as reads turn out to be sequential.
  explicit ReadAhead(const Blob& blob) : blob_(&blob), size_(blob.size()) {}
  std::uint64_t size() const { return size_; }
  // As Blob::read.
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out);

  static constexpr std::size_t windows = 4;        // streams at once: a table, its overflow pages, two joined tables
  static constexpr std::size_t narrow = 4U << 10;  // a lookup in an index reads a page here and a page there
  static constexpr std::size_t widest = 256U << 10;

 private:
  struct Window {
    std::vector<std::uint8_t> octets;
    std::uint64_t start = 0;
    std::size_t used = 0;
    std::size_t width = narrow;
    std::uint64_t stamp = 0;
    bool holds(std::uint64_t offset, std::size_t size) const {
      return offset >= start && size <= used && offset - start <= used - size;
    }
    // Whether `offset` continues what this window was reading, pages of other tables in between allowed.
    bool leads_to(std::uint64_t offset) const { return used != 0 && offset >= start && offset - start <= 2 * used; }
  };
  Window& window_for(std::uint64_t offset);

  const Blob* blob_;
  std::uint64_t size_;
  std::array<Window, windows> windows_;
  std::size_t last_ = 0;
  std::uint64_t clock_ = 0;
};

}  // namespace testudo
