#include "app/terminal/summary.h"

#include <algorithm>

#include "app/terminal/coverage.h"
#include "app/terminal/feeds.h"
#include "app/terminal/findings.h"
#include "base/text.h"
#include "report/coverage_words.h"
#include "report/finding_words.h"

namespace testudo {
namespace {

void print_next_steps(TerminalPage& page, const CheckReport& report, const Catalogue& words) {
  page.paragraph(words.say(report.any_at_least(Severity::medium) ? "check.next.found" : "check.next.nothing"), 2);
  if (std::ranges::any_of(report.coverage, [](const auto& s) { return s.reason == "needs_encrypted_backup"; }))
    page.paragraph(words.say("report.next.encrypted_backup"), 2);
  if (report.feeds_are_old()) page.paragraph(words.say("report.next.old_feeds"), 2);
  if (report.any_partial()) page.paragraph(words.say("report.next.partial"), 2);
}

}  // namespace

std::string device_line(const DeviceFacts& device, const Catalogue& words) {
  const auto known = [&](const std::string& text) {
    return text.empty() ? words.say("report.unknown") : visible(text);
  };
  return words.say("check.device",
                   {{"product", known(device.product())},
                    {"version", known(device.system_version)},
                    {"date", known(device.backup_date ? to_rfc3339(*device.backup_date) : std::string())}});
}

void print_summary(const CheckReport& report, const Catalogue& words, const CheckOptions& options) {
  TerminalPage page;
  page.heading(verdict_sentence(report, words));
  page.line();
  page.line(device_line(report.device, words));
  if (report.interrupted.value_or(true))
    page.paragraph(words.say(report.interrupted ? "check.interrupted" : "check.interrupted_unknown"), 0);
  for (const std::string& sentence : sentences_of_feeds(report, words)) page.paragraph(sentence, 0);
  if (report.seizure)
    page.paragraph(
        words.say_count("check.seized", static_cast<std::int64_t>(report.while_seized()),
                        {{"from", to_rfc3339(report.seizure->from)}, {"to", to_rfc3339(report.seizure->to)}}),
        0);
  if (!report.rule_failures.empty()) page.paragraph(visible(rules_not_run(report, words)), 0);
  print_findings(page, report, words, options);
  print_coverage(page, report, words);
  page.line();
  page.heading(words.say("check.next_heading"));
  print_next_steps(page, report, words);
  if (options.case_folder) page.paragraph(words.say("check.kept", {{"path", visible(*options.case_folder)}}), 2);
  if (options.out_folder) page.line(words.say("check.written", {{"path", visible(*options.out_folder)}}), 2);
}

}  // namespace testudo
