#include "app/intel/feed_intake.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

std::string count_of(std::uint64_t n) { return std::to_string(n); }

void print_some(std::string_view key, const std::vector<std::string>& values, std::uint64_t all,
                const Catalogue& words) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < std::min(values.size(), shown); ++i)
    std::puts(("  " + words.say(key, {{"value", visible(values[i])}})).c_str());
  if (all > shown) std::puts(("  " + words.say("intel.import.more", {{"n", count_of(all - shown)}})).c_str());
}

void print_imported(const FeedOutcome& outcome, const Catalogue& words) {
  const ImportDifference& d = outcome.difference;
  std::puts(words
                .say("intel.import.feed", {{"name", visible(outcome.name)},
                                           {"format", outcome.format},
                                           {"added", count_of(d.added)},
                                           {"changed", count_of(d.changed)},
                                           {"withdrawn", count_of(d.withdrawn)},
                                           {"unchanged", count_of(d.unchanged)}})
                .c_str());
  if (d.patterns_added + d.patterns_withdrawn + d.objects_added + d.objects_withdrawn != 0)
    std::puts(("  " + words.say("intel.import.beside", {{"patterns_added", count_of(d.patterns_added)},
                                                        {"patterns_withdrawn", count_of(d.patterns_withdrawn)},
                                                        {"objects_added", count_of(d.objects_added)},
                                                        {"objects_withdrawn", count_of(d.objects_withdrawn)}}))
                  .c_str());
  if (!d.whole) std::puts(("  " + words.say("intel.import.not_whole")).c_str());
  if (d.unchanged == 0 && d.changed == 0 && d.withdrawn == 0) return;  // all of it is new: no difference to show
  print_some("intel.import.added", d.first_added, d.added, words);
  print_some("intel.import.changed", d.first_changed, d.changed, words);
  print_some("intel.import.withdrawn", d.first_withdrawn, d.withdrawn, words);
}

void write_strings(JsonText& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).array();
  for (const std::string& text : texts) json.string(text);
  json.end();
}

void write_outcome(JsonText& json, const FeedOutcome& outcome) {
  const ImportDifference& d = outcome.difference;
  json.object().key("name").string(outcome.name).key("state").string(state_name(outcome.state));
  if (!outcome.format.empty()) json.key("format").string(outcome.format);
  if (!outcome.why.empty()) json.key("why").string(outcome.why);
  if (outcome.state == FeedOutcome::State::imported) {
    const std::pair<std::string_view, std::uint64_t> counts[] = {{"added", d.added},
                                                                 {"changed", d.changed},
                                                                 {"withdrawn", d.withdrawn},
                                                                 {"unchanged", d.unchanged},
                                                                 {"patterns", d.patterns},
                                                                 {"patterns_added", d.patterns_added},
                                                                 {"patterns_withdrawn", d.patterns_withdrawn},
                                                                 {"objects", d.objects},
                                                                 {"objects_added", d.objects_added},
                                                                 {"objects_withdrawn", d.objects_withdrawn},
                                                                 {"remarks", d.notes}};
    for (const auto& [key, n] : counts) json.key(key).integer(static_cast<std::int64_t>(n));
    json.key("whole").boolean(d.whole);
    write_strings(json, "first_added", d.first_added);
    write_strings(json, "first_changed", d.first_changed);
    write_strings(json, "first_withdrawn", d.first_withdrawn);
  }
  json.end();
}

}  // namespace

std::string_view state_name(FeedOutcome::State state) {
  constexpr std::string_view names[] = {"imported", "unchanged", "not_a_feed", "failed", "not_fetched", "not_modified"};
  return names[static_cast<std::size_t>(state)];
}

bool lacks_something(const FeedOutcome& outcome) {
  return outcome.state == FeedOutcome::State::failed || !outcome.difference.whole;
}

Result<FeedSink*> FeedIntake::begin(const FeedArrival& head) {
  const FeedJob& job = jobs_[head.job];
  FeedOutcome outcome{.name = job.name, .format = head.format};
  if (head.unchanged) outcome.state = FeedOutcome::State::unchanged;
  outcomes_.push_back(std::move(outcome));
  if (head.unchanged || head.format.empty()) return nullptr;
  const FeedOrigin origin = head.job < origins_.size() ? origins_[head.job] : FeedOrigin{};
  FeedSink* const sink = TRY(import_.begin({.name = job.name,
                                            .format = head.format,
                                            .address = origin.address,
                                            .licence = origin.licence,
                                            .etag = origin.etag,
                                            .last_modified = origin.last_modified,
                                            .sha256 = head.sha256,
                                            .octets = head.octets,
                                            .tlp = origin.tlp},
                                           origin.whole ? FeedImport::Unrepeated::end : FeedImport::Unrepeated::keep));
  reading_ = true;
  return origin.tlp ? &marked_.emplace(*sink, *origin.tlp) : sink;
}

Result<void> FeedIntake::end(const FeedArrival&, const std::optional<Error>& wrong) {
  if (wrong) {
    outcomes_.back().state = FeedOutcome::State::failed;
    outcomes_.back().why = wrong->what;
  }
  if (!std::exchange(reading_, false)) return {};
  if (wrong) return import_.drop();
  FeedOutcome& outcome = outcomes_.back();
  outcome.difference = TRY(import_.end());
  outcome.state = FeedOutcome::State::imported;
  return {};
}

bool FeedIntake::changed() const {
  return std::ranges::any_of(outcomes_, [](const FeedOutcome& o) { return o.state == FeedOutcome::State::imported; });
}

Result<void> remember_digests(IntelStore& store, std::vector<FeedJob>& jobs) {
  Statement find = TRY(store.connection().prepare("SELECT sha256 FROM source WHERE name=?1"));
  for (FeedJob& job : jobs) {
    if (TRY(find.bind(1, std::string_view(job.name)).step())) job.known_sha256 = find.text(0);
    find.reset();
  }
  return {};
}

Result<void> remember_markings(IntelStore& store, std::span<const FeedJob> jobs, std::vector<FeedOrigin>& origins,
                               const Catalogue& words) {
  const std::map<std::string, Tlp> known = TRY(store.markings());
  std::map<Tlp, std::int64_t> counts;
  for (std::size_t i = 0; i < std::min(jobs.size(), origins.size()); ++i) {
    const auto found = known.find(jobs[i].name);
    if (origins[i].tlp || found == known.end()) continue;
    origins[i].tlp = found->second;
    ++counts[found->second];
  }
  for (const auto& [tlp, n] : counts)
    std::fprintf(stderr, "%s\n",
                 words.say_count("intel.import.marked", n, {{"tlp", std::string(tlp_name(tlp))}}).c_str());
  return {};
}

void print_outcomes(const std::vector<FeedOutcome>& outcomes, std::int64_t generation, const Catalogue& words,
                    Remarks remarks) {
  std::uint64_t notes = 0;
  for (const FeedOutcome& outcome : outcomes) {
    notes += outcome.difference.notes;
    if (outcome.state == FeedOutcome::State::imported) print_imported(outcome, words);
    if (outcome.state == FeedOutcome::State::unchanged)
      std::puts(words.say("intel.import.unchanged", {{"name", visible(outcome.name)}}).c_str());
    if (outcome.state == FeedOutcome::State::not_a_feed)
      std::puts(words.say("intel.import.not_a_feed", {{"name", visible(outcome.name)}}).c_str());
    if (outcome.state == FeedOutcome::State::failed)
      std::puts(
          words
              .say("intel.import.failed", {{"name", visible(outcome.name)},
                                           {"why", words.has("error." + outcome.why) ? words.say("error." + outcome.why)
                                                                                     : visible(outcome.why)}})
              .c_str());
  }
  if (notes != 0 && remarks == Remarks::counted)
    std::puts(words.say_count("intel.import.remarks", static_cast<std::int64_t>(notes)).c_str());
  std::puts(generation == 0 ? words.say("intel.import.nothing").c_str()
                            : words.say("intel.import.generation", {{"n", std::to_string(generation)}}).c_str());
}

std::string outcomes_json(const std::vector<FeedOutcome>& outcomes, std::int64_t generation) {
  std::string text;
  JsonText json(text);
  json.object().key("generation");
  generation == 0 ? json.null() : json.integer(generation);
  json.key("feeds").array();
  for (const FeedOutcome& outcome : outcomes) write_outcome(json, outcome);
  json.end().end();
  return text;
}

}  // namespace testudo
