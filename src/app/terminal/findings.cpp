#include "app/terminal/findings.h"

#include <algorithm>

#include "base/text.h"
#include "report/finding_groups.h"
#include "report/finding_words.h"

namespace testudo {
namespace {

constexpr std::size_t most_explained = 3, most_kinds = 40;
// Octets of a value; the folder of results has the whole.
constexpr std::size_t longest_value = 400, longest_example = 100;

std::string severity_word(const Catalogue& words, Severity severity) {
  return words.say("severity." + std::string(severity_name(severity)));
}

std::string when(const std::optional<Time>& time, const Catalogue& words) {
  return words.say("check.when", {{"time", time ? to_rfc3339(*time) + " (UTC)" : words.say("check.time_unknown")}});
}

std::string where(const Finding& f, const Catalogue& words) {
  std::string place = visible(f.evidence_path);
  if (f.rowid) place += ", " + words.say("report.finding.row", {{"row", std::to_string(*f.rowid)}});
  if (f.offset) place += ", " + words.say("report.finding.offset", {{"offset", std::to_string(*f.offset)}});
  return words.say("check.where", {{"place", place}});
}

std::string times(const FindingGroup& kind, const Catalogue& words) {
  const std::string count = std::to_string(kind.findings.size());
  if (!kind.first) return words.say("check.kind.undated", {{"count", count}});
  if (kind.first == kind.last)
    return words.say("check.kind.one_time", {{"count", count}, {"time", to_rfc3339(*kind.first)}});
  return words.say("check.kind.times",
                   {{"count", count}, {"first", to_rfc3339(*kind.first)}, {"last", to_rfc3339(*kind.last)}});
}

// Terminals make links of addresses: a click must not lead to an attacker's server.
std::string harmless(const std::string& sentence, const Finding& f) { return visible(defanged_sentence(sentence, f)); }
std::string harmless_value(const Finding& f) { return visible(defanged_value(f)); }

void print_title(TerminalPage& page, const Finding& f, const Catalogue& words) {
  page.line(page.marked(f.severity, "[" + severity_word(words, f.severity) + "] ") + harmless(f.title, f));
}

void explain(TerminalPage& page, const FindingGroup& kind, const Catalogue& words, Redaction redaction) {
  const Finding& f = kind.front();
  page.line();
  print_title(page, f, words);
  if (kind.findings.size() > 1) page.paragraph(words.say("check.kind.worst", {{"times", times(kind, words)}}), 4);
  page.line(when(f.time, words), 4);
  if (redaction == Redaction::none && !f.value.empty())
    page.paragraph(words.say("check.seen", {{"value", cut_text(harmless_value(f), longest_value)}}), 4);
  page.line(where(f, words), 4);
  page.paragraph(harmless(f.why, f), 4);
  page.paragraph(words.say("check.limits", {{"text", harmless(f.does_not_prove, f)}}), 4);
  page.paragraph(words.say("check.next", {{"text", harmless(f.next_step, f)}}), 4);
}

void print_briefly(TerminalPage& page, const FindingGroup& kind, const Catalogue& words, Redaction redaction) {
  const Finding& f = kind.front();
  print_title(page, f, words);
  const bool once = kind.findings.size() == 1;
  const std::string dated = once ? when(f.time, words) : times(kind, words);
  if (redaction != Redaction::none || f.value.empty()) return page.line(dated, 4);
  const std::string seen =
      words.say(once ? "check.seen" : "check.kind.example", {{"value", cut_text(harmless_value(f), longest_example)}});
  page.paragraph(words.say("check.kind.brief", {{"when", dated}, {"seen", seen}}), 4);
}

}  // namespace

void print_findings(TerminalPage& page, const CheckReport& report, const Catalogue& words,
                    const CheckOptions& options) {
  if (report.findings.empty()) return;
  const auto kinds = group_findings(report.findings, GroupBy::kind);
  const std::size_t shown = std::min(kinds.size(), most_kinds), explained = std::min(kinds.size(), most_explained);
  page.line();
  page.heading(words.say("check.found_heading"));
  page.line(severity_counts(report, words), 2);
  if (report.findings_left_out > 0)
    page.paragraph(words.say("report.findings.left_out", {{"n", std::to_string(report.findings_left_out)}}), 2);
  for (std::size_t i = 0; i < explained; ++i) explain(page, kinds[i], words, options.redaction);
  if (shown > explained) page.line();
  for (std::size_t i = explained; i < shown; ++i) print_briefly(page, kinds[i], words, options.redaction);
  if (report.findings.size() == explained) return;
  page.line();
  if (kinds.size() > shown) page.line(words.say_count("check.more", static_cast<std::int64_t>(kinds.size() - shown)));
  page.paragraph(options.out_folder ? words.say("check.all_in", {{"path", visible(*options.out_folder)}})
                                    : words.say("check.all_with_out"),
                 0);
}

}  // namespace testudo
