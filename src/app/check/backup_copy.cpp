#include "app/check/backup_copy.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/check/output_folder.h"
#include "base/descriptor.h"
#include "base/unfinished_file.h"

namespace testudo {
namespace {

constexpr std::size_t chunk = 1 << 20;
constexpr std::uint64_t largest_plist = 256U << 20;

Result<void> write_blob(const Blob& blob, const std::string& path) {
  UnfinishedFile unfinished(path + ".part");
  const Descriptor file(::open(unfinished.path().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return file_error(unfinished.path());
  std::vector<std::uint8_t> buffer(chunk);
  for (std::uint64_t at = 0; at < blob.size(); at += buffer.size()) {
    buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(chunk, blob.size() - at)));
    // No Fault::io: where the medium of the backup is worn out, it costs this file and not the copy.
    if (const auto read = blob.read(at, buffer); !read) return error(Fault::truncated, read.error().what);
    TRY(write_all(file.get(), buffer));
  }
  const EndHeld held;
  if (std::rename(unfinished.path().c_str(), path.c_str()) != 0) return file_error(path);
  unfinished.keep();
  return {};
}

// True if `path` holds a file of this size.
bool is_whole(const std::string& path, const std::optional<std::uint64_t>& size) {
  struct stat status{};
  return size && ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         static_cast<std::uint64_t>(status.st_size) == *size;
}

class Copier {
 public:
  Copier(const UnlockedBackup& backup, std::string out) : backup_(backup), out_(std::move(out)) {}

  // Fault::io ends the copy: the disk is full, say. Anything about one file only counts.
  Result<void> copy(const LocatedFile& file) {
    if (!is_file_id(file.file_id)) return count(unreadable);
    if (!is_first(file.file_id)) return count(kept);
    const std::string path = out_ + "/" + file.file_id.substr(0, 2) + "/" + file.file_id;
    if (is_whole(path, file.size)) return count(kept);
    auto stored = backup_.folder.stored(file.file_id);
    if (!stored) return count(missing);
    const auto key = file_key(backup_, file);
    if (!key) return count(unreadable);
    auto blob = *key ? encrypted_blob(std::move(*stored), **key, file.size) : plain_blob(std::move(*stored));
    if (!blob) return count(unreadable);
    if (file.size && (*blob)->size() != *file.size) ++wrong_size;
    TRY(make_folder(out_ + "/" + file.file_id.substr(0, 2)));
    auto written = write_blob(**blob, path);
    if (!written && written.error().fault == Fault::io) return written;
    if (!written) return count(unreadable);
    bytes += (*blob)->size();
    return count(files);
  }

  CopyResult result(bool list_cut) const { return {files, bytes, kept, missing, unreadable, wrong_size, list_cut}; }
  std::atomic<std::uint64_t> files = 0, bytes = 0, kept = 0, missing = 0, unreadable = 0, wrong_size = 0;

 private:
  // A list that was tampered with may give one id to several rows, and two threads would write one file.
  bool is_first(const std::string& file_id) {
    const std::scoped_lock lock(mutex_);
    return begun_.insert(file_id).second;
  }
  static Result<void> count(std::atomic<std::uint64_t>& counter) {
    ++counter;
    return {};
  }
  const UnlockedBackup& backup_;
  std::string out_;
  std::mutex mutex_;
  std::unordered_set<std::string> begun_;
};

Result<void> copy_beside_manifest(const UnlockedBackup& backup, const std::string& out, const char* name) {
  Descriptor file = backup.folder.root_file(name);
  if (!file.valid()) return {};
  const auto blob = TRY(plain_blob(std::move(file)));
  return write_blob(*blob, out + "/" + name);
}

bool same_content(const Descriptor& a, const std::string& path) {
  const auto b = open_for_reading(path);
  if (!a.valid() || !b) return false;
  const auto left = read_all(a.get(), largest_plist), right = read_all(b->get(), largest_plist);
  return left && right && *left == *right;
}

// File ids are the same on all phones: a copy is only gone on with if it is of this very backup. Manifest.plist tells,
// with the salts and the date of the backup in it, so it is written first.
Result<void> begin_copy(const UnlockedBackup& backup, const std::string& out) {
  TRY(make_folder(out));
  std::error_code fault;
  const bool begun = TRY(is_there(out + "/Manifest.plist"));
  if (begun && !same_content(backup.folder.root_file("Manifest.plist"), out + "/Manifest.plist"))
    return error(Fault::usage, "copy_of_another");
  if (begun) return {};
  for (std::filesystem::directory_iterator entry(out, fault), end; !fault && entry != end; entry.increment(fault))
    if (entry->path().filename() != "Manifest.plist.part") return error(Fault::usage, "output_not_empty");
  if (fault) return error(Fault::io, out + ": " + fault.message());
  return copy_beside_manifest(backup, out, "Manifest.plist");
}

Result<void> end_copy(const UnlockedBackup& backup, const std::string& out) {
  for (const char* name : {"Info.plist", "Status.plist", "Manifest.db-wal"})
    TRY(copy_beside_manifest(backup, out, name));
  // Before iOS 10.2 the manifest is never encrypted, and does not tell what was decrypted.
  if (!backup.manifest_key) TRY(write_blob(*memory_blob({}), out + "/" + decrypted_mark));
  Descriptor manifest = backup.folder.root_file("Manifest.db");
  const auto blob = backup.manifest_key ? TRY(encrypted_blob(std::move(manifest), *backup.manifest_key, std::nullopt))
                                        : TRY(plain_blob(std::move(manifest)));
  return write_blob(*blob, out + "/Manifest.db");
}

}  // namespace

Result<CopyResult> copy_backup(Zygote& zygote, const UnlockedBackup& backup, const std::string& out,
                               const Catalogue& words, Progress::Style style) {
  const Located located = TRY(locate_in(zygote, backup, Locate::all));
  if (backup.folder.holds(out)) return error(Fault::usage, "output_in_evidence");
  TRY(begin_copy(backup, out));
  // The manifest comes last: a copy with one is complete, and one without it unfinished.
  const UnfinishedFile last(out + "/Manifest.db.part");
  Copier copier(backup, out);
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stop = false;
  Error first;
  std::atomic_flag failed;
  const auto work = [&] {
    for (std::size_t i = next++; i < located.files.size() && !stop; i = next++) {
      auto copied = copier.copy(located.files[i]);
      if (copied) continue;
      if (!failed.test_and_set()) first = copied.error();
      stop = true;
    }
  };
  std::uint64_t total = 0;
  for (const LocatedFile& file : located.files) total += file.size.value_or(0);
  Progress progress(style, words.say("progress.decrypting"), total);
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  while (next < located.files.size() && !stop) {
    progress.at(copier.bytes);
    ::usleep(50'000);
  }
  for (std::jthread& thread : threads) thread.join();
  if (stop) return first;
  TRY(end_copy(backup, out));
  return copier.result(located.stopped.has_value());
}

}  // namespace testudo
