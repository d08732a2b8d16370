#include "app/case/rematch.h"

#include <algorithm>
#include <set>

#include "app/case/stored_case.h"
#include "app/intel/store_image.h"
#include "detect/finding_builder.h"
#include "parser/parser.h"
#include "report/finding_json.h"

namespace testudo {
namespace {

constexpr std::size_t most_findings = 100'000;

class Matching {
 public:
  Matching(const Connection& connection, const Indicators& indicators, const Catalogue& words,
           const std::optional<Seizure>& seizure)
      : connection_(connection),
        matcher_(indicators.matcher),
        builder_(indicators.matcher, words, seizure, indicators.warning_lists()),
        rules_(rules_for(seizure)) {}

  Result<void> by_indicators() {
    return each_stored_row(connection_, [this](const Row& row, std::string_view path) -> Result<void> {
      ++records_;
      if (!matcher_.touches(row)) return {};
      for (Finding& finding : builder_.from_hits({row, source_of(*row.type), path}, matcher_.hits(row)))
        add(std::move(finding));
      return {};
    });
  }

  Result<void> by_rules() {
    for (const RuleHit& hit : run_rules(connection_, rules_, failures_)) {
      const auto type = std::ranges::find(all_record_types(), hit.rule->record, &RecordType::name);
      if (type == all_record_types().end()) continue;
      Statement record = TRY(connection_.prepare("SELECT " + select_columns(**type) + " FROM \"" + table_name(**type) +
                                                 "\" WHERE record_id = ?1"));
      if (!TRY(record.bind(1, hit.record_id).step())) continue;
      const StoredRow stored = read_stored_row(record, **type, 0);
      const Row row{*type, stored.values, stored.where};
      add(builder_.from_rule({row, source_of(**type), stored.evidence_path}, *hit.rule, hit.detail));
    }
    return {};
  }

  std::uint64_t records() const { return records_; }
  void give(CheckReport& report) {
    report.findings = std::move(findings_);
    report.findings_left_out = left_out_;
    report.rule_failures = std::move(failures_);
  }
  // Of a case that holds a part of its records: what the check counted and what failed in it stay.
  void give_findings(CheckReport& report) { report.findings = std::move(findings_); }

 private:
  void add(Finding finding) {
    if (findings_.size() < most_findings)
      findings_.push_back(std::move(finding));
    else
      ++left_out_;
  }
  const Connection& connection_;
  FieldMatcher matcher_;
  FindingBuilder builder_;
  std::vector<Rule> rules_;
  std::vector<Finding> findings_;
  std::vector<std::string> failures_;
  std::uint64_t left_out_ = 0, records_ = 0;
};

std::vector<Finding> not_in(const std::vector<Finding>& findings, const std::vector<Finding>& others) {
  std::set<std::string_view> ids;
  for (const Finding& other : others) ids.insert(other.id);
  std::vector<Finding> left;
  for (const Finding& finding : findings)
    if (!ids.contains(finding.id)) left.push_back(finding);
  return left;
}

// Earlier findings that were not made again.
void keep_earlier(const std::vector<Finding>& before, std::vector<Finding>& findings) {
  for (Finding& finding : not_in(before, findings)) findings.push_back(std::move(finding));
  arrange_findings(findings);
}

}  // namespace

Result<Rematch> rematch_case(Zygote& zygote, CaseStore& store, const std::vector<std::string>& intel,
                             const Catalogue& words) {
  Indicators indicators = TRY(indicators_for(zygote, intel));
  if (indicators.feeds.empty()) return error(Fault::usage, "rematch_without_feeds");
  Rematch rematch;
  CheckReport& report = rematch.report = TRY(stored_report(store));
  const std::vector<Finding> before = std::move(report.findings);
  rematch.indicators = indicators.matcher.size();
  rematch.expected = report.records();
  Matching matching(store.connection(), indicators, words, report.seizure);
  TRY(matching.by_indicators());
  rematch.records = matching.records();
  if (rematch.whole()) {
    TRY(matching.by_rules());
    report.indicators = rematch.indicators;
    enter_feeds(indicators, report);
    matching.give(report);
  } else {
    matching.give_findings(report);
  }
  enter_evidence_hashes(report);
  finish_findings(report.findings, report.device.unique_id);
  if (!rematch.whole()) keep_earlier(before, report.findings);
  rematch.fresh = not_in(report.findings, before);
  rematch.gone = not_in(before, report.findings);
  return rematch;
}

Result<void> keep_rematch(CaseStore& store, const CheckReport& report) {
  const CheckDocuments before = TRY(store.documents());
  std::vector<std::string> json;
  json.reserve(report.findings.size());
  for (const Finding& finding : report.findings) json.push_back(finding_to_json(finding));
  TRY(store.connection().execute("BEGIN IMMEDIATE"));
  TRY(store.replace_findings(report.findings, json));
  TRY(store.set_documents({.summary = summary_json(report), .coverage = before.coverage, .as_of = before.as_of}));
  return store.connection().execute("COMMIT");
}

}  // namespace testudo
