// Output folder: results that only count together. Floor 7.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unfinished_file.h"
#include "report/record_files.h"

namespace testudo {

// Makes a folder (0700) and is true, or takes one that is there. "output_is_file", "output_no_parent", "output_closed"
// where that may not be done.
Result<bool> make_folder(const std::string& path);

// Whether a case can be kept in this folder, there already or not: "case_is_file", "case_no_parent", "case_closed"
// where it cannot. Before anything is read or written: what the case's own floor says of a folder is not for people.
Result<void> look_at_case(const std::string& folder);

// What this object made goes with it unless it is kept: half of the results must not pass for all, nor stand in the way
// of the next try. What somebody else puts into the folder stays.
class OutputFolder {
 public:
  // As make_folder(); "output_not_empty" if it holds something.
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
