// Output folder: results that only count together. Floor 7.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unfinished_file.h"
#include "report/record_files.h"

namespace testudo {

// What this object made goes with it unless it is kept: half of the results must not pass for all, nor stand in the way
// of the next try. What somebody else puts into the folder stays.
class OutputFolder {
 public:
  // Makes the folder (0700), or takes one that is empty. Fault::usage ("output_not_empty") if it holds something.
  static Result<OutputFolder> make(const std::string& path);
  const std::string& path() const { return path_; }
  // Writes one whole file (0600). Fault::usage ("file_exists").
  Result<void> write(const std::string& name, std::string_view content);
  // Takes a file that was written and published in the folder.
  void add(BufferedFile file) { files_.push_back(std::move(file)); }
  void keep();

 private:
  explicit OutputFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
  UnfinishedFile made_;  // nothing where the folder was there before
  std::vector<BufferedFile> files_;
};

}  // namespace testudo
