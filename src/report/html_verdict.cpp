// Verdict of report.html: one plain sentence with its coverage, and what to do now. Floor 5.
#include <algorithm>

#include "report/coverage_words.h"
#include "report/html_page.h"

namespace testudo {
namespace {

std::uint64_t count_of(const CheckReport& report, SourceStatus status) {
  return static_cast<std::uint64_t>(std::ranges::count(report.coverage, status, &SourceCoverage::status));
}

// The most severe grade, or nothing.
std::optional<Severity> worst(const CheckReport& report) {
  const auto counts = report.by_severity();
  for (std::size_t i = counts.size(); i-- > 0;)
    if (counts[i] > 0) return static_cast<Severity>(i);
  return std::nullopt;
}

std::string verdict_sentence(const Page& page) {
  const auto grade = worst(page.report);
  if (!grade)
    return page.words.say(page.report.is_incomplete() ? "report.verdict.incomplete" : "report.verdict.nothing");
  if (*grade >= Severity::high) return page.words.say("report.verdict.strong");
  return page.words.say(*grade == Severity::medium ? "report.verdict.medium" : "report.verdict.weak");
}

std::string coverage_sentence(const Page& page) {
  const CheckReport& report = page.report;
  std::string text;
  if (report.interrupted.value_or(true))
    text =
        page.words.say(report.interrupted ? "report.verdict.interrupted" : "report.verdict.interrupted_unknown") + " ";
  text += page.words.say("report.verdict.coverage", {{"read", std::to_string(count_of(report, SourceStatus::parsed))},
                                                     {"all", std::to_string(report.coverage.size())}});
  for (const SourceStatus status : {SourceStatus::partial, SourceStatus::unsupported, SourceStatus::absent}) {
    const auto count = static_cast<std::int64_t>(count_of(report, status));
    if (count > 0)
      text += " " + page.words.say_count("report.verdict.coverage_" + std::string(source_status_name(status)), count);
  }
  return text;
}

void write_counts(const Page& page) {
  const auto counts = page.report.by_severity();
  const Element list(page.html, "ul", {{"class", "counts"}});
  for (std::size_t i = counts.size(); i-- > 0;) {
    if (counts[i] == 0) continue;
    const auto severity = static_cast<Severity>(i);
    const Element item(page.html, "li");
    write_severity_mark(page.html, severity);
    page.html.text(grouped_digits(counts[i]) + " " + severity_word(page.words, severity));
  }
}

void write_line_of_device(const Page& page) {
  const DeviceFacts& device = page.report.device;
  const std::string unknown = page.words.say("report.unknown");
  const auto known = [&](const std::string& text) { return text.empty() ? unknown : text; };
  page.html.element(
      "p",
      page.words.say("report.device_line", {{"product", known(device.product())},
                                            {"version", known(device.system_version)},
                                            {"date", device.backup_date ? plain_time(*device.backup_date) : unknown}}),
      {{"class", "device"}});
}

// The colour beside the verdict. Finding nothing is calm at best, and plain grey where something was not looked at.
std::string colour_of(const CheckReport& report, std::optional<Severity> grade) {
  if (grade) return std::string(severity_name(*grade));
  return report.is_incomplete() || report.feeds.empty() || !report.unread_feeds.empty() ? "info" : "none";
}

bool lacks_what_encryption_keeps(const CheckReport& report) {
  return std::ranges::any_of(report.coverage,
                             [](const SourceCoverage& s) { return s.reason == "needs_encrypted_backup"; });
}

}  // namespace

void write_verdict(const Page& page) {
  const auto grade = worst(page.report);
  const Element header(page.html, "header");
  page.html.element("p", page.words.say("report.kicker"), {{"class", "kicker"}});
  page.html.element("h1", page.words.say("report.title"));
  write_line_of_device(page);
  if (page.redacted) page.html.element("p", page.words.say("report.redacted"), {{"class", "note"}});
  page.html.line();
  const Element banner(page.html, "div", {{"class", "verdict card-" + colour_of(page.report, grade)}});
  page.html.element("p", verdict_sentence(page), {{"class", "sentence"}});
  write_counts(page);
  page.html.element("p", coverage_sentence(page), {{"class", "covered"}});
  if (page.report.seizure)
    page.html.element(
        "p", page.words.say_count(
                 "report.verdict.seized", static_cast<std::int64_t>(page.report.while_seized()),
                 {{"from", plain_time(page.report.seizure->from)}, {"to", plain_time(page.report.seizure->to)}}));
  if (!page.report.rule_failures.empty())
    page.html.element("p", rules_not_run(page.report, page.words), {{"class", "covered"}});
  if (page.report.feeds.empty())
    page.html.element("p", page.words.say("report.verdict.no_indicators"), {{"class", "covered"}});
  if (!page.report.unread_feeds.empty()) {
    std::string names;
    for (const std::string& name : page.report.unread_feeds) names += (names.empty() ? "" : ", ") + name;
    page.html.element("p", page.words.say("report.verdict.unread_feeds", {{"names", names}}), {{"class", "covered"}});
  }
}

void write_next_steps(const Page& page) {
  const Element section(page.html, "section", {{"aria-labelledby", "next"}});
  write_heading(page, "next", page.words.say("report.heading.next"));
  const Element list(page.html, "ol", {{"class", "steps"}});
  const auto step = [&](const std::string& text) { page.html.line().element("li", text); };
  const bool found = page.report.any_at_least(Severity::medium);
  if (found) {
    step(page.words.say("report.next.keep"));
    step(page.words.say("report.next.other_device"));
    step(page.words.say("report.next.help"));
    step(page.words.say("report.next.read"));
  } else {
    step(page.words.say("report.next.not_proof"));
    step(page.words.say("report.next.worried"));
    step(page.words.say("report.next.updates"));
  }
  if (lacks_what_encryption_keeps(page.report)) step(page.words.say("report.next.encrypted_backup"));
  if (page.report.feeds.empty())
    step(page.words.say("report.next.indicators"));
  else if (page.report.feeds_are_old())
    step(page.words.say("report.next.old_feeds"));
  if (page.report.any_partial()) step(page.words.say("report.next.partial"));
}

}  // namespace testudo
