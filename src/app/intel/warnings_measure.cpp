#include "app/intel/warnings_measure.h"

#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "app/worker/feed.h"
#include "app/worker/warnings.h"
#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
namespace {

// All values of the feeds, each once, victims' and benign ones left out.
class Values : public FeedReceiver, public FeedSink {
 public:
  Result<FeedSink*> begin(const FeedArrival&) override { return this; }
  Result<void> end(const FeedArrival&, const std::optional<Error>&) override { return {}; }
  void claim(const FeedClaim& claim) override {
    if (claim.role == Role::unstated || claim.role == Role::attacker) all.emplace(claim.kind, claim.value);
  }
  void threat(std::uint64_t, std::string_view) override {}
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern&) override {}
  void object(const KeptObject&) override {}
  void note(std::string_view, std::string_view, std::string_view) override {}
  std::set<std::pair<Kind, std::string>> all;
};

struct Measured {
  WarningVerdict verdict = WarningVerdict::annotate;
  std::uint64_t hits = 0, suppressed = 0;
  std::array<std::uint64_t, 5> how{};
  std::vector<std::string> examples;
};

using Measures = std::map<std::string, Measured>;

void measure(const WarningLists& lists, const Values& values, Measures& measures) {
  std::vector<WarningHit> hits;
  for (const auto& [kind, value] : values.all) {
    hits.clear();
    lists.find(kind, value, hits);
    for (const WarningHit& hit : hits) {
      Measured& row = measures[std::string(hit.list)];
      row.verdict = hit.verdict;
      ++row.hits;
      ++row.how[static_cast<std::size_t>(hit.how)];
      row.suppressed += strongest_verdict({hit}) == WarningVerdict::suppress;
      if (row.examples.size() < 3) row.examples.push_back(value);
    }
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + visible(word);
  return text;
}

void print_row(const std::string& name, const Measured& row, bool markdown) {
  if (markdown) {
    std::printf("| %s | %s | %llu | %llu | %s |\n", visible(name).c_str(),
                std::string(warning_verdict_name(row.verdict)).c_str(), static_cast<unsigned long long>(row.hits),
                static_cast<unsigned long long>(row.suppressed), joined(row.examples).c_str());
    return;
  }
  std::string text;
  JsonText json(text);
  json.object().key("list").string(name).key("verdict").string(warning_verdict_name(row.verdict));
  json.key("hits").integer(static_cast<std::int64_t>(row.hits));
  json.key("suppressed").integer(static_cast<std::int64_t>(row.suppressed));
  constexpr std::string_view names[] = {"equal", "below", "overlaps", "host", "part"};
  for (std::size_t i = 0; i < row.how.size(); ++i) json.key(names[i]).integer(static_cast<std::int64_t>(row.how[i]));
  json.key("examples").array();
  for (const std::string& example : row.examples) json.string(example);
  json.end().end();
  std::puts(text.c_str());
}

}  // namespace

Result<int> measure_warnings(const IntelCall& call, const std::string& lists, const std::vector<std::string>& feeds,
                             bool markdown) {
  Values values;
  const std::vector<FeedJob> jobs = TRY(feed_jobs(feeds));
  TRY(read_feeds(call.zygote, jobs, values));
  Measures measures;
  measure(core_warnings(), values, measures);
  const Descriptor image =
      lists.empty() ? TRY(store_warnings(call.store)) : std::move(TRY(compile_warnings(call.zygote, lists)).image);
  if (image.valid()) {
    const OpenWarnings open = TRY(open_warnings(image.get()));
    measure(*open.lists, values, measures);
  }
  if (markdown)
    std::printf("%zu values\n\n| list | verdict | hits | kept off block lists | examples |\n|---|---|---|---|---|\n",
                values.all.size());
  for (const auto& [name, row] : measures) print_row(name, row, markdown);
  return exit_done;
}

}  // namespace testudo
