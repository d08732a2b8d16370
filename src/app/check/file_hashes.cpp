#include "app/check/file_hashes.h"

#include "base/hash.h"
#include "base/text.h"

namespace testudo {

FileHashes::FileHashes() : thread_([this] { work(); }) {}

FileHashes::~FileHashes() { static_cast<void>(finish()); }

void FileHashes::add(const std::string& name, Descriptor file) {
  const std::lock_guard lock(mutex_);
  if (!done_.emplace(name, std::string()).second) return;
  queue_.emplace_back(name, std::move(file));
  changed_.notify_one();
}

const std::map<std::string, std::string>& FileHashes::finish() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  return done_;
}

void FileHashes::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return;
    auto [name, file] = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    const auto digest = sha256_of_file(file.get());
    lock.lock();
    if (digest) done_[name] = to_hex(Bytes(*digest));
  }
}

}  // namespace testudo
