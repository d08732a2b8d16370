#include "app/check/ios_check.h"

#include <algorithm>
#include <thread>

#include <poll.h>

#include "app/case/stored_case.h"
#include "app/check/outputs.h"
#include "app/check/source_jobs.h"
#include "app/intel/store_image.h"
#include "app/terminal/error_line.h"
#include "base/interruption.h"
#include "detect/finding_builder.h"
#include "parser/ios/system_release.h"

namespace testudo {
namespace {

constexpr std::size_t most_findings = 100'000;

class Check {
 public:
  Check(Zygote& zygote, const CheckOptions& options, const Catalogue& words, Progress::Style style,
        Indicators& indicators, Outputs& outputs, RuleTables tables)
      : zygote_(zygote),
        options_(options),
        words_(words),
        style_(style),
        indicators_(indicators),
        outputs_(outputs),
        matcher_(indicators.matcher),
        builder_(indicators.matcher, words, options.seizure, indicators.warning_lists()),
        rules_(rules_for(options.seizure)),
        tables_(std::move(tables)) {}

  Result<void> run(std::vector<SourceJob>& jobs);
  Result<void> apply_rules(const std::vector<SourceJob>& jobs);
  std::vector<Finding>& findings() { return findings_; }
  std::uint64_t left_out() const { return left_out_; }
  std::vector<std::string>& failures() { return failures_; }

 private:
  struct Running {
    SourceJob* source;
    RunningSource worker;
  };
  Result<void> start(SourceJob& source, std::vector<Running>& running);
  Result<void> take(const SourceJob& source, RowFlags flags, const Row& row);
  void add(Finding finding);
  static void close(SourceJob& source, const SourceResult& result);
  unsigned jobs_at_a_time() const;

  Zygote& zygote_;
  const CheckOptions& options_;
  const Catalogue& words_;
  Progress::Style style_;
  Indicators& indicators_;
  Outputs& outputs_;
  FieldMatcher matcher_;
  FindingBuilder builder_;
  std::vector<Rule> rules_;
  RuleTables tables_;
  std::vector<Finding> findings_;
  std::uint64_t left_out_ = 0;
  std::vector<std::string> failures_;
};

unsigned Check::jobs_at_a_time() const {
  return options_.jobs != 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
}

void Check::add(Finding finding) {
  if (findings_.size() < most_findings)
    findings_.push_back(std::move(finding));
  else
    ++left_out_;
}

Result<void> Check::take(const SourceJob& source, RowFlags flags, const Row& row) {
  const std::string& path = source.evidence[row.where.file];
  bool hit = false;
  if (flags.matched) {
    const SeenRecord seen{row, source.job.parser->name, path};
    for (Finding& finding : builder_.from_hits(seen, matcher_.hits(row))) {
      add(std::move(finding));
      hit = true;
    }
  }
  if (flags.ruled) static_cast<void>(TRY(tables_.insert(row, path)));
  return outputs_.write(row, path, hit);
}

Result<void> Check::start(SourceJob& source, std::vector<Running>& running) {
  running.push_back({&source, TRY(RunningSource::start(zygote_, source.job, indicators_.image.get()))});
  return {};
}

void Check::close(SourceJob& source, const SourceResult& result) {
  SourceCoverage& coverage = source.coverage;
  const bool gaps = !coverage.anomalies.empty();  // files that were missing, not known or could not be opened
  const std::string why = reason_of_gaps(coverage);
  coverage.records = result.records;
  coverage.status = gaps && result.status == SourceStatus::parsed ? SourceStatus::partial : result.status;
  coverage.anomalies.insert(coverage.anomalies.end(), result.anomalies.begin(), result.anomalies.end());
  coverage.first_time = result.first_time;
  coverage.last_time = result.last_time;
  coverage.bytes = source.bytes;
  if (coverage.status == SourceStatus::partial) coverage.reason = gaps ? why : "damaged";
  if (coverage.status == SourceStatus::unsupported) coverage.reason = "unknown_schema";
}

Result<void> Check::run(std::vector<SourceJob>& jobs) {
  std::vector<SourceJob*> waiting;
  std::uint64_t total = 0, done = 0;
  for (SourceJob& source : jobs) {
    total += source.bytes;
    if (!source.job.files.empty()) waiting.push_back(&source);
  }
  // The longest first, so that the cores end together.
  std::ranges::stable_sort(waiting, [](const SourceJob* a, const SourceJob* b) { return a->bytes < b->bytes; });
  Progress progress(style_, words_.say("progress.reading"), total);
  std::vector<Running> running;
  while (!waiting.empty() || !running.empty()) {
    while (!waiting.empty() && running.size() < jobs_at_a_time()) {
      TRY(start(*waiting.back(), running));
      waiting.pop_back();
    }
    std::vector<pollfd> polled;
    polled.reserve(running.size());
    for (Running& r : running) polled.push_back({r.worker.descriptor(), POLLIN, 0});
    if (::poll(polled.data(), polled.size(), 200) < 0 && errno != EINTR) return error(Fault::io, "poll");
    for (std::size_t i = running.size(); i-- > 0;) {
      if (polled[i].revents == 0) continue;
      SourceJob& source = *running[i].source;
      const bool ended =
          TRY(running[i].worker.advance([&](RowFlags flags, const Row& row) { return take(source, flags, row); }));
      if (!ended) continue;
      close(source, running[i].worker.result());
      done += source.bytes;
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
    }
    progress.at(done);
  }
  return {};
}

Result<void> Check::apply_rules(const std::vector<SourceJob>& jobs) {
  for (const RuleHit& hit : run_rules(tables_.connection(), rules_, failures_)) {
    const auto type = std::ranges::find(all_record_types(), hit.rule->record, &RecordType::name);
    if (type == all_record_types().end()) continue;
    Statement record = TRY(tables_.connection().prepare("SELECT " + select_columns(**type) + " FROM \"" +
                                                        table_name(**type) + "\" WHERE record_id = ?1"));
    if (!TRY(record.bind(1, hit.record_id).step())) continue;
    const StoredRow stored = read_stored_row(record, **type, 0);
    const auto source = std::ranges::find_if(jobs, [&](const SourceJob& job) {
      return std::ranges::find(job.job.parser->records, *type) != job.job.parser->records.end();
    });
    const std::string_view name = source == jobs.end() ? std::string_view() : source->job.parser->name;
    const Row row{*type, stored.values, stored.where};
    add(builder_.from_rule({row, name, stored.evidence_path}, *hit.rule, hit.detail));
    if (!outputs_.wants_all()) TRY(outputs_.write(row, stored.evidence_path, true));
  }
  return {};
}

// The hashes of stored files into coverage and findings.
void enter_hashes(const std::map<std::string, std::string>& hashes, CheckReport& report) {
  std::map<std::string, std::string> by_path;
  for (SourceCoverage& source : report.coverage) {
    for (SourceFile& file : source.files) {
      const auto hash = hashes.find(file.stored);
      if (hash == hashes.end()) continue;
      file.sha256 = hash->second;
      by_path[file.path] = hash->second;
    }
  }
  for (Finding& finding : report.findings) finding.evidence_sha256 = by_path[finding.evidence_path];
}

Time default_as_of(const CheckReport& report) {
  if (report.device.backup_date) return *report.device.backup_date;
  Time latest{};
  for (const SourceCoverage& source : report.coverage)
    if (source.last_time) latest = std::max(latest, *source.last_time);
  return latest;
}

// With --incomplete a list of files that stops early, even before the first wanted one, is gone on with.
Result<Located> locate(Zygote& zygote, const UnlockedBackup& backup, bool accept_incomplete) {
  auto located = locate_in(zygote, backup, Locate::wanted);
  if (accept_incomplete && !located && located.error().what == "manifest_truncated")
    return Located{{}, 0, located.error()};
  if (!accept_incomplete && located && located->stopped) return error(Fault::malformed, "manifest_truncated");
  return located;
}

// A backup of which more than a quarter of the wanted files is not there was not copied in full.
bool half_copied(const JobList& list) { return list.missing > 0 && list.missing * 4 > list.wanted; }

}  // namespace

Result<CheckReport> check_ios_backup(Zygote& zygote, const CheckOptions& options, const Credentials& credentials,
                                     const Catalogue& words, Progress::Style style) {
  Indicators indicators = TRY(indicators_for(zygote, options.intel));
  const UnlockedBackup backup = TRY(open_backup(zygote, options.evidence, credentials, words, style));
  for (const auto& folder : {options.out_folder, options.case_folder})
    if (folder && backup.folder.holds(*folder)) return error(Fault::usage, "output_in_evidence");
  std::optional<Interruption> interruption;
  if (options.out_folder || options.case_folder) interruption.emplace(error_line(words, "error.interrupted"));
  std::optional<CaseLock> case_lock;
  if (options.case_folder) {
    TRY(look_at_case(*options.case_folder));
    case_lock = TRY(CaseLock::make(*options.case_folder));
    TRY(check_case_is_of(*options.case_folder, backup.head.device));
  }
  const Located located = TRY(locate(zygote, backup, options.accept_incomplete));
  FileHashes hashes;
  Outputs outputs = TRY(Outputs::create(options, std::move(case_lock), all_record_types()));
  JobList list = TRY(make_jobs(backup, located, outputs.wants_all(), hashes));
  if (half_copied(list) && !options.accept_incomplete) return error(Fault::truncated, "backup_half_copied");
  for (SourceJob& source : list.jobs) source.job.seizure = options.seizure;
  Check check(zygote, options, words, style, indicators, outputs, TRY(RuleTables::create(all_record_types())));
  TRY(check.run(list.jobs));
  TRY(check.apply_rules(list.jobs));

  CheckReport report;
  report.evidence_kind = "ios_backup";
  report.interrupted = backup.head.interrupted;
  report.device = backup.head.device;
  report.device.model = model_name(report.device.product_type).value_or("");
  report.indicators = indicators.matcher.size();
  enter_feeds(indicators, report);
  report.findings = std::move(check.findings());
  report.findings_left_out = check.left_out();
  report.rule_failures = std::move(check.failures());
  for (SourceJob& source : list.jobs) report.coverage.push_back(std::move(source.coverage));
  report.seizure = options.seizure;
  report.as_of = options.as_of.value_or(default_as_of(report));
  const auto& stored_hashes = hashes.finish();
  enter_hashes(stored_hashes, report);
  if (const auto manifest = stored_hashes.find("Manifest.db"); manifest != stored_hashes.end())
    report.evidence_sha256 = manifest->second;
  finish_findings(report.findings, report.device.unique_id);
  std::string everything;
  if (options.hash_everything) everything = TRY(hash_folder(backup.folder.path())).lines;
  TRY(outputs.finish(report, everything, words));
  return report;
}

}  // namespace testudo
