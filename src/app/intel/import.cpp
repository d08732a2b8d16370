// testudo intel import: feeds of any format into the store.
#include <algorithm>
#include <cstdio>

#include "app/intel/feed_intake.h"
#include "app/intel/store_image.h"
#include "app/intel/sub_verb.h"
#include "app/terminal/progress.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::string format, name, licence, address;
  bool dry_run = false, again = false, json = false;
};

Result<int> import(const Arguments& a, const IntelCall& call) {
  std::vector<FeedJob> jobs = TRY(feed_jobs(a.paths));
  for (FeedJob& job : jobs) job.format = a.format;
  if (!a.name.empty()) {
    if (jobs.size() != 1) return error(Fault::usage, "intel_name_one_feed");
    jobs[0].name = a.name;
  }
  IntelStore store = TRY(call.open(IntelStore::Mode::write));
  if (!a.again) TRY(remember_digests(store, jobs));
  const std::string what = a.paths.size() == 1 ? a.paths[0] : std::to_string(a.paths.size()) + " paths";
  StoreChange change = TRY(StoreChange::begin(store, "import", what, call.now));
  FeedIntake intake(change, jobs, std::vector(jobs.size(), FeedOrigin{.address = a.address, .licence = a.licence}));
  TRY(read_feeds(call.zygote, jobs, intake));
  std::int64_t generation = 0;
  if (intake.changed() && !a.dry_run) {
    generation = change.generation();
    TRY(change.commit());
    TRY(write_store_image(store));
  } else {
    change.abandon();
  }
  if (a.json)
    std::puts(outcomes_json(intake.outcomes(), generation).c_str());
  else
    print_outcomes(intake.outcomes(), generation, call.words);
  const auto is = [&](FeedOutcome::State state) { return [state](const FeedOutcome& o) { return o.state == state; }; };
  if (std::ranges::all_of(intake.outcomes(), is(FeedOutcome::State::not_a_feed)))
    return error(Fault::malformed, "intel_nothing_to_import");
  return std::ranges::any_of(intake.outcomes(), is(FeedOutcome::State::failed)) ? exit_incomplete : exit_done;
}

}  // namespace

void add_intel_import(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  CLI::App* sub = verb.add("import", "read feeds of any format into the store",
                           [a](const IntelCall& call) { return import(*a, call); });
  sub->add_option("feeds", a->paths, "files and folders")->required();
  sub->add_option("--format", a->format, "read the files as this format (default: as their content looks)");
  sub->add_option("--name", a->name, "the feed's name in the store (default: its file name)");
  sub->add_option("--licence", a->licence, "the licence under which the feed is published");
  sub->add_option("--address", a->address, "where the feed is published");
  sub->add_flag("--dry-run", a->dry_run, "show what would change, and change nothing");
  sub->add_flag("--again", a->again, "read a feed again that has not changed");
  sub->add_flag("--json", a->json, "as JSON on standard output");
}

}  // namespace testudo
