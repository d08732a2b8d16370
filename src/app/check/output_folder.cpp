#include "app/check/output_folder.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace testudo {
namespace {

bool may_use(const std::string& folder, int how) { return ::faccessat(AT_FDCWD, folder.c_str(), how, AT_EACCESS) == 0; }

}  // namespace

Result<bool> make_folder(const std::string& path) {
  std::error_code fault;
  if (::mkdir(path.c_str(), 0700) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return error(Fault::not_found, "output_no_parent");
  if (errno == EACCES || errno == EPERM || errno == EROFS) return error(Fault::denied, "output_closed");
  if (errno != EEXIST) return file_error(path);
  if (!std::filesystem::is_directory(path, fault)) return error(Fault::usage, "output_is_file");
  return may_use(path, R_OK | W_OK | X_OK) ? Result<bool>(false) : error(Fault::denied, "output_closed");
}

Result<void> look_at_case(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code fault;
  const auto there = is_there(folder);
  if (!there) return error(Fault::denied, "case_closed");
  if (*there) {
    if (!fs::is_directory(folder, fault)) return error(Fault::usage, "case_is_file");
    return may_use(folder, R_OK | W_OK | X_OK) ? Result<void>() : error(Fault::denied, "case_closed");
  }
  fs::path place = fs::absolute(folder, fault);
  if (!place.has_filename()) place = place.parent_path();  // it was written with a slash at its end
  if (!fs::is_directory(place.parent_path(), fault)) return error(Fault::not_found, "case_no_parent");
  return may_use(place.parent_path().string(), W_OK | X_OK) ? Result<void>() : error(Fault::denied, "case_closed");
}

Result<OutputFolder> OutputFolder::make(const std::string& path) {
  OutputFolder folder(path);
  const EndHeld held;
  if (TRY(make_folder(path))) folder.made_ = UnfinishedFile(path);
  std::error_code fault;
  if (!std::filesystem::is_empty(path, fault) || fault) return error(Fault::usage, "output_not_empty");
  return folder;
}

Result<void> OutputFolder::write(const std::string& name, std::string_view content) {
  BufferedFile file = TRY(BufferedFile::create(path_ + "/" + name));
  file.buffer() = content;
  TRY(file.publish());
  add(std::move(file));
  return {};
}

void OutputFolder::keep() {
  for (BufferedFile& file : files_) file.keep();
  made_.keep();
}

}  // namespace testudo
