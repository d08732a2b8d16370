#include "app/check/outputs.h"

#include <sys/utsname.h>

#include "base/json_text.h"
#include "report/html_report.h"
#include "report/redaction.h"

namespace testudo {
namespace {

// The one output that holds wall clock, duration, host and version. The folder of a backup is named by the phone's
// UDID.
std::string run_json(const CheckOptions& options) {
  const auto now = std::chrono::system_clock::now();
  const auto micros = [](auto t) {
    return std::chrono::duration_cast<std::chrono::microseconds>(t.time_since_epoch()).count();
  };
  utsname host{};
  ::uname(&host);
  std::string out;
  JsonText json(out);
  json.object().key("program").string("testudo").key("version").string(TESTUDO_VERSION);
  json.key("started").string(to_rfc3339(Time{micros(options.started)}));
  json.key("ended").string(to_rfc3339(Time{micros(now)}));
  json.key("seconds").real(std::chrono::duration<double>(now - options.started).count());
  json.key("evidence").string(options.redaction == Redaction::content ? "***" : options.evidence);
  json.key("host").string(host.nodename).key("system").string(std::string(host.sysname) + " " + host.release).end();
  return out + "\n";
}

}  // namespace

Result<Outputs> Outputs::create(const CheckOptions& options, std::optional<CaseLock> case_lock,
                                const std::vector<const RecordType*>& types) {
  Outputs outputs;
  outputs.options_ = options;
  if (options.out_folder) {
    outputs.folder_ = TRY(OutputFolder::make(*options.out_folder));
    outputs.timeline_.emplace(*options.out_folder, options.seizure);
    if (options.records != KeepRecords::none && options.redaction == Redaction::none)
      outputs.files_ = TRY(RecordFiles::create(*options.out_folder + "/records"));
  }
  if (case_lock) outputs.case_ = TRY(CaseWriter::begin(std::move(*case_lock), types));
  return outputs;
}

Result<void> Outputs::write(const Row& row, std::string_view evidence_path, bool has_finding) {
  if (options_.records != KeepRecords::all && !has_finding) return {};
  if (files_) TRY(files_->write(row, evidence_path));
  if (timeline_ && options_.redaction == Redaction::none) TRY(timeline_->add(row, evidence_path));
  if (case_ && options_.records != KeepRecords::none) TRY(case_->insert(row, evidence_path));
  return {};
}

Result<void> Outputs::write_folder(const CheckReport& report, const std::string& hashes, const Catalogue& words) {
  const bool redacted = options_.redaction == Redaction::content;
  CheckReport shared;
  if (redacted) redact(shared = report);
  const CheckReport& shown = redacted ? shared : report;
  std::string findings;
  for (const Finding& finding : report.findings) findings += finding_to_json(finding, options_.redaction) + "\n";
  TRY(folder_->write("findings.ndjson", findings));
  TRY(folder_->write("feed_remarks.ndjson", feed_remarks_ndjson(report)));
  TRY(folder_->write("coverage.json", coverage_json(shown)));
  TRY(folder_->write("summary.json", summary_json(shown)));
  if (files_) TRY(files_->publish());
  folder_->add(TRY(timeline_->finish(folder_->path() + "/timeline.csv")));
  if (!hashes.empty()) TRY(folder_->write("evidence.sha256", hashes));
  TRY(folder_->write("report.html", html_report(shown, words, options_.redaction)));
  return folder_->write("run.json", run_json(options_));
}

Result<void> Outputs::write_case(const CheckReport& report) {
  for (const Finding& finding : report.findings) TRY(case_->add_finding(finding, finding_to_json(finding)));
  return case_->finish({.summary = summary_json(report), .coverage = coverage_json(report), .as_of = report.as_of},
                       options_.facts);
}

Result<void> Outputs::finish(const CheckReport& report, const std::string& hashes, const Catalogue& words) {
  if (folder_) TRY(write_folder(report, hashes, words));
  if (case_) TRY(write_case(report));
  const EndHeld held;
  if (case_) TRY(case_->put_in_place());
  if (files_) files_->keep();
  if (folder_) folder_->keep();
  return {};
}

}  // namespace testudo
