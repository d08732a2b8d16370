// A report that holds the same text in every field that evidence or feeds can fill.
#pragma once

#include <string>

#include "base/json_text.h"
#include "report/check_report.h"

namespace testudo::test {

inline constexpr Time noon{1'700'000'000'000'000};  // 2023-11-14T22:13:20Z

inline std::string one_field(const std::string& name, const std::string& text) {
  std::string out;
  JsonText(out).object().key(name.empty() ? "name" : name).string(text).end();
  return out;
}

inline Finding sample_finding(const std::string& id, const std::string& text) {
  Finding f;
  f.id = id + text;
  f.severity = Severity::high;
  f.confidence = 60;
  f.title = f.why = f.does_not_prove = f.next_step = text;
  f.time = noon;
  f.time_basis = f.source = f.record = f.record_key = f.field = f.value = f.rule = text;
  f.evidence_sha256 = f.evidence_path = f.state = text;
  f.rowid = 7;
  f.offset = 9;
  f.fields_json = f.fields_json_redacted = one_field(text, text);
  return f;
}

inline CheckReport sample_report(const std::string& text) {
  CheckReport report;
  report.evidence_kind = report.evidence_sha256 = text;
  report.device = {text, text, text, text, text, text, text, noon, false, text};
  report.as_of = noon;
  report.interrupted = false;
  report.indicators = 12345;
  report.feeds.push_back({text, 3, 1, noon, text, 2});
  Finding hit = sample_finding("a", text);
  hit.indicator = IndicatorRef{Kind::host, text, text, "", {{text, text, text}}};
  hit.also.push_back({Kind::url, text, text, "", {{text, text, text}}});
  Finding again = hit;
  again.id = "b" + text;
  Finding rule = sample_finding("c", text);
  rule.severity = Severity::low;
  rule.rule = "rule" + text;
  rule.detail = rule.rule_sources = text;
  rule.why = "why " + text;
  report.findings = {hit, again, rule};
  SourceCoverage source;
  source.source = source.reason = text;
  source.status = SourceStatus::partial;
  source.records = 5;
  source.anomalies.push_back({text, 4, 2});
  source.first_time = Time{noon.micros - 86'400'000'000 * 30};
  source.last_time = noon;
  source.files.push_back({text, text, 10, text});
  report.coverage.push_back(source);
  report.rule_failures.push_back(text);
  return report;
}

}  // namespace testudo::test
