#include "app/intel/store_image.h"

#include <charconv>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "app/intel/sub_verb.h"
#include "app/worker/warnings.h"
#include "base/descriptor.h"
#include "base/wire.h"
#include "intel/indicator_store.h"
#include "intel/store/indicator_query.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

Result<std::string> compiled(IntelStore& store) {
  IndicatorStore set;
  TRY(each_matched_claim(store, MatchedOrder::first_seen, [&](const MatchedClaim& claim) {
    if (!is_compared(claim.kind, claim.value, claim.role)) return;
    const Standing standing = standing_of(claim.kind, claim.value);
    set.add({claim.kind, std::string(claim.value), standing.exact_only, standing.generic, std::string(claim.shown)},
            {std::string(claim.source), std::string(claim.threat), std::string(claim.object)}, claim.role);
  }));
  return write_image(set);
}

std::string image_path(const std::string& folder, std::int64_t generation) {
  return folder + "/matcher/" + std::to_string(generation) + ".image";
}

// Under another name first, a process its own, so that nobody ever maps half an image.
Result<void> save(const std::string& path, std::string_view image) {
  const std::string draft = path + "." + std::to_string(::getpid()) + ".new";
  Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.valid()) return file_error(draft);
  if (auto written = write_all(file.get(), as_bytes(image)); !written) {
    ::unlink(draft.c_str());
    return written;
  }
  if (std::rename(draft.c_str(), path.c_str()) != 0) return file_error(path);
  return {};
}

Result<void> map_image(Indicators& indicators) {
  indicators.mapping = TRY(Mapping::of(indicators.image.get()));
  indicators.matcher = TRY(Matcher::open(indicators.mapping.bytes()));
  return {};
}

Result<void> open_image(const std::string& path, Indicators& indicators) {
  indicators.image.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return indicators.image.valid() ? map_image(indicators) : file_error(path);
}

// Where the store's folder cannot be written, or another process has just tidied it.
Result<void> hold_image(std::string_view image, Indicators& indicators) {
  indicators.image = TRY(memory_file("indicators", as_bytes(image)));
  return map_image(indicators);
}

// Whether a file of the folder is one of an earlier generation, or none of ours. Those of a later one are another
// process's, which changed the store since.
bool is_over(const std::string& name, std::int64_t generation) {
  std::int64_t of = 0;
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), of);
  return fault != std::errc() || of < generation;
}

std::string feeds_path(const std::string& folder, std::int64_t generation) {
  return folder + "/matcher/" + std::to_string(generation) + ".feeds";
}

std::string wire_of(const std::vector<FeedFacts>& feeds) {
  std::string wire;
  WireOut(wire).number(static_cast<std::uint32_t>(feeds.size()));
  for (const FeedFacts& feed : feeds) append_feed(wire, feed);
  return wire;
}

Result<std::vector<FeedFacts>> feeds_in(std::string_view wire) {
  WireIn in(wire);
  std::vector<FeedFacts> feeds;
  for (std::uint32_t left = TRY(in.number<std::uint32_t>()); left != 0; --left) feeds.push_back(TRY(read_feed(in)));
  if (!in.done()) return error(Fault::malformed, "more than the feeds of a store");
  return feeds;
}

Result<std::vector<FeedFacts>> saved_feeds(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return file_error(path);
  const Mapping mapping = TRY(Mapping::of(file.get()));
  return feeds_in(as_text(mapping.bytes()));
}

// To count what a million claims name takes a second, so that it is kept beside the image.
Result<std::vector<FeedFacts>> feeds_of(IntelStore& store, std::int64_t generation) {
  const std::string path = feeds_path(store.folder(), generation);
  if (auto saved = saved_feeds(path)) return saved;
  std::vector<FeedFacts> feeds;
  for (StoredSource& source : TRY(store.sources(generation))) {
    if (source.indicators == 0) continue;  // nothing of it is compared any more
    FeedFacts feed;
    feed.name = std::move(source.name);
    feed.indicators = source.indicators;
    // What somebody entered by hand is new each time, and says nothing of how old the feeds are.
    if (source.format != own_entries) feed.newest = source.newest;
    feed.sha256 = std::move(source.sha256);
    feed.whole = source.whole;
    feeds.push_back(std::move(feed));
  }
  static_cast<void>(save(path, wire_of(feeds)));  // who may not write there counts again
  return feeds;
}

}  // namespace

void write_store_image(IntelStore& store) {
  const Result<std::int64_t> generation = store.generation();
  const Result<std::string> image = compiled(store);
  if (generation && image) write_store_image(store.folder(), *generation, *image);
}

void write_store_image(const std::string& folder, std::int64_t generation, std::string_view image) {
  const std::string path = image_path(folder, generation);
  std::error_code fault;
  const fs::path images = fs::path(path).parent_path();
  fs::create_directory(images, fault);
  if (!save(path, image)) return;
  for (const auto& entry : fs::directory_iterator(images, fault)) {
    const std::string name = entry.path().filename();
    // What was counted of the feeds of this generation may be of an image that was damaged.
    if (is_over(name, generation) || name == std::to_string(generation) + ".feeds") fs::remove(entry.path(), fault);
  }
}

Result<Indicators> load_store_image(const std::string& folder) {
  IntelStore store = TRY(IntelStore::open(folder, IntelStore::Mode::read));
  const std::int64_t generation = TRY(store.generation());
  const std::string path = image_path(folder, generation);
  Indicators indicators;
  // Absent, damaged, or of another version of the program: the store knows all that stood in it.
  if (!open_image(path, indicators)) {
    const std::string image = TRY(compiled(store));
    write_store_image(folder, generation, image);
    if (!open_image(path, indicators)) TRY(hold_image(image, indicators));
  }
  if (const Descriptor lists = TRY(store_warnings(folder)); lists.valid()) {
    OpenWarnings warnings = TRY(open_warnings(lists.get()));
    indicators.warnings_mapping = std::move(warnings.mapping);
    indicators.warnings = std::move(warnings.lists);
  }
  indicators.feeds = TRY(feeds_of(store, generation));
  return indicators;
}

Result<Indicators> indicators_for(Zygote& zygote, const std::vector<std::string>& intel) {
  const auto is_store = [](const std::string& path) {
    return path.empty() ? Result<bool>(false) : IntelStore::is_in(path);
  };
  if (intel.size() == 1 && TRY(is_store(intel[0]))) return load_store_image(intel[0]);
  if (intel.empty() && TRY(is_store(default_intel_store()))) return load_store_image(default_intel_store());
  return load_indicators(zygote, intel);
}

}  // namespace testudo
