#include "app/terminal/summary.h"

#include <algorithm>

#include "app/terminal/coverage.h"
#include "app/terminal/findings.h"
#include "base/text.h"
#include "report/coverage_words.h"
#include "report/finding_words.h"

namespace testudo {
namespace {

// The sentence `key` of what was named as indicators and is none, or could not be read.
void print_left_out(TerminalPage& page, std::string_view key, const std::vector<std::string>& feeds,
                    const Catalogue& words) {
  if (feeds.empty()) return;
  constexpr std::size_t named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(feeds.size(), named); ++i)
    names += (names.empty() ? "" : ", ") + visible(feeds[i]);
  if (feeds.size() > named) names += ", …";
  page.paragraph(words.say_count(key, static_cast<std::int64_t>(feeds.size()), {{"names", names}}), 0);
}

void print_next_steps(TerminalPage& page, const CheckReport& report, const Catalogue& words) {
  page.paragraph(words.say(report.any_at_least(Severity::medium) ? "check.next.found" : "check.next.nothing"), 2);
  if (std::ranges::any_of(report.coverage, [](const auto& s) { return s.reason == "needs_encrypted_backup"; }))
    page.paragraph(words.say("report.next.encrypted_backup"), 2);
  if (report.feeds_are_old()) page.paragraph(words.say("report.next.old_feeds"), 2);
  if (report.any_partial()) page.paragraph(words.say("report.next.partial"), 2);
}

}  // namespace

void print_summary(const CheckReport& report, const Catalogue& words, const CheckOptions& options) {
  TerminalPage page;
  page.heading(verdict_sentence(report, words));
  page.line();
  const DeviceFacts& device = report.device;
  page.line(words.say("check.device", {{"product", visible(device.product())},
                                       {"version", visible(device.system_version)},
                                       {"date", device.backup_date ? to_rfc3339(*device.backup_date) : "?"}}));
  if (report.interrupted.value_or(true))
    page.paragraph(words.say(report.interrupted ? "check.interrupted" : "check.interrupted_unknown"), 0);
  if (report.feeds.empty())
    page.paragraph(words.say("check.no_indicators"), 0);
  else
    page.line(words.say_count("check.indicators", static_cast<std::int64_t>(report.feeds.size()),
                              {{"count", std::to_string(report.indicators)}}));
  if (const auto newest = report.newest_entry())
    page.line(words.say("check.indicators.newest", {{"date", to_rfc3339(*newest)}}));
  if (report.seizure)
    page.paragraph(
        words.say_count("check.seized", static_cast<std::int64_t>(report.while_seized()),
                        {{"from", to_rfc3339(report.seizure->from)}, {"to", to_rfc3339(report.seizure->to)}}),
        0);
  if (!report.rule_failures.empty()) page.paragraph(visible(rules_not_run(report, words)), 0);
  print_left_out(page, "check.unread_feeds", report.unread_feeds, words);
  print_left_out(page, "check.not_feeds", report.not_feeds, words);
  print_findings(page, report, words, options);
  print_coverage(page, report, words);
  page.line();
  page.heading(words.say("check.next_heading"));
  print_next_steps(page, report, words);
  if (options.out_folder) page.line(words.say("check.written", {{"path", visible(*options.out_folder)}}), 2);
}

}  // namespace testudo
