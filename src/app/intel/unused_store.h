// UnusedStore: a store that a verb makes before it knows whether it will put anything into it, and takes away again
// where it did not. Floor 7.
#pragma once

#include <string>

namespace testudo {

class UnusedStore {
 public:
  // To be made before the store in `folder` is opened.
  explicit UnusedStore(std::string folder);
  // Removes the store if there was none and nothing was put into it, with the folders that were made for it. What
  // others put there meanwhile stays.
  ~UnusedStore();
  UnusedStore(const UnusedStore&) = delete;
  UnusedStore& operator=(const UnusedStore&) = delete;

 private:
  std::string folder_;
  std::string first_made_;  // the uppermost folder that is not there yet; empty if all are
  bool absent_;             // no store
};

}  // namespace testudo
