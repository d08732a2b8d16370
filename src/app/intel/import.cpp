// testudo intel import: feeds of any format into the store.
#include <algorithm>
#include <cstdio>
#include <future>
#include <unordered_set>

#include "app/intel/defect_printer.h"
#include "app/intel/feed_intake.h"
#include "app/intel/feed_names.h"
#include "app/intel/store_image.h"
#include "app/intel/sub_verb.h"
#include "app/intel/unused_store.h"
#include "app/worker/warnings.h"
#include "base/text.h"
#include "intel/feed/feed_format.h"
#include "intel/store/first_import.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::string format, name, licence, address, tlp;
  bool dry_run = false, again = false, lint = false, json = false;
};

// What became of the feeds, and the generation that holds them; 0 where nothing was written.
struct Imported {
  std::vector<FeedOutcome> outcomes;
  std::int64_t generation = 0;
  Result<void> compared;  // the feeds with each other; where that failed they are stored all the same
};

bool names_differ(const std::vector<FeedJob>& jobs) {
  std::unordered_set<std::string_view> names;
  return std::ranges::all_of(jobs, [&](const FeedJob& job) { return names.insert(job.name).second; });
}

// Feeds to be read, and where each comes from.
struct Feeds {
  std::vector<FeedJob> jobs;
  std::vector<FeedOrigin> origins;
  std::vector<std::string> closed;  // folders that may not be read
};

Result<Feeds> feeds_of(const Arguments& a) {
  if (!a.format.empty() && feed_format(a.format) == nullptr) return error(Fault::usage, "intel_no_such_feed_format");
  Feeds feeds;
  feeds.jobs = TRY(feed_jobs(a.paths, &feeds.closed));
  for (FeedJob& job : feeds.jobs) job.format = a.format;
  if (!a.name.empty() && feeds.jobs.size() != 1) return error(Fault::usage, "intel_name_one_feed");
  if (!a.name.empty()) feeds.jobs[0].name = a.name;
  return feeds;
}

Result<void> say_where_from(Feeds& feeds, IntelStore& store, const Arguments& a, const IntelCall& call) {
  const std::vector<std::string> addresses = file_addresses(feeds.jobs);
  for (const std::string& address : addresses)
    feeds.origins.push_back({.address = a.address.empty() ? address : a.address,
                             .licence = a.licence,
                             .tlp = a.tlp.empty() ? std::nullopt : tlp_from_name(a.tlp)});
  if (!a.name.empty() || !a.address.empty()) return {};
  for (const std::string& name : TRY(tell_feeds_apart(store, feeds.jobs, addresses)))
    std::fprintf(stderr, "%s\n", call.words.say("intel.import.other_feed", {{"name", visible(name)}}).c_str());
  return {};
}

// Into a store that is empty; nothing where it is not.
Result<std::optional<Imported>> import_first(IntelStore& store, const Feeds& feeds, const std::string& what,
                                             FeedReading& reading, const Arguments& a, const IntelCall& call) {
  if (!names_differ(feeds.jobs)) return std::optional<Imported>();
  const auto into = TRY(FirstImport::begin(store, "import", what, call.now));
  if (into == nullptr) return std::optional<Imported>();
  FeedIntake intake(*into, feeds.jobs, feeds.origins);
  TRY(reading.files(intake));
  Imported imported{.outcomes = intake.outcomes()};
  if (intake.changed() && !a.dry_run) {
    // While the worker compares the feeds and the disk takes the store.
    auto image = std::async(std::launch::async, [&] { return into->image(); });
    TRY(into->publish());
    imported.generation = FirstImport::generation;
    write_store_image(store.folder(), imported.generation, image.get());
  }
  imported.compared = reading.comparison();
  return std::optional(std::move(imported));
}

Result<Imported> import_more(IntelStore& store, Feeds& feeds, const std::string& what, FeedReading& reading,
                             const Arguments& a, const IntelCall& call) {
  // A marking that was not said the last time changes a feed that has not changed.
  if (!a.again && a.tlp.empty()) TRY(remember_digests(store, feeds.jobs));
  StoreChange change = TRY(StoreChange::begin(store, "import", what, call.now));
  ChangeImport into(change);
  FeedIntake intake(into, feeds.jobs, feeds.origins);
  TRY(reading.files(intake));
  Imported imported{.outcomes = intake.outcomes()};
  if (intake.changed() && !a.dry_run) {
    imported.generation = change.generation();
    TRY(change.commit());
    write_store_image(store);
  } else {
    change.abandon();
  }
  imported.compared = reading.comparison();
  return imported;
}

Result<int> import(const Arguments& a, const IntelCall& call) {
  Feeds feeds = TRY(feeds_of(a));
  const std::string what = a.paths.size() == 1 ? a.paths[0] : std::to_string(a.paths.size()) + " paths";
  DefectPrinter defects(call.words, a.json ? DefectPrinter::Style::json : DefectPrinter::Style::text);
  const Descriptor warnings = a.lint ? TRY(store_warnings(call.store)) : Descriptor();
  const FeedCheck check{warnings, [&](const LintFinding& finding) { defects.print(finding); }};
  FeedReading reading(call.zygote, feeds.jobs, FeedReading::Claims::taken, a.lint ? &check : nullptr);
  // A store that is not there yet changes nothing of what is to be read: it is made while the worker reads.
  if (!TRY(IntelStore::is_in(call.store))) TRY(reading.begin());
  const UnusedStore unused(call.store);
  IntelStore store = TRY(call.open(IntelStore::Mode::write));
  TRY(say_where_from(feeds, store, a, call));
  TRY(remember_markings(store, feeds.jobs, feeds.origins, call.words));
  std::optional<Imported> done = TRY(import_first(store, feeds, what, reading, a, call));
  if (!done) done = TRY(import_more(store, feeds, what, reading, a, call));
  if (a.json) {
    std::puts(outcomes_json(done->outcomes, done->generation).c_str());
  } else {
    if (a.lint) defects.print_counts();
    print_outcomes(done->outcomes, done->generation, call.words, a.lint ? Remarks::told : Remarks::counted);
  }
  for (const std::string& folder : feeds.closed)
    std::fprintf(stderr, "%s\n", call.words.say("intel.import.closed_folder", {{"name", visible(folder)}}).c_str());
  TRY(done->compared);
  const auto is_none = [](const FeedOutcome& o) { return o.state == FeedOutcome::State::not_a_feed; };
  if (std::ranges::all_of(done->outcomes, is_none)) return error(Fault::malformed, "intel_nothing_to_import");
  return !feeds.closed.empty() || std::ranges::any_of(done->outcomes, lacks_something) ? exit_incomplete : exit_done;
}

}  // namespace

void add_intel_import(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("import", a, import);
  sub.option("feeds", a->paths).required();
  sub.option("--format", a->format);
  sub.option("--name", a->name);
  sub.option("--licence", a->licence);
  sub.option("--address", a->address);
  sub.option("--tlp", a->tlp).one_of({"clear", "green", "amber", "amber+strict", "red"});
  sub.flag("--dry-run", a->dry_run);
  sub.flag("--again", a->again);
  sub.flag("--lint", a->lint);
  sub.flag("--json", a->json);
}

}  // namespace testudo
