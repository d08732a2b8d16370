// testudo intel update: the public feeds, fetched from their publishers or a mirror; what changes is shown first.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>

#include <unistd.h>

#include "app/intel/feed_fetch.h"
#include "app/intel/store_image.h"
#include "app/intel/sub_verb.h"
#include "app/intel/unused_store.h"
#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> names;
  std::string index, mirror, ca_file;
  std::uint64_t max_size = 1024;  // MiB
  bool list = false, dry_run = false, yes = false, again = false, json = false;
};

Result<std::vector<IndexedFeed>> index_of(const Arguments& a) {
  if (a.index.empty()) return built_in_feed_index();
  constexpr std::uint64_t largest_index = 1U << 20;
  const Descriptor file = TRY(open_named(a.index));
  return parse_feed_index(TRY(read_all(file.get(), largest_index)));
}

// The feeds whose name or group was asked for; without any, the group "mercenary", or all of an index of one's own.
Result<std::vector<IndexedFeed>> chosen(const Arguments& a) {
  std::vector<IndexedFeed> all = TRY(index_of(a));
  std::vector<std::string> names = a.names;
  if (names.empty() && !a.index.empty()) return all;
  if (names.empty()) names.emplace_back("mercenary");
  std::vector<IndexedFeed> some;
  for (const std::string& name : names) {
    const std::size_t before = some.size();
    for (const IndexedFeed& feed : all)
      if (feed.name == name || feed.group == name) some.push_back(feed);
    if (some.size() == before) return error(Fault::usage, "intel_no_such_feed");
  }
  return some;
}

std::string index_json(const std::vector<IndexedFeed>& feeds) {
  std::string text;
  JsonText json(text);
  json.array();
  for (const IndexedFeed& feed : feeds)
    json.object()
        .key("name")
        .string(feed.name)
        .key("group")
        .string(feed.group)
        .key("address")
        .string(feed.address)
        .key("format")
        .string(feed.format)
        .key("licence")
        .string(feed.licence)
        .key("what")
        .string(feed.what)
        .end();
  json.end();
  return text;
}

Result<int> list(const Arguments& a, const IntelCall& call) {
  const std::vector<IndexedFeed> feeds = TRY(index_of(a));
  if (a.json) {
    std::puts(index_json(feeds).c_str());
    return exit_done;
  }
  for (const IndexedFeed& feed : feeds)
    call.print("intel.update.feed", {{"name", visible(feed.name)},
                                     {"group", visible(feed.group)},
                                     {"licence", visible(feed.licence)},
                                     {"what", visible(feed.what)}});
  return exit_done;
}

// Of every source, by name.
Result<std::map<std::string, RememberedFeed>> remembered(IntelStore& store) {
  std::map<std::string, RememberedFeed> all;
  Statement rows = TRY(store.connection().prepare("SELECT name,address,etag,last_modified FROM source"));
  while (TRY(rows.step())) all[rows.text(0)] = {rows.text(1), rows.text(2), rows.text(3)};
  return all;
}

// Says of a feed that no file of it came, and why; the same for JSON.
FeedOutcome tell(const FetchedFeed& fetched, const IntelCall& call) {
  const std::string name = visible(fetched.feed.name);
  const std::string key = "error." + fetched.why;
  const std::string why = call.words.has(key) ? call.words.say(key) : visible(fetched.why);
  if (fetched.state == FetchedFeed::State::not_modified)
    std::fprintf(stderr, "%s\n", call.words.say("intel.update.not_modified", {{"name", name}}).c_str());
  if (fetched.state == FetchedFeed::State::failed)
    std::fprintf(stderr, "%s\n", call.words.say("intel.update.not_fetched", {{"name", name}, {"why", why}}).c_str());
  const bool failed = fetched.state == FetchedFeed::State::failed;
  return {.name = fetched.feed.name,
          .state = failed ? FeedOutcome::State::not_fetched : FeedOutcome::State::not_modified,
          .why = failed ? why : ""};
}

bool agreed(const Arguments& a, const IntelCall& call) {
  if (a.yes || a.json || ::isatty(STDIN_FILENO) == 0) return true;
  std::fputs(call.words.say("intel.update.ask").c_str(), stdout);
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

struct Fetched {
  std::vector<FeedJob> jobs;
  std::vector<FeedOrigin> origins;
  std::vector<FeedOutcome> absent;
  std::size_t not_modified = 0, failed = 0;
};

Result<Fetched> fetch_all(const Arguments& a, const IntelCall& call, IntelStore& store, FeedFetcher& fetcher) {
  Fetched all;
  std::map<std::string, RememberedFeed> known;
  if (!a.again) known = TRY(remembered(store));
  for (const IndexedFeed& feed : TRY(chosen(a))) {
    const FetchedFeed fetched = fetcher.fetch(feed, known[feed.name]);
    if (fetched.state != FetchedFeed::State::fetched) all.absent.push_back(tell(fetched, call));
    all.not_modified += fetched.state == FetchedFeed::State::not_modified ? 1 : 0;
    all.failed += fetched.state == FetchedFeed::State::failed ? 1 : 0;
    if (fetched.state != FetchedFeed::State::fetched) continue;
    all.jobs.push_back({.path = fetched.path, .name = feed.name, .format = feed.format});
    all.origins.push_back(fetched.origin);
  }
  return all;
}

Result<int> update(const Arguments& a, const IntelCall& call) {
  if (a.list) return list(a, call);
  TRY(chosen(a));  // a wrong name or index makes no store
  const UnusedStore unused(call.store);
  IntelStore store = TRY(call.open(IntelStore::Mode::write));
  FeedFetcher fetcher(call.store + "/fetched", a.mirror, a.ca_file, a.max_size << 20);
  Fetched fetched = TRY(fetch_all(a, call, store, fetcher));
  if (fetched.jobs.empty() && fetched.not_modified == 0) return error(Fault::io, "intel_nothing_fetched");
  if (!a.again) TRY(remember_digests(store, fetched.jobs));
  TRY(remember_markings(store, fetched.jobs, fetched.origins, call.words));
  StoreChange change = TRY(StoreChange::begin(store, "update", a.mirror.empty() ? "feeds" : a.mirror, call.now));
  ChangeImport into(change);
  FeedIntake intake(into, fetched.jobs, fetched.origins);
  if (!fetched.jobs.empty()) TRY(read_feeds(call.zygote, fetched.jobs, intake));
  const bool worth = intake.changed() && !a.dry_run;
  const std::int64_t generation = change.generation();
  if (!a.json) print_outcomes(intake.outcomes(), worth ? generation : 0, call.words);
  const bool apply = worth && agreed(a, call);
  if (apply) {
    TRY(change.commit());
    write_store_image(store);
  } else {
    change.abandon();
  }
  if (a.json) {
    std::vector<FeedOutcome> outcomes = intake.outcomes();
    outcomes.insert(outcomes.end(), fetched.absent.begin(), fetched.absent.end());
    std::puts(outcomes_json(outcomes, apply ? generation : 0).c_str());
  }
  if (worth && !apply) call.print("intel.import.nothing");
  const bool broken = std::ranges::any_of(intake.outcomes(), [](const FeedOutcome& outcome) {
    return lacks_something(outcome) || outcome.state == FeedOutcome::State::not_a_feed;
  });
  return broken || fetched.failed != 0 ? exit_incomplete : exit_done;
}

}  // namespace

void add_intel_update(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("update", a, update);
  sub.option("feeds", a->names);
  sub.option("--index", a->index);
  sub.option("--mirror", a->mirror);
  sub.option("--ca-file", a->ca_file);
  sub.option("--max-size", a->max_size).range(1UL, 1024UL);
  sub.flag("--list", a->list);
  sub.flag("--dry-run", a->dry_run);
  sub.flag("--yes", a->yes);
  sub.flag("--again", a->again);
  sub.flag("--json", a->json);
}

}  // namespace testudo
