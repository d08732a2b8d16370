// testudo intel lint: what is wrong with feeds, and what to write instead.
#include <cstdio>
#include <map>

#include "app/intel/sub_verb.h"
#include "app/worker/lint.h"
#include "app/worker/warnings.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/lint/defects.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::string format, warnings, least = "info";
  bool json = false, summary = false;
};

LintSeverity severity_of(std::string_view defect) {
  const LintDefect* row = lint_defect(defect);
  return row == nullptr ? LintSeverity::warning : row->severity;
}

std::string mend_of(const LintFinding& finding, const Catalogue& words) {
  if (!finding.mend.empty()) return finding.mend;
  const std::string key = "lint." + finding.defect + ".mend";
  return words.has(key) ? words.say(key) : std::string();
}

void print_json(const LintFinding& finding, const Catalogue& words) {
  std::string text;
  JsonText json(text);
  json.object().key("file").string(finding.file).key("object").string(finding.object);
  json.key("defect").string(finding.defect).key("value").string(finding.value);
  json.key("mend").string(mend_of(finding, words));
  json.key("severity").string(lint_severity_name(severity_of(finding.defect))).end();
  std::puts(text.c_str());
}

void print_text(const LintFinding& finding, const Catalogue& words) {
  const auto say = [&](std::string_view key, std::string_view name, const std::string& value) {
    if (!value.empty()) std::puts(words.say(key, {{name, visible(value)}}).c_str());
  };
  std::puts(words
                .say("intel.lint.line", {{"file", visible(finding.file)},
                                         {"severity", std::string(lint_severity_name(severity_of(finding.defect)))},
                                         {"sentence", words.say("lint." + finding.defect)}})
                .c_str());
  say("intel.lint.object", "object", finding.object);
  say("intel.lint.value", "value", finding.value);
  say("intel.lint.mend", "mend", mend_of(finding, words));
}

std::optional<LintSeverity> severity_from(std::string_view word) {
  for (const LintSeverity severity : {LintSeverity::info, LintSeverity::warning, LintSeverity::error})
    if (lint_severity_name(severity) == word) return severity;
  return std::nullopt;
}

// The lists of --warning-lists, or those of the store where it has any.
Result<Descriptor> warning_lists(const Arguments& a, const IntelCall& call) {
  if (a.warnings.empty()) return store_warnings(call.store);
  return std::move(TRY(compile_warnings(call.zygote, a.warnings)).image);
}

void print_summary(const std::map<std::string, std::uint64_t>& counts, std::uint64_t all, const IntelCall& call) {
  for (const auto& [defect, n] : counts)
    call.print("intel.lint.count",
               {{"n", std::to_string(n)}, {"defect", defect}, {"sentence", call.words.say("lint." + defect)}});
  if (all == 0) return call.print("intel.lint.none");
  std::puts(call.words.say_count("intel.lint.all", static_cast<std::int64_t>(all)).c_str());
}

Result<int> lint(const Arguments& a, const IntelCall& call) {
  const auto least = severity_from(a.least);
  if (!least) return error(Fault::usage, "lint_no_such_severity");
  std::vector<FeedJob> jobs = TRY(feed_jobs(a.paths));
  if (jobs.empty()) return error(Fault::not_found, "lint_nothing_to_read");
  for (FeedJob& job : jobs) job.format = a.format;
  std::map<std::string, std::uint64_t> counts;
  std::uint64_t all = 0;
  const LintFigures figures =
      TRY(lint_feeds(call.zygote, jobs, TRY(warning_lists(a, call)), [&](const LintFinding& finding) {
        if (severity_of(finding.defect) < *least) return;
        ++all;
        ++counts[finding.defect];
        if (a.json)
          print_json(finding, call.words);
        else if (!a.summary)
          print_text(finding, call.words);
      }));
  if (figures.feeds == 0 && all == 0) return error(Fault::malformed, "intel_nothing_to_import");
  if (!a.json) print_summary(counts, all, call);
  return all == 0 ? exit_done : exit_found;
}

}  // namespace

void add_intel_lint(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("lint", "what is wrong with feeds, and what to write instead", a, lint);
  sub.option("feeds", a->paths, "files and folders").required();
  sub.option("--format", a->format, "read the files as this format (default: as their content looks)");
  sub.option("--warning-lists", a->warnings, "also compare with the warning lists in this folder");
  sub.option("--least", a->least, "only defects of this severity or above: info, warning, error");
  sub.flag("--summary", a->summary, "only how often each defect is found");
  sub.flag("--json", a->json, "a JSON document for each defect, one a line");
}

}  // namespace testudo
