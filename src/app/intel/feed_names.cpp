#include "app/intel/feed_names.h"

#include <filesystem>
#include <map>

namespace testudo {
namespace {

namespace fs = std::filesystem;

// Of the store's sources: their addresses by name, and the names of those that are files by address.
struct KnownFeeds {
  std::map<std::string, std::string> addresses, names;
};

Result<KnownFeeds> known_feeds(IntelStore& store) {
  KnownFeeds known;
  Statement rows = TRY(store.connection().prepare("SELECT name,address,format FROM source"));
  while (TRY(rows.step())) {
    // What the desk entered itself stands under a name of its own, which no file may take.
    const std::string address = rows.text(2) == "own" ? "own:" : rows.text(1);
    known.addresses[rows.text(0)] = address;
    if (!address.empty()) known.names[address] = rows.text(0);
  }
  return known;
}

// A name from an earlier version of the store may have no address: it is taken to be the same file's.
bool is_free(const KnownFeeds& known, const std::string& name, const std::string& address) {
  const auto found = known.addresses.find(name);
  return found == known.addresses.end() || found->second.empty() || found->second == address;
}

// "feed.csv", "folder/feed.csv", …: the shortest that is longer than `name` and free.
std::string longer_name(const KnownFeeds& known, const std::string& name, const std::string& address) {
  const fs::path path(address.substr(address.find("://") + 3));
  std::string longer;
  for (auto part = path.end(); part != path.begin();) {
    --part;
    longer = longer.empty() ? part->string() : (*part / longer).string();
    if (longer.size() > name.size() && is_free(known, longer, address)) return longer;
  }
  return address;
}

}  // namespace

std::vector<std::string> file_addresses(std::span<const FeedJob> jobs) {
  std::map<fs::path, fs::path> folders;  // as they are named, and where they are
  std::vector<std::string> addresses;
  for (const FeedJob& job : jobs) {
    const fs::path path(job.path);
    const auto [folder, fresh] = folders.try_emplace(path.parent_path());
    std::error_code fault;
    if (fresh)
      folder->second = fs::weakly_canonical(fs::absolute(folder->first.empty() ? "." : folder->first, fault), fault);
    addresses.push_back("file://" + (fault ? path : folder->second / path.filename()).string());
  }
  return addresses;
}

Result<std::vector<std::string>> tell_feeds_apart(IntelStore& store, std::vector<FeedJob>& jobs,
                                                  std::span<const std::string> addresses) {
  KnownFeeds known = TRY(known_feeds(store));
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    FeedJob& job = jobs[i];
    const std::string& address = addresses[i];
    if (const auto same = known.names.find(address); same != known.names.end()) {
      job.name = same->second;
    } else if (!is_free(known, job.name, address)) {
      changed.push_back(job.name);
      job.name = longer_name(known, job.name, address);
    }
    known.addresses[job.name] = address;
  }
  return changed;
}

}  // namespace testudo
