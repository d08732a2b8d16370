#include "app/check/file_hashes.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <vector>

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

namespace {

// A name with a backslash, a newline or a carriage return is escaped, and its line begins with a backslash, as GNU
// sha256sum writes it; it takes every other octet as it is.
std::string check_line(const std::string& hex, const std::string& name) {
  constexpr std::string_view named = "\\\n\r", letters = "\\nr";
  std::string escaped;
  for (const char c : name) {
    const std::size_t at = named.find(c);
    if (at != std::string_view::npos) escaped.push_back('\\');
    escaped.push_back(at == std::string_view::npos ? c : letters[at]);
  }
  return (escaped == name ? "" : "\\") + hex + "  " + escaped + "\n";
}

Result<std::vector<std::string>> files_of(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> names;
  std::error_code fault;
  for (fs::recursive_directory_iterator it(folder, fault), end; !fault && it != end; it.increment(fault))
    if (it->symlink_status(fault).type() == fs::file_type::regular)
      names.push_back(it->path().lexically_relative(folder).string());
  if (fault) return error(Fault::io, folder + ": " + fault.message());
  std::ranges::sort(names);
  return names;
}

}  // namespace

Result<WholeHashes> hash_folder(const std::string& folder) {
  const std::vector<std::string> names = TRY(files_of(folder));
  std::vector<std::string> lines(names.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < names.size(); i = next++) {
      const auto file = open_for_reading(folder + "/" + names[i]);
      if (!file) continue;
      if (const auto digest = sha256_of_file(file->get())) lines[i] = check_line(to_hex(Bytes(*digest)), names[i]);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  threads.clear();  // waits for each
  WholeHashes whole;
  for (const std::string& line : lines) {
    whole.lines += line;
    whole.unreadable += line.empty() ? 1 : 0;
  }
  return whole;
}

}  // namespace testudo
