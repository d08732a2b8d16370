#include "store/page_file.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace testudo {
namespace {

constexpr std::size_t header_size = 100;
constexpr std::string_view magic("SQLite format 3\0", 16);
// Places in the header.
constexpr std::size_t page_size_at = 16, write_version_at = 18, reserved_at = 20, page_count_at = 28,
                      free_pages_at = 36, schema_format_at = 44, largest_root_at = 52;

std::uint32_t be32(std::span<const std::uint8_t> from) {
  return static_cast<std::uint32_t>(from[0]) << 24 | static_cast<std::uint32_t>(from[1]) << 16 |
         static_cast<std::uint32_t>(from[2]) << 8 | from[3];
}

Result<void> write_at(int fd, std::uint64_t offset, Bytes octets) {
  while (!octets.empty()) {
    const ssize_t put = ::pwrite(fd, octets.data(), octets.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return error(Fault::io, std::strerror(errno));
    octets = octets.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
  return {};
}

}  // namespace

Result<PageFile> PageFile::open(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return error(Fault::io, path + ": " + std::strerror(errno));
  std::array<std::uint8_t, header_size> head{};
  TRY(read_exactly(file.get(), 0, head));
  if (as_text(head).substr(0, magic.size()) != magic) return error(Fault::malformed, path + ": no database");
  const std::size_t stored = static_cast<std::size_t>(head[page_size_at]) << 8 | head[page_size_at + 1];
  const std::size_t page_size = stored == 1 ? 65536 : stored;  // does not fit into 16 bits
  const std::span<const std::uint8_t> at(head);
  const std::uint32_t pages = be32(at.subspan(page_count_at));
  // Schema format 4 stores 0 and 1 without an octet.
  if (head[write_version_at] != 1 || head[reserved_at] != 0 || be32(at.subspan(free_pages_at)) != 0 ||
      be32(at.subspan(largest_root_at)) != 0 || be32(at.subspan(schema_format_at)) != 4 ||
      TRY(size_of(file.get())) != std::uint64_t{pages} * page_size)
    return error(Fault::unsupported, path + ": pages cannot be appended to this database");
  return PageFile(std::move(file), page_size, pages);
}

Result<void> PageFile::write(std::uint32_t number, Bytes page) {
  return write_at(file_.get(), std::uint64_t{number - 1} * page_size_, page);
}

Result<void> PageFile::finish() {
  const std::array<std::uint8_t, 4> count{static_cast<std::uint8_t>(count_ >> 24),
                                          static_cast<std::uint8_t>(count_ >> 16),
                                          static_cast<std::uint8_t>(count_ >> 8), static_cast<std::uint8_t>(count_)};
  return write_at(file_.get(), page_count_at, count);
}

}  // namespace testudo
