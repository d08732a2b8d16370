#include "app/case/compare.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "app/case/stored_case.h"
#include "report/coverage_words.h"

namespace testudo {
namespace {

std::set<std::string_view> ids_of(const std::vector<Finding>& findings) {
  std::set<std::string_view> ids;
  for (const Finding& finding : findings) ids.insert(finding.id);
  return ids;
}

std::set<std::string_view> hashes_of(const std::vector<FeedFacts>& feeds) {
  std::set<std::string_view> hashes;
  for (const FeedFacts& feed : feeds) hashes.insert(feed.sha256);
  return hashes;
}

// "1", "0001" and "0001.db" name the same state.
bool is_named(const std::string& file, const std::string& state) {
  const std::string stem = std::filesystem::path(file).stem().string();
  const auto bare = [](std::string_view text) {
    if (text.ends_with(".db")) text.remove_suffix(3);
    while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
    return text;
  };
  return bare(stem) == bare(state);
}

}  // namespace

Comparison compare_reports(const CheckReport& before, const CheckReport& now) {
  Comparison out;
  out.before = before.as_of;
  out.now = now.as_of;
  std::ranges::copy_if(now.coverage, std::back_inserter(out.gaps), is_gap);
  out.incomplete = now.is_incomplete();
  out.same_device = !are_different(before.device, now.device);
  out.same_feeds = hashes_of(before.feeds) == hashes_of(now.feeds);
  const auto then = ids_of(before.findings), today = ids_of(now.findings);
  for (const Finding& finding : now.findings) {
    if (then.contains(finding.id))
      ++out.unchanged;
    else
      out.fresh.push_back(finding);
  }
  for (const Finding& finding : before.findings)
    if (!today.contains(finding.id)) out.gone.push_back(finding);
  std::map<std::string_view, std::pair<SourceStatus, SourceStatus>> statuses;
  for (const SourceCoverage& source : before.coverage) statuses[source.source] = {source.status, SourceStatus::absent};
  for (const SourceCoverage& source : now.coverage)
    statuses.try_emplace(source.source, SourceStatus::absent, SourceStatus::absent).first->second.second =
        source.status;
  for (const auto& [source, status] : statuses)
    if (status.first != status.second) out.coverage.push_back({std::string(source), status.first, status.second});
  return out;
}

Result<Comparison> compare_case(const std::string& folder, const std::string& state) {
  CaseStore now = TRY(open_case(folder, Connection::Mode::read_only));
  std::vector<std::string> earlier = CaseStore::states(folder);
  earlier.pop_back();  // store.db itself
  if (earlier.empty()) return error(Fault::not_found, "case_no_history");
  auto chosen = earlier.end() - 1;
  if (!state.empty())
    chosen = std::ranges::find_if(earlier, [&](const std::string& file) { return is_named(file, state); });
  if (chosen == earlier.end()) return error(Fault::not_found, "case_no_state");
  CaseStore before = TRY(CaseStore::open_state(*chosen));
  return compare_reports(TRY(stored_report(before)), TRY(stored_report(now)));
}

}  // namespace testudo
