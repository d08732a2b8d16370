// Case lock: one program at a time changes a case. Floor 2.
#pragma once

#include <string>

#include "base/descriptor.h"
#include "base/result.h"
#include "base/unfinished_file.h"

namespace testudo {

// A lock on the folder itself: it lies in no file that could be left behind, and the system lets it go when whoever
// holds it ends, in whatever way. Reading needs none: a case is whole at every instant.
class CaseLock {
 public:
  // Of a folder that is there. Fault::denied ("case_busy") at once where another one holds it.
  static Result<CaseLock> take(const std::string& folder);
  // The same; makes the folder (0700) where it is absent. Unless keep_folder() is called, it goes with the lock where
  // it is empty. Fault::usage ("case_foreign_folder") if the path is no folder.
  static Result<CaseLock> make(const std::string& folder);
  const std::string& folder() const { return folder_; }
  void keep_folder() { made_.keep(); }

 private:
  explicit CaseLock(std::string folder) : folder_(std::move(folder)) {}
  // False where the folder went while it was locked.
  Result<bool> lock();
  std::string folder_;
  Descriptor opened_;
  UnfinishedFile made_;  // goes before the lock does
};

}  // namespace testudo
