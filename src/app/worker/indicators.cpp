#include "app/worker/indicators.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/worker/folder_files.h"
#include "app/worker/functions.h"
#include "base/text.h"
#include "base/wire.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_feed = 1ULL << 30;
constexpr auto feed_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto note_frame = static_cast<std::uint8_t>(feed_frame + 1);

Result<FeedNote> read_note(std::string_view payload) {
  WireIn in(payload);
  FeedNote note;
  for (std::string* part : {&note.file, &note.object, &note.defect, &note.value}) *part = to_utf8(TRY(in.text()));
  return note;
}

// The files of the arguments, folders walked, in a stable order. A file that the user named is read whatever its
// format; of folders STIX alone, since they hold texts and lists that nobody meant as indicators.
struct FeedFiles {
  std::vector<std::string> paths;
  std::vector<bool> named;
  std::vector<std::string> closed;  // folders that may not be read
};
Result<FeedFiles> feed_files(const std::vector<std::string>& paths) {
  FeedFiles files;
  for (const std::string& path : paths) {
    std::error_code fault;
    if (!fs::is_directory(path, fault)) {
      files.paths.push_back(path);
      files.named.push_back(true);
      continue;
    }
    const FolderFiles below = TRY(files_below(path, Clones::read_inside));
    files.paths.insert(files.paths.end(), below.files.begin(), below.files.end());
    files.closed.insert(files.closed.end(), below.closed.begin(), below.closed.end());
    files.named.resize(files.paths.size(), false);
  }
  return files;
}

std::string last_parts(const fs::path& path, std::size_t count) {
  fs::path name;
  auto at = path.end();
  for (std::size_t i = 0; i < count && at != path.begin(); ++i) {
    --at;
    if (*at != path.root_path()) name = name.empty() ? *at : *at / name;
  }
  return name.string();
}

// The names by which results speak of feeds: of files that are named alike as many folders above them as tell them
// apart, so that a note is about one file; a file that was named twice is numbered.
std::vector<std::string> feed_names(const std::vector<std::string>& files) {
  constexpr std::size_t most_parts = 64;
  std::vector<fs::path> paths;
  for (const std::string& file : files) {
    std::error_code fault;
    paths.push_back(fs::absolute(file, fault).lexically_normal());
  }
  std::vector<std::string> names(files.size());
  std::map<std::string, std::vector<std::size_t>> alike{{"", {}}};
  for (std::size_t i = 0; i < files.size(); ++i) alike[""].push_back(i);
  for (std::size_t parts = 1; parts <= most_parts && !alike.empty(); ++parts) {
    std::map<std::string, std::vector<std::size_t>> next;
    for (const auto& [name, group] : alike)
      for (const std::size_t i : group) next[last_parts(paths[i], parts)].push_back(i);
    std::erase_if(next, [&](const auto& entry) {
      const auto& [name, group] = entry;
      const bool same = std::ranges::all_of(group, [&](std::size_t i) { return paths[i] == paths[group.front()]; });
      for (std::size_t n = 0; n < group.size(); ++n)
        names[group[n]] = name + (n == 0 ? "" : " (" + std::to_string(n + 1) + ")");
      return same;
    });
    alike = std::move(next);
  }
  return names;
}

Result<void> collect(Worker& worker, Indicators& indicators) {
  return worker.each_frame(error(Fault::internal, "the indicators could not be read: the reading process died"),
                           [&](const Frame& frame) -> Result<void> {
                             if (frame.kind == feed_frame) {
                               WireIn in(frame.payload);
                               indicators.feeds.push_back(TRY(read_feed(in)));
                             }
                             if (frame.kind == note_frame) indicators.notes.push_back(TRY(read_note(frame.payload)));
                             return {};
                           });
}

}  // namespace

void append_feed(std::string& out, const FeedFacts& feed) {
  WireOut(out)
      .text(feed.name)
      .number(feed.indicators)
      .number(feed.not_evaluated)
      .text(feed.sha256)
      .number(static_cast<std::uint8_t>(feed.newest.has_value()))
      .number(feed.newest.value_or(Time{}).micros)
      .number(static_cast<std::uint8_t>(feed.whole));
}

Result<FeedFacts> read_feed(WireIn& in) {
  FeedFacts feed;
  feed.name = to_utf8(TRY(in.text()));
  feed.indicators = TRY(in.number<std::uint64_t>());
  feed.not_evaluated = TRY(in.number<std::uint64_t>());
  feed.sha256 = to_utf8(TRY(in.text()));
  const bool dated = TRY(in.number<std::uint8_t>()) != 0;
  const auto micros = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
  if (dated) feed.newest = from_unix_micros(micros);
  feed.whole = TRY(in.number<std::uint8_t>()) != 0;
  return feed;
}

Result<Mapping> Mapping::of(int fd) {
  const std::uint64_t size = TRY(size_of(fd));
  if (size == 0) return Mapping();
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) return error(Fault::io, std::strerror(errno));
  return Mapping(Bytes(static_cast<const std::uint8_t*>(at), size));
}

Mapping::~Mapping() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

void read_feeds_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  IndicatorSet set;
  WireIn in(request);
  for (std::size_t i = 1; i < descriptors.size(); ++i) {
    auto name = in.text();
    if (!name) return out.fail(name.error());
    const auto was_named = in.number<std::uint8_t>();
    if (!was_named) return out.fail(was_named.error());
    auto content = read_all(descriptors[i], largest_feed);
    auto read = !content          ? Result<void>(content.error())
                : *was_named != 0 ? set.add_feed(*name, *content)
                                  : set.add_stix(*name, *content);
    if (read) continue;
    // What was meant as indicators, by who named it or by how it begins, is missing; the rest of a folder is not.
    const bool missing = *was_named != 0 || read.error().fault == Fault::truncated;
    std::string payload;
    WireOut(payload).text(*name).text("").text(missing ? "unreadable" : "not_a_feed").text(read.error().what);
    out.write(note_frame, payload);
  }
  for (const FeedSummary& feed : set.feeds()) {
    append_feed(out.begin(feed_frame), {.name = feed.name,
                                        .indicators = feed.indicators,
                                        .not_evaluated = feed.not_evaluated,
                                        .newest = feed.newest,
                                        .sha256 = feed.sha256});
    out.end();
  }
  for (const FeedNote& note : set.notes()) {
    std::string payload;
    WireOut(payload).text(note.file).text(note.object).text(note.defect).text(note.value);
    out.write(note_frame, payload);
  }
  const auto written = write_all(descriptors[0], as_bytes(set.compile()));
  if (!written) out.fail(written.error());
}

Result<Indicators> load_indicators(Zygote& zygote, const std::vector<std::string>& paths) {
  Indicators indicators;
  if (paths.empty()) return indicators;
  indicators.image.reset(::memfd_create("indicators", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!indicators.image.valid()) return error(Fault::io, std::strerror(errno));
  std::vector<Descriptor> files;
  std::vector<int> descriptors{indicators.image.get()};
  std::string request;
  const FeedFiles feeds = TRY(feed_files(paths));
  const std::vector<std::string> names = feed_names(feeds.paths);
  for (std::size_t i = 0; i < names.size(); ++i) {
    files.push_back(TRY(open_named(feeds.paths[i])));
    descriptors.push_back(files.back().get());
    WireOut(request).text(names[i]).number(static_cast<std::uint8_t>(feeds.named[i]));
  }
  Worker worker =
      TRY(zygote.run(static_cast<std::uint16_t>(Task::read_feeds), request, descriptors, {.memory = 12ULL << 30}));
  TRY(collect(worker, indicators));
  indicators.closed = feeds.closed;
  for (const FeedNote& note : indicators.notes)
    for (FeedFacts& feed : indicators.feeds) {
      if (feed.name != note.file) continue;
      ++feed.defects;
      feed.whole &= !loses_the_rest(note.defect);
    }
  // From here on nobody, the worker included, can change what we match with.
  if (::fcntl(indicators.image.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return error(Fault::io, std::strerror(errno));
  indicators.mapping = TRY(Mapping::of(indicators.image.get()));
  indicators.matcher = TRY(Matcher::open(indicators.mapping.bytes()));
  return indicators;
}

void enter_feeds(Indicators& indicators, CheckReport& report) {
  report.feeds = std::move(indicators.feeds);
  report.not_feeds.clear();
  report.unread_feeds = std::move(indicators.closed);
  for (const FeedFacts& feed : report.feeds)
    if (!feed.whole) report.unread_feeds.push_back(feed.name);
  for (FeedNote& note : indicators.notes) {
    if (note.defect == "not_a_feed") report.not_feeds.push_back(note.file);
    if (note.defect == "unreadable") report.unread_feeds.push_back(note.file);
    report.feed_remarks.push_back(
        {std::move(note.file), std::move(note.object), std::move(note.defect), std::move(note.value)});
  }
}

}  // namespace testudo
