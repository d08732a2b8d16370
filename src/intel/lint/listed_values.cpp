// Files against each other.
#include "intel/lint/listed_values.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "intel/lint/value_mends.h"

namespace testudo {
namespace {

constexpr std::size_t most_sharing = 64;    // files that share one value and are counted pairwise
constexpr std::size_t most_missing = 1000;  // lines about one pair of a folder

using Pair = std::pair<std::size_t, std::size_t>;

std::map<Pair, std::uint64_t> shared_counts(const std::vector<ListedFile>& files) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> all;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const ListedValue& value : files[i].values) all.emplace_back(value.key, static_cast<std::uint32_t>(i));
  std::ranges::sort(all);
  std::map<Pair, std::uint64_t> shared;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].first == all[begin].first) ++end;
    const std::size_t last = std::min(end, begin + most_sharing);
    for (std::size_t i = begin; i < last; ++i)
      for (std::size_t j = i + 1; j < last; ++j) ++shared[{all[i].second, all[j].second}];
  }
  return shared;
}

std::string of(std::uint64_t n, std::size_t all, std::string_view other) {
  return std::to_string(n) + " of " + std::to_string(all) + " values are also in " + std::string(other);
}

std::string_view folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : name.substr(0, slash);
}

void compare_pair(const ListedFile& a, const ListedFile& b, std::uint64_t shared, const LintReceiver& receiver) {
  const bool whole_a = shared == a.values.size(), whole_b = shared == b.values.size();
  const auto say = [&](const ListedFile& file, const ListedFile& other, const char* defect) {
    receiver({std::string(file.name), "", defect, of(shared, file.values.size(), other.name), ""});
  };
  // A list and a bundle beside each other are meant to say the same.
  const bool beside = folder_of(a.name) == folder_of(b.name) && a.format != b.format;
  if (beside) return;
  if (whole_a && whole_b) return say(b, a, "same_feed");
  if (whole_a) return say(a, b, "subset_feed");
  if (whole_b) return say(b, a, "subset_feed");
  say(a, b, "overlapping_feeds");
}

bool is_machine(const ListedFile& file) { return file.format == "stix" || file.format == "misp"; }
bool is_list(const ListedFile& file) { return file.format == "text"; }

struct Side {
  std::vector<const ListedFile*> files;
  std::vector<std::uint64_t> keys;  // in order, once all files are here
  std::set<Kind> kinds;
  void add(const ListedFile& file) {
    files.push_back(&file);
    for (const ListedValue& value : file.values) {
      keys.push_back(value.key);
      kinds.insert(value.kind);
    }
  }
};

// Addresses that a bundle calls domains stand in a list of domains too, so that kinds of addresses and hosts are one.
bool covers(const std::set<Kind>& kinds, Kind kind) { return kinds.contains(kind); }

void say_missing(const Side& from, const Side& lacking, const LintReceiver& receiver) {
  const ListedFile& target = *lacking.files[0];
  std::size_t said = 0;
  for (const ListedFile* file : from.files)
    for (const ListedValue& value : file->values) {
      if (std::ranges::binary_search(lacking.keys, value.key) || !covers(lacking.kinds, value.kind)) continue;
      if (++said > most_missing) return;
      const std::string mend = spelled_for(target.format, value.kind, value.value);
      const std::string folder(folder_of(target.name));
      const std::string where = lacking.files.size() == 1 ? std::string(target.name)
                                : folder.empty()          ? "this folder"
                                                          : folder + "/";
      receiver({std::string(file->name), std::string(value.object), "missing_beside", std::string(value.value),
                where + " lacks it: " + mend});
    }
}

void compare_folder(const std::vector<const ListedFile*>& files, const LintReceiver& receiver) {
  Side lists, machines;
  for (const ListedFile* file : files) {
    if (is_list(*file)) lists.add(*file);
    if (is_machine(*file)) machines.add(*file);
  }
  if (lists.files.empty() || machines.files.empty()) return;
  for (Side* side : {&lists, &machines}) std::ranges::sort(side->keys);
  say_missing(lists, machines, receiver);
  say_missing(machines, lists, receiver);
}

}  // namespace

void compare_files(const std::vector<ListedFile>& files, const LintReceiver& receiver) {
  for (const auto& [pair, shared] : shared_counts(files))
    compare_pair(files[pair.first], files[pair.second], shared, receiver);
  std::map<std::string_view, std::vector<const ListedFile*>> folders;
  for (const ListedFile& file : files) folders[folder_of(file.name)].push_back(&file);
  for (const auto& [folder, members] : folders) compare_folder(members, receiver);
}

}  // namespace testudo
