#include "app/terminal/coverage.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "report/coverage_words.h"

namespace testudo {
namespace {

// Sources of one status that share its reason.
struct Group {
  SourceStatus status;
  std::string reason;
  std::vector<const SourceCoverage*> sources;
};

// What could not be read, or should be there, comes first: that is what a reader must not overlook.
std::size_t place_of(const Group& group) {
  constexpr std::pair<SourceStatus, std::string_view> order[] = {
      {SourceStatus::partial, "damaged"},
      {SourceStatus::partial, "file_missing"},
      {SourceStatus::partial, "list_cut"},
      {SourceStatus::partial, "backup_interrupted"},
      {SourceStatus::unsupported, "unknown_schema"},
      {SourceStatus::absent, "expected_but_absent"},
      {SourceStatus::absent, "needs_encrypted_backup"},
      {SourceStatus::absent, "backup_interrupted"},
      {SourceStatus::parsed, ""},
      {SourceStatus::absent, "not_used"},
  };
  const auto at = std::ranges::find(order, std::pair(group.status, std::string_view(group.reason)));
  return static_cast<std::size_t>(std::distance(std::begin(order), at));
}

std::vector<Group> grouped(const std::vector<SourceCoverage>& coverage) {
  std::vector<Group> groups;
  for (const SourceCoverage& source : coverage) {
    auto group = std::ranges::find_if(
        groups, [&](const Group& g) { return g.status == source.status && g.reason == source.reason; });
    if (group == groups.end()) group = groups.insert(group, {source.status, source.reason, {}});
    group->sources.push_back(&source);
  }
  std::ranges::stable_sort(groups, {}, place_of);
  return groups;
}

// What was odd in each source, where that is what made it partial.
void print_oddities(TerminalPage& page, const Group& group, const Catalogue& words) {
  for (const SourceCoverage* source : group.sources) {
    const std::string text = oddities_of(words, *source);
    if (!text.empty())
      page.paragraph(words.say("check.coverage.oddities",
                               {{"source", visible(name_of_source(words, source->source))}, {"text", visible(text)}}),
                     4);
  }
}

}  // namespace

void print_coverage(TerminalPage& page, const CheckReport& report, const Catalogue& words) {
  page.line();
  page.heading(words.say("check.coverage_heading"));
  for (const Group& group : grouped(report.coverage)) {
    std::string names;
    for (const SourceCoverage* source : group.sources)
      names.append(names.empty() ? "" : ", ").append(visible(name_of_source(words, source->source)));
    const std::string status = "check.coverage." + std::string(source_status_name(group.status));
    const std::string key = status + "." + group.reason;
    page.paragraph(words.say(words.has(key) ? key : status, {{"sources", names}}), 2);
    if (group.reason == "damaged" || group.reason == "file_missing") print_oddities(page, group, words);
  }
}

}  // namespace testudo
