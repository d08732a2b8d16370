#include "base/unfinished_file.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace testudo {
namespace {

struct Unfinished {
  std::recursive_mutex mutex;
  std::list<std::string> paths;
};

Unfinished& all() {
  static Unfinished unfinished;
  return unfinished;
}

// Atomically, where the file system can: not every one that people carry around does.
bool rename_to_free_name(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  if (::faccessat(AT_FDCWD, to.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return false;
  }
  return std::rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

UnfinishedFile::UnfinishedFile(std::string path) {
  const EndHeld held;
  place_ = all().paths.insert(all().paths.end(), std::move(path));
}

UnfinishedFile::~UnfinishedFile() {
  if (!place_) return;
  const EndHeld held;
  std::remove((*place_)->c_str());
  all().paths.erase(*place_);
}

const std::string& UnfinishedFile::path() const {
  static const std::string none;
  return place_ ? **place_ : none;
}

Result<void> UnfinishedFile::move_to(const std::string& path) {
  const EndHeld held;
  if (!place_) return error(Fault::internal, "a file that was kept is not unfinished");
  if (!rename_to_free_name(**place_, path))
    return errno == EEXIST ? error(Fault::usage, "file_exists") : file_error(path);
  **place_ = path;
  return {};
}

void UnfinishedFile::keep() {
  if (!place_) return;
  const EndHeld held;
  all().paths.erase(*place_);
  place_.reset();
}

EndHeld::EndHeld() : lock_(all().mutex) {}

bool remove_what_is_unfinished() {
  all().mutex.lock();
  for (auto path = all().paths.rbegin(); path != all().paths.rend(); ++path) std::remove(path->c_str());
  return !all().paths.empty();
}

}  // namespace testudo
