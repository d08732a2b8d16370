// testudo intel lint: what is wrong with feeds, and what to write instead.
#include "app/intel/defect_printer.h"
#include "app/intel/sub_verb.h"
#include "app/worker/feed.h"
#include "app/worker/warnings.h"
#include "intel/feed/feed_format.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::string format, warnings, least = "info";
  bool json = false, summary = false;
};

std::optional<LintSeverity> severity_from(std::string_view word) {
  for (const LintSeverity severity : {LintSeverity::info, LintSeverity::warning, LintSeverity::error})
    if (lint_severity_name(severity) == word) return severity;
  return std::nullopt;
}

DefectPrinter::Style style_of(const Arguments& a) {
  if (a.summary) return a.json ? DefectPrinter::Style::json_counts : DefectPrinter::Style::counts;
  return a.json ? DefectPrinter::Style::json : DefectPrinter::Style::text;
}

// The lists of --warning-lists, or those of the store where it has any.
Result<Descriptor> warning_lists(const Arguments& a, const IntelCall& call) {
  if (a.warnings.empty()) return store_warnings(call.store);
  return std::move(TRY(compile_warnings(call.zygote, a.warnings)).image);
}

// Files that are only checked: what they say is of no use here.
class CheckedFiles : public FeedReceiver {
 public:
  CheckedFiles(std::span<const FeedJob> jobs, LintReceiver found) : jobs_(jobs), found_(std::move(found)) {}
  bool takes_claims() const override { return false; }
  Result<FeedSink*> begin(const FeedArrival& head) override {
    if (!head.format.empty()) ++feeds_;
    return nullptr;
  }
  Result<void> end(const FeedArrival& head, const std::optional<Error>& wrong) override {
    // All else that makes a feed unreadable has been found by the worker.
    if (!wrong || wrong->fault != Fault::internal) return {};
    ++lost_;
    found_({jobs_[head.job].name, "", "unreadable", wrong->what, ""});
    return {};
  }
  // Whether any file was a feed, or may have been one.
  bool any_feed() const { return feeds_ + lost_ != 0; }

 private:
  std::span<const FeedJob> jobs_;
  LintReceiver found_;
  std::size_t feeds_ = 0, lost_ = 0;
};

Result<int> lint(const Arguments& a, const IntelCall& call) {
  const auto least = severity_from(a.least);
  if (!least) return error(Fault::usage, "lint_no_such_severity");
  std::vector<FeedJob> jobs = TRY(feed_jobs(a.paths));
  if (jobs.empty()) return error(Fault::not_found, "lint_nothing_to_read");
  if (!a.format.empty() && feed_format(a.format) == nullptr) return error(Fault::usage, "intel_no_such_feed_format");
  for (FeedJob& job : jobs) job.format = a.format;
  DefectPrinter defects(call.words, style_of(a), *least);
  const Descriptor warnings = TRY(warning_lists(a, call));
  const FeedCheck check{warnings, [&](const LintFinding& finding) { defects.print(finding); }};
  CheckedFiles files(jobs, check.found);
  TRY(read_feeds(call.zygote, jobs, files, &check));
  if (!files.any_feed()) return error(Fault::malformed, "intel_nothing_to_import");
  defects.print_counts();
  return defects.printed() == 0 ? exit_done : exit_found;
}

}  // namespace

void add_intel_lint(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("lint", a, lint);
  sub.option("feeds", a->paths).required();
  sub.option("--format", a->format);
  sub.option("--warning-lists", a->warnings);
  sub.option("--least", a->least);
  sub.flag("--summary", a->summary);
  sub.flag("--json", a->json);
}

}  // namespace testudo
