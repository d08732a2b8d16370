// UnfinishedFile: a file that is removed again unless what is written to it was finished. Floor 0.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"

namespace testudo {

class UnfinishedFile {
 public:
  UnfinishedFile() = default;
  // A file, or a folder that is empty again by then. Made earlier, removed later: a folder comes before its files. Also
  // removed where an Interruption (base/interruption.h) ends the program.
  explicit UnfinishedFile(std::string path);
  ~UnfinishedFile();
  UnfinishedFile(UnfinishedFile&& other) noexcept : place_(std::exchange(other.place_, std::nullopt)) {}
  UnfinishedFile& operator=(UnfinishedFile&& other) noexcept {
    std::swap(place_, other.place_);
    return *this;
  }
  // Empty once it is kept.
  const std::string& path() const;
  // Gives the file another name, under which it is as unfinished. Fault::usage ("file_exists") where that is taken.
  Result<void> move_to(const std::string& path);
  void keep();

 private:
  std::optional<std::list<std::string>::iterator> place_;
};

// While such an object lives, an Interruption waits: for a file that is being made until it is known as unfinished, for
// several steps that count together until the last one.
class EndHeld {
 public:
  EndHeld();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

// Removes all that is unfinished, last first; false where nothing was. From then on every thread that makes or finishes
// such a file waits for ever: only for a program that ends now.
bool remove_what_is_unfinished();

}  // namespace testudo
