#include "app/check/output_folder.h"

#include <cerrno>
#include <filesystem>

#include <sys/stat.h>

#include "base/descriptor.h"

namespace testudo {

Result<OutputFolder> OutputFolder::make(const std::string& path) {
  OutputFolder folder(path);
  const EndHeld held;
  if (::mkdir(path.c_str(), 0700) == 0) {
    folder.made_ = UnfinishedFile(path);
    return folder;
  }
  if (errno != EEXIST) return file_error(path);
  std::error_code fault;
  if (!std::filesystem::is_directory(path, fault) || !std::filesystem::is_empty(path, fault) || fault)
    return error(Fault::usage, "output_not_empty");
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
