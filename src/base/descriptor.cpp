#include "base/descriptor.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace testudo {
namespace {

Result<mode_t> type_of(int fd, const std::string& path) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return file_error(path);
  return status.st_mode & static_cast<mode_t>(S_IFMT);
}

Result<Descriptor> open_regular(int folder, const std::string& path) {
  Descriptor opened(::openat(folder, path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!opened.valid()) return file_error(path);
  if (TRY(type_of(opened.get(), path)) != S_IFREG) return error(Fault::unsupported, path + ": not a regular file");
  return opened;
}

}  // namespace

Error file_error(std::string_view what) {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) return error(Fault::io, "disk_full");
  const Fault fault = errno == ENOENT || errno == ENOTDIR                   ? Fault::not_found
                      : errno == EACCES || errno == EPERM || errno == ELOOP ? Fault::denied
                                                                            : Fault::io;
  return error(fault, std::string(what) + ": " + std::strerror(errno));
}

Result<bool> is_there(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG) return false;
  return file_error(path);
}

Result<void> persist(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0) return file_error(path);
  return {};
}

void Descriptor::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

Result<Descriptor> open_for_reading(const std::string& path) { return open_regular(AT_FDCWD, path); }

Result<Descriptor> open_inside(const std::string& root, const std::string& folder, const std::string& name) {
  const std::string path = root + "/" + folder;
  const Descriptor opened(::open(path.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY));
  if (!opened.valid() && errno == ENOTDIR) return error(Fault::denied, path + ": not a folder");
  if (!opened.valid()) return file_error(path);
  return open_regular(opened.get(), name);
}

Result<Descriptor> open_named(const std::string& path, Pipes pipes) {
  // Without O_NONBLOCK a pipe would wait here for somebody to write to it.
  const int wait = pipes == Pipes::allow ? 0 : O_NONBLOCK;
  Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | wait));
  if (!opened.valid()) return file_error(path);
  const mode_t type = TRY(type_of(opened.get(), path));
  if (type == S_IFREG || (pipes == Pipes::allow && (type == S_IFIFO || type == S_IFCHR))) return opened;
  return error(Fault::unsupported, path + ": not a regular file");
}

Result<std::uint64_t> size_of(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return file_error("fstat");
  return static_cast<std::uint64_t>(status.st_size);
}

bool is_hollow(int fd) {
  constexpr off_t from = off_t{1} << 30, block = 512;
  struct stat status{};
  return ::fstat(fd, &status) == 0 && status.st_size >= from && status.st_blocks < status.st_size / 8 / block;
}

Result<void> read_exactly(int fd, std::uint64_t offset, std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = ::pread(fd, out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("pread");
    if (got == 0) return error(Fault::truncated, "the file ends here", offset);
    out = out.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

Result<std::string> read_all(int fd, std::uint64_t limit) {
  const std::uint64_t size = TRY(size_of(fd));
  if (size > limit) return error(Fault::limit, "the file is larger than the limit", limit);
  std::string content(static_cast<std::size_t>(size), '\0');
  TRY(read_exactly(fd, 0, {reinterpret_cast<std::uint8_t*>(content.data()), content.size()}));
  return content;
}

Result<void> write_all(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return file_error("write");
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Result<Descriptor> memory_file(const char* name, Bytes content) {
  Descriptor file(::memfd_create(name, MFD_CLOEXEC));
  if (!file.valid()) return file_error("memfd_create");
  TRY(write_all(file.get(), content));
  return file;
}

}  // namespace testudo
