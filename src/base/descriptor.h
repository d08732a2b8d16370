// Descriptor: owns a file descriptor and closes it. Floor 0.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) reset(std::exchange(other.fd_, -1));
    return *this;
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// What errno says of the file or call that `what` names; "disk_full" where the disk is.
Error file_error(std::string_view what);
// Whether something is at this path; links are followed. An Error where nobody can tell, as in a folder that the user
// may not look into (Fault::denied): what may not be seen is not absent.
Result<bool> is_there(const std::string& path);
// A file's octets, or a folder's entries, reach the disk before anything that relies on them.
Result<void> persist(const std::string& path);
// Opens a regular file for reading, without following a symbolic link in its last component.
Result<Descriptor> open_for_reading(const std::string& path);
// The same for a file in a folder of `root`, neither of which may be a link either.
Result<Descriptor> open_inside(const std::string& root, const std::string& folder, const std::string& name);
// Opens a file that the user named, not one that lies in evidence: links are followed. A pipe, such as the shell's
// <(command), is opened only where `pipes` allows it: it cannot be read twice or at an offset.
enum class Pipes : bool { refuse, allow };
Result<Descriptor> open_named(const std::string& path, Pipes pipes = Pipes::refuse);
Result<std::uint64_t> size_of(int fd);
// Whether a file claims at least a gigabyte of which the disk holds less than an eighth: no phone writes such files,
// and reading one would take hours.
bool is_hollow(int fd);
// Reads `size` octets at `offset`; Fault::truncated if the file ends before.
Result<void> read_exactly(int fd, std::uint64_t offset, std::span<std::uint8_t> out);
// The whole file; Fault::limit if it holds more than `limit` octets.
Result<std::string> read_all(int fd, std::uint64_t limit);
// Writes all octets, whatever the pipe or file takes at a time.
Result<void> write_all(int fd, Bytes bytes);
// An anonymous memory file that can be handed to another process.
Result<Descriptor> memory_file(const char* name, Bytes content);

}  // namespace testudo
