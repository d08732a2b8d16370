#include "app/intel/unused_store.h"

#include <filesystem>

#include <unistd.h>

#include "intel/store/intel_store.h"

namespace testudo {

namespace fs = std::filesystem;

UnusedStore::UnusedStore(std::string folder) : folder_(std::move(folder)) {
  const auto there = IntelStore::is_in(folder_);
  absent_ = there && !*there;
  std::error_code fault;
  for (fs::path path = folder_; absent_ && !path.empty() && !fs::exists(path, fault) && !fault;
       path = path.parent_path())
    first_made_ = path.string();
}

UnusedStore::~UnusedStore() {
  if (!absent_) return;
  {
    auto store = IntelStore::open(folder_, IntelStore::Mode::read);
    const auto last = store ? store->generation() : Result<std::int64_t>(store.error());
    if (!last || *last != 0) return;
  }
  ::unlink((folder_ + "/store.db").c_str());
  fs::path path = folder_;
  while (!first_made_.empty() && ::rmdir(path.c_str()) == 0 && path != first_made_) path = path.parent_path();
}

}  // namespace testudo
