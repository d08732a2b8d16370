// File hashes: SHA-256 of stored files, taken by a thread beside the workers, so that both cores are used. Floor 7.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "base/descriptor.h"

namespace testudo {

// The hashes of every regular file below a folder as `sha256sum --check` reads them, in order of path. Symbolic links
// are not followed. A file that cannot be read is left out and counted.
struct WholeHashes {
  std::string lines;
  std::uint64_t unreadable = 0;
};
Result<WholeHashes> hash_folder(const std::string& folder);

class FileHashes {
 public:
  FileHashes();
  ~FileHashes();
  FileHashes(const FileHashes&) = delete;
  FileHashes& operator=(const FileHashes&) = delete;
  // Queues a file under a name; the same name is hashed once.
  void add(const std::string& name, Descriptor file);
  // Waits for all. 64 hexadecimal characters a name; empty where a file could not be read.
  const std::map<std::string, std::string>& finish();

 private:
  void work();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::string, Descriptor>> queue_;
  std::map<std::string, std::string> done_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace testudo
