#include "store/page_file.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "store/sqlite_numbers.h"

namespace testudo {
namespace {

constexpr std::size_t header_size = 100;
constexpr std::size_t most_waiting = std::size_t{1} << 20;
constexpr std::string_view magic("SQLite format 3\0", 16);
// Places in the header.
constexpr std::size_t page_size_at = 16, write_version_at = 18, reserved_at = 20, page_count_at = 28,
                      schema_format_at = 44, largest_root_at = 52;

std::uint32_t be32(std::span<const std::uint8_t> from) {
  return static_cast<std::uint32_t>(from[0]) << 24 | static_cast<std::uint32_t>(from[1]) << 16 |
         static_cast<std::uint32_t>(from[2]) << 8 | from[3];
}

}  // namespace

Result<PageFile> PageFile::open(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return file_error(path);
  std::array<std::uint8_t, header_size> head{};
  TRY(read_exactly(file.get(), 0, head));
  if (as_text(head).substr(0, magic.size()) != magic) return error(Fault::malformed, path + ": no database");
  const std::size_t stored = static_cast<std::size_t>(head[page_size_at]) << 8 | head[page_size_at + 1];
  const std::size_t page_size = stored == 1 ? 65536 : stored;  // does not fit into 16 bits
  const std::span<const std::uint8_t> at(head);
  const std::uint32_t pages = be32(at.subspan(page_count_at));
  // Schema format 4 stores 0 and 1 without an octet.
  if (head[write_version_at] != 1 || head[reserved_at] != 0 || be32(at.subspan(largest_root_at)) != 0 ||
      be32(at.subspan(schema_format_at)) != 4 || TRY(size_of(file.get())) != std::uint64_t{pages} * page_size)
    return error(Fault::unsupported, path + ": pages cannot be appended to this database");
  return PageFile(std::move(file), page_size, pages);
}

void PageFile::fail(Error error) {
  if (!wrong_) wrong_ = std::move(error);
}

void PageFile::write(std::uint32_t number, Bytes page) {
  if (number != next_waiting_ || waiting_.size() >= most_waiting) {
    flush();
    first_waiting_ = number;
  }
  waiting_.insert(waiting_.end(), page.begin(), page.end());
  next_waiting_ = number + 1;
}

// The disk begins with what was written while more comes, so that whoever needs all of it there does not wait long.
void PageFile::flush() {
  const std::uint64_t offset = std::uint64_t{first_waiting_ - 1} * page_size_;
  if (!waiting_.empty()) {
    write_at(offset, waiting_);
    ::sync_file_range(file_.get(), static_cast<off_t>(offset), static_cast<off_t>(waiting_.size()),
                      SYNC_FILE_RANGE_WRITE);
  }
  waiting_.clear();
  next_waiting_ = 0;
}

void PageFile::write_at(std::uint64_t offset, Bytes octets) {
  while (!octets.empty() && !wrong_) {
    const ssize_t done = ::pwrite(file_.get(), octets.data(), octets.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return fail(done == 0 ? error(Fault::io, "disk_full") : file_error("write"));
    octets = octets.subspan(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
}

Result<void> PageFile::finish() {
  flush();
  std::array<std::uint8_t, 4> count{};
  put_big_endian(count.data(), count_, count.size());
  write_at(page_count_at, count);
  // Pages that were taken back may lie behind the last one.
  if (!wrong_ && ::ftruncate(file_.get(), static_cast<off_t>(std::uint64_t{count_} * page_size_)) != 0)
    fail(file_error("ftruncate"));
  if (wrong_) return *wrong_;
  return {};
}

}  // namespace testudo
