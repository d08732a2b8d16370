// kept_lists.h.
#include "app/intel/kept_lists.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "app/worker/screening.h"
#include "base/descriptor.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

// A list, and where it lies in the store once it does.
struct Version {
  std::string format;
  std::optional<std::size_t> again;  // place of the list of which it is another version
  fs::path kept;
};

// Nothing if one of them cannot be read.
std::vector<Version> versions_of(Zygote& zygote, const std::vector<std::string>& lists) {
  std::vector<Version> versions;
  const Result<std::string> answers = screen_names(zygote, {}, {}, lists);
  if (!answers) return versions;
  simdjson::dom::parser parser;
  for (std::string_view rest = *answers; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    simdjson::dom::element list;
    std::string_view format;
    std::int64_t again = 0;
    if (parser.parse(line).get(list) != simdjson::SUCCESS || list["format"].get(format) != simdjson::SUCCESS) continue;
    Version& version = versions.emplace_back();
    version.format = format;
    if (list["again"].get(again) == simdjson::SUCCESS) version.again = static_cast<std::size_t>(again);
  }
  return versions;
}

// Never half written: a question that is asked meanwhile reads the old list or the new one.
Result<void> copy_list(const std::string& from, const fs::path& to, const std::string& store) {
  const fs::path half = fs::path(store) / "list.new";
  std::error_code fault;
  fs::copy_file(from, half, fs::copy_options::overwrite_existing, fault);
  if (!fault) fs::permissions(half, fs::perms::owner_read | fs::perms::owner_write, fault);
  if (!fault) fs::rename(half, to, fault);
  if (fault) return error(Fault::io, from + ": " + fault.message());
  return {};
}

// The kept list whose place the list takes.
std::optional<std::size_t> replaced_by(const std::vector<Version>& versions, std::size_t at, const fs::path& name) {
  for (std::size_t i = 0; i < at; ++i) {
    const Version& kept = versions[i];
    if (kept.kept.empty() || kept.format != versions[at].format) continue;
    if (versions[at].again == i || kept.kept.filename() == name) return i;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> kept_lists(const std::string& store) {
  std::vector<std::string> files;
  const auto there = is_there(store + "/lists");
  if (there && !*there) return files;
  std::error_code fault, skipped;
  for (fs::directory_iterator it(store + "/lists", fault), end; !fault && it != end; it.increment(fault))
    if (it->is_regular_file(skipped)) files.push_back(it->path().string());
  if (!there || fault) return error(Fault::denied, "intel_denied");
  std::ranges::sort(files);
  return files;
}

Result<std::vector<KeptList>> keep_lists(Zygote& zygote, const std::string& store,
                                         const std::vector<std::string>& lists) {
  const fs::path folder = fs::path(store) / "lists";
  std::error_code fault;
  fs::create_directory(folder, fault);
  std::vector<std::string> before = TRY(kept_lists(store)), all = before;
  all.insert(all.end(), lists.begin(), lists.end());
  std::vector<Version> versions = versions_of(zygote, all);
  if (versions.size() != all.size()) {
    // A kept list is broken: nothing is known of it but its name.
    before.clear();
    versions = versions_of(zygote, lists);
  }
  for (std::size_t i = 0; i < before.size(); ++i) versions[i].kept = before[i];
  std::vector<KeptList> done;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::size_t at = before.size() + i;
    fs::path name = fs::path(lists[i]).filename();
    fs::path old;
    if (const auto place = replaced_by(versions, at, name)) old = std::exchange(versions[*place].kept, {});
    const auto is_taken = [&](const Version& v) { return !v.kept.empty() && v.kept.filename() == name; };
    while (std::ranges::any_of(versions, is_taken)) name = versions[at].format + "-" + name.string();
    versions[at].kept = folder / name;
    TRY(copy_list(lists[i], versions[at].kept, store));
    KeptList kept{name.string(), {}};
    if (!old.empty() && old.filename() != name) {
      fs::remove(old, fault);
      kept.instead_of = old.filename().string();
    }
    done.push_back(std::move(kept));
  }
  return done;
}

}  // namespace testudo
