#include "store/case_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace testudo {

Result<bool> CaseLock::lock() {
  opened_.reset(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened_.valid() && errno == ENOTDIR) return error(Fault::usage, "case_foreign_folder");
  if (!opened_.valid()) return file_error(folder_);
  if (::flock(opened_.get(), LOCK_EX | LOCK_NB) != 0)
    return errno == EWOULDBLOCK ? error(Fault::denied, "case_busy") : file_error(folder_);
  // Whoever held it before may have made the folder and removed it again.
  struct stat locked{}, named{};
  return ::fstat(opened_.get(), &locked) == 0 && ::stat(folder_.c_str(), &named) == 0 &&
         locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

Result<CaseLock> CaseLock::take(const std::string& folder) {
  CaseLock lock(folder);
  if (!TRY(lock.lock())) return error(Fault::denied, "case_busy");
  return lock;
}

Result<CaseLock> CaseLock::make(const std::string& folder) {
  CaseLock lock(folder);
  {
    const EndHeld held;
    if (::mkdir(folder.c_str(), 0700) == 0)
      lock.made_ = UnfinishedFile(folder);
    else if (errno != EEXIST)
      return file_error(folder);
  }
  const auto locked = lock.lock();
  if (locked && *locked) return lock;
  // Somebody else was faster, and may not have put anything into it yet.
  lock.made_.keep();
  return locked ? error(Fault::denied, "case_busy") : locked.error();
}

}  // namespace testudo
