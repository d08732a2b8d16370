#include "app/case/case_pages.h"

#include <algorithm>
#include <cstdio>

#include "app/terminal/feeds.h"
#include "app/terminal/summary.h"
#include "base/json_text.h"
#include "base/text.h"
#include "report/coverage_words.h"
#include "report/finding_groups.h"
#include "report/finding_json.h"
#include "report/finding_words.h"

namespace testudo {
namespace {

constexpr std::size_t most_lines = 200;
constexpr std::size_t longest_value = 160;  // octets

void print(const std::string& line) { std::fputs((line + "\n").c_str(), stdout); }

// "no finding" alone would speak of what nobody read.
std::string findings_and_gaps(const CheckReport& report, const Catalogue& words) {
  const std::string gaps = visible(names_of_gaps(report, words));
  const std::string counts = severity_counts(report, words);
  return (counts.empty() ? words.say("case.no_findings") : counts) +
         (report.feeds.empty() ? "; " + words.say("case.no_indicators") : "") +
         (gaps.empty() ? "" : "; " + words.say("case.gaps", {{"sources", gaps}}));
}

std::string why_not_in_full(const SourceCoverage& source, const Catalogue& words) {
  // The reason "damaged" points to remarks: these are they.
  if (const std::string odd = oddities_of(words, source); source.reason == "damaged" && !odd.empty()) return odd;
  const std::string reason = "coverage.reason." + source.reason;
  return words.has(reason) ? words.say(reason) : source.reason;
}

void print_gaps(const std::vector<SourceCoverage>& coverage, const Catalogue& words) {
  for (const SourceCoverage& source : coverage) {
    if (!is_gap(source)) continue;
    print("  " + words.say("case.gap",
                           {{"source", visible(name_of_source(words, source.source))},
                            {"status", words.say("report.status." + std::string(source_status_name(source.status)))},
                            {"reason", visible(why_not_in_full(source, words))}}));
  }
}

void write_gaps(JsonText& json, const std::vector<SourceCoverage>& coverage) {
  json.key("not_read_in_full").array();
  for (const SourceCoverage& source : coverage) {
    if (!is_gap(source)) continue;
    json.object().key("source").string(source.source).key("status").string(source_status_name(source.status));
    json.key("reason").string(source.reason).end();
  }
  json.end();
}

void print_interrupted(const CheckReport& report, const Catalogue& words) {
  if (report.interrupted.value_or(true))
    print(words.say(report.interrupted ? "check.interrupted" : "check.interrupted_unknown"));
}

// Terminals make links of addresses: a click must not lead to an attacker's server.
std::string finding_line(const Finding& finding, const Catalogue& words) {
  return "  " + finding.id + "  [" + words.say("severity." + std::string(severity_name(finding.severity))) + "] " +
         (finding.time ? to_rfc3339(*finding.time) : std::string("–")) + "  " +
         visible(defanged_sentence(finding.title, finding)) +
         (finding.value.empty() ? "" : ": " + cut_text(visible(defanged_value(finding)), longest_value));
}

void print_findings(const std::vector<Finding>& findings, const Catalogue& words) {
  for (std::size_t i = 0; i < std::min(findings.size(), most_lines); ++i) print(finding_line(findings[i], words));
  if (findings.size() > most_lines)
    print("  " + words.say_count("case.more", static_cast<std::int64_t>(findings.size() - most_lines)));
}

void write_facts(JsonText& json, const CaseFacts& facts) {
  json.key("pseudonym").string(facts.pseudonym).key("consent").string(facts.consent).key("notes").string(facts.notes);
}

void write_ids(JsonText& json, std::string_view name, const std::vector<Finding>& findings) {
  json.key(name).array();
  for (const Finding& finding : findings) json.raw(finding_to_json(finding));
  json.end();
}

std::string bare_document(std::string document) {
  while (document.ends_with('\n')) document.pop_back();
  return document;
}

void print_fact(const Catalogue& words, const std::string& name, const std::string& value) {
  if (!value.empty()) print(words.say("case.fact", {{"name", name}, {"value", visible(value)}}));
}

}  // namespace

std::string list_line(const std::string& folder, CaseStore& store, const CheckReport& report, const CaseFacts& facts,
                      const Catalogue& words, bool json) {
  const std::string last = to_rfc3339(report.as_of);
  std::size_t open = 0;
  if (const auto findings = store.findings())
    open = static_cast<std::size_t>(
        std::ranges::count(*findings, "open", [](const StoredFinding& f) { return f.disposition.state; }));
  const std::size_t states = CaseStore::states(folder).size();
  if (!json)
    return visible(folder) + "  " + (facts.pseudonym.empty() ? "–" : visible(facts.pseudonym)) + "  " + last + "  " +
           findings_and_gaps(report, words) + "  " + words.say_count("case.open", static_cast<std::int64_t>(open)) +
           "  " + words.say_count("case.checks", static_cast<std::int64_t>(states));
  std::string out;
  JsonText text(out);
  text.object().key("folder").string(folder);
  write_facts(text, facts);
  text.key("as_of").string(last).key("verdict").string(report.verdict());
  text.key("findings").integer(static_cast<std::int64_t>(report.findings.size()));
  text.key("indicators").integer(static_cast<std::int64_t>(report.indicators));
  write_gaps(text, report.coverage);
  text.key("open")
      .integer(static_cast<std::int64_t>(open))
      .key("checks")
      .integer(static_cast<std::int64_t>(states))
      .end();
  return out;
}

void show_case(const CheckReport& report, const CaseFacts& facts, const std::vector<StoredFinding>& findings,
               const Catalogue& words, bool json) {
  if (json) {
    std::string out;
    JsonText text(out);
    text.object().key("case").object();
    write_facts(text, facts);
    text.end().key("summary").raw(bare_document(summary_json(report)));
    text.key("findings").array();
    for (const StoredFinding& finding : findings) {
      text.object().key("finding").raw(finding.json).key("disposition").object();
      text.key("state").string(finding.disposition.state).key("reason").string(finding.disposition.reason).end().end();
    }
    text.end().end();
    return print(out);
  }
  print_fact(words, words.say("case.pseudonym"), facts.pseudonym);
  print_fact(words, words.say("case.consent"), facts.consent);
  print_fact(words, words.say("case.notes"), facts.notes);
  print(device_line(report.device, words));
  print_interrupted(report, words);
  for (const std::string& sentence : sentences_of_feeds(report, words)) print(sentence);
  print(verdict_sentence(report, words));
  print_gaps(report.coverage, words);
  if (!report.rule_failures.empty()) print(visible(rules_not_run(report, words)));
  if (!report.findings.empty()) print(severity_counts(report, words));
  for (std::size_t i = 0; i < std::min(findings.size(), most_lines); ++i) {
    const Disposition& disposition = findings[i].disposition;
    print(finding_line(report.findings[i], words));
    if (disposition.state != "open" || !disposition.reason.empty())
      print("      " + words.say("case.disposition." + disposition.state) +
            (disposition.reason.empty() ? "" : ": " + visible(disposition.reason)));
  }
  if (findings.size() > most_lines)
    print("  " + words.say_count("case.more", static_cast<std::int64_t>(findings.size() - most_lines)));
}

void print_rematch(const Rematch& rematch, const Catalogue& words, bool json) {
  if (json) {
    std::string out;
    JsonText text(out);
    text.object();
    write_ids(text, "new", rematch.fresh);
    write_ids(text, "gone", rematch.gone);
    text.key("records").integer(static_cast<std::int64_t>(rematch.records));
    text.key("expected").integer(static_cast<std::int64_t>(rematch.expected));
    text.key("summary").raw(bare_document(summary_json(rematch.report))).end();
    return print(out);
  }
  const auto number = [](std::uint64_t n) { return std::to_string(n); };
  const auto n = static_cast<std::int64_t>(rematch.records);
  print(words.say_count(rematch.whole() ? "case.rematch.done" : "case.rematch.part", n,
                        {{"indicators", number(rematch.indicators)}, {"expected", number(rematch.expected)}}));
  print(words.say_count("case.new", static_cast<std::int64_t>(rematch.fresh.size())));
  print_findings(rematch.fresh, words);
  if (!rematch.gone.empty()) {
    print(words.say_count("case.rematch.gone", static_cast<std::int64_t>(rematch.gone.size())));
    print_findings(rematch.gone, words);
  }
  print(words.say("case.rematch.now", {{"verdict", verdict_sentence(rematch.report, words, rematch.whole())}}));
  print_interrupted(rematch.report, words);
  for (const std::string& sentence : sentences_of_lost_feeds(rematch.report, words)) print(sentence);
  print_gaps(rematch.report.coverage, words);
  if (!rematch.report.rule_failures.empty()) print(visible(rules_not_run(rematch.report, words)));
}

void print_comparison(const Comparison& c, const Catalogue& words, bool json) {
  if (json) {
    std::string out;
    JsonText text(out);
    text.object().key("before").string(to_rfc3339(c.before)).key("now").string(to_rfc3339(c.now));
    text.key("same_device").boolean(c.same_device).key("same_feeds").boolean(c.same_feeds);
    write_ids(text, "new", c.fresh);
    write_ids(text, "gone", c.gone);
    text.key("unchanged").integer(static_cast<std::int64_t>(c.unchanged)).key("coverage").array();
    for (const CoverageChange& change : c.coverage)
      text.object()
          .key("source")
          .string(change.source)
          .key("before")
          .string(source_status_name(change.before))
          .key("now")
          .string(source_status_name(change.now))
          .end();
    text.end();
    write_gaps(text, c.gaps);
    text.end();
    return print(out);
  }
  print(words.say("case.compare.dates", {{"before", to_rfc3339(c.before)}, {"now", to_rfc3339(c.now)}}));
  if (!c.same_device) print(words.say("case.compare.other_device"));
  if (!c.same_feeds) print(words.say("case.compare.other_feeds"));
  print(words.say_count("case.new", static_cast<std::int64_t>(c.fresh.size())));
  print_findings(c.fresh, words);
  if (!c.gone.empty()) print(words.say_count("case.compare.gone", static_cast<std::int64_t>(c.gone.size())));
  print_findings(c.gone, words);
  print(words.say_count("case.compare.unchanged", static_cast<std::int64_t>(c.unchanged)));
  for (const CoverageChange& change : c.coverage)
    print("  " + words.say("case.compare.coverage",
                           {{"source", visible(name_of_source(words, change.source))},
                            {"before", words.say("report.status." + std::string(source_status_name(change.before)))},
                            {"now", words.say("report.status." + std::string(source_status_name(change.now)))}}));
  if (!c.gaps.empty()) print(words.say("case.compare.gaps"));
  print_gaps(c.gaps, words);
}

}  // namespace testudo
