#include "app/terminal/summary.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include <unistd.h>

#include "base/text.h"

namespace testudo {
namespace {

// Findings of the same rule and indicator are one paragraph: a thousand visits to one address are one thing to read.
struct Group {
  const Finding* first = nullptr;
  std::size_t count = 0;
};

constexpr std::size_t most_groups = 40;

class Page {
 public:
  Page() : colour_(::isatty(STDOUT_FILENO) != 0) {}
  void line(std::string_view text = {}, int indent = 0) {
    const std::string whole = std::string(static_cast<std::size_t>(indent), ' ').append(text).append("\n");
    std::fwrite(whole.data(), 1, whole.size(), stdout);
  }
  // Wrapped at `width` octets, between words.
  void paragraph(std::string_view text, int indent) {
    constexpr std::size_t width = 100;
    while (text.size() > width) {
      auto cut = text.rfind(' ', width);
      if (cut == std::string_view::npos || cut == 0) cut = text.find(' ', width);
      if (cut == std::string_view::npos) break;
      line(text.substr(0, cut), indent);
      text.remove_prefix(cut + 1);
    }
    line(text, indent);
  }
  void heading(std::string_view text) { line(colour_ ? "\x1b[1m" + std::string(text) + "\x1b[0m" : std::string(text)); }
  std::string marked(Severity severity, std::string_view text) const {
    if (!colour_) return std::string(text);
    const char* code = severity >= Severity::high     ? "\x1b[1;31m"
                       : severity == Severity::medium ? "\x1b[33m"
                                                      : "\x1b[36m";
    return code + std::string(text) + "\x1b[0m";
  }

 private:
  bool colour_;
};

std::vector<Group> grouped(const std::vector<Finding>& findings) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> places;
  for (const Finding& f : findings) {
    const std::string key = f.rule + "\n" + (f.indicator ? f.indicator->value : f.title);
    const auto [place, fresh] = places.emplace(key, groups.size());
    if (fresh) groups.push_back({&f, 0});
    ++groups[place->second].count;
  }
  return groups;
}

void print_group(Page& page, const Group& group, const Catalogue& words, Redaction redaction) {
  const Finding& f = *group.first;
  const std::string severity = words.say("severity." + std::string(severity_name(f.severity)));
  page.line();
  page.line(page.marked(f.severity, "[" + severity + "] ") + visible(f.title));
  if (group.count > 1) page.line(words.say("check.repeated", {{"count", std::to_string(group.count)}}), 4);
  const std::string when = f.time ? to_rfc3339(*f.time) + " (UTC)" : words.say("check.time_unknown");
  page.line(words.say("check.when", {{"time", when}}), 4);
  if (redaction == Redaction::none && !f.value.empty())
    page.paragraph(words.say("check.seen", {{"value", visible(f.value)}}), 4);
  page.line(words.say("check.where", {{"path", visible(f.evidence_path)},
                                      {"row", f.rowid ? std::to_string(*f.rowid) : std::string("–")}}),
            4);
  page.paragraph(visible(f.why), 4);
  page.paragraph(words.say("check.limits", {{"text", visible(f.does_not_prove)}}), 4);
  page.paragraph(words.say("check.next", {{"text", visible(f.next_step)}}), 4);
}

void print_coverage(Page& page, const CheckReport& report, const Catalogue& words) {
  page.line();
  page.heading(words.say("check.coverage_heading"));
  for (SourceStatus status :
       {SourceStatus::parsed, SourceStatus::partial, SourceStatus::unsupported, SourceStatus::absent}) {
    std::string names;
    for (const SourceCoverage& source : report.coverage)
      if (source.status == status) names += (names.empty() ? "" : ", ") + source.source;
    if (!names.empty())
      page.paragraph(words.say("check.coverage." + std::string(source_status_name(status)), {{"sources", names}}), 2);
  }
}

// The sentence `key` of what was named as indicators and is none, or could not be read.
void print_left_out(Page& page, std::string_view key, const std::vector<std::string>& feeds, const Catalogue& words) {
  if (feeds.empty()) return;
  constexpr std::size_t named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(feeds.size(), named); ++i)
    names += (names.empty() ? "" : ", ") + visible(feeds[i]);
  if (feeds.size() > named) names += ", …";
  page.paragraph(words.say_count(key, static_cast<std::int64_t>(feeds.size()), {{"names", names}}), 0);
}

std::optional<Time> newest_entry(const CheckReport& report) {
  std::optional<Time> newest;
  for (const FeedFacts& feed : report.feeds)
    if (feed.newest && (!newest || *newest < *feed.newest)) newest = feed.newest;
  return newest;
}

std::string verdict(const CheckReport& report, const Catalogue& words) {
  if (report.any_at_least(Severity::medium)) return words.say("check.verdict.found");
  return words.say(report.any_partial() ? "check.verdict.incomplete" : "check.verdict.nothing");
}

}  // namespace

void print_summary(const CheckReport& report, const Catalogue& words, const CheckOptions& options) {
  Page page;
  page.heading(verdict(report, words));
  page.line();
  const DeviceFacts& device = report.device;
  page.line(words.say("check.device", {{"product", visible(device.product())},
                                       {"version", visible(device.system_version)},
                                       {"date", device.backup_date ? to_rfc3339(*device.backup_date) : "?"}}));
  if (report.interrupted()) page.paragraph(words.say("check.interrupted"), 0);
  if (report.feeds.empty())
    page.paragraph(words.say("check.no_indicators"), 0);
  else
    page.line(words.say_count("check.indicators", static_cast<std::int64_t>(report.feeds.size()),
                              {{"count", std::to_string(report.indicators)}}));
  if (const auto newest = newest_entry(report))
    page.line(words.say("check.indicators.newest", {{"date", to_rfc3339(*newest)}}));
  if (report.seizure)
    page.paragraph(
        words.say_count("check.seized", static_cast<std::int64_t>(report.while_seized()),
                        {{"from", to_rfc3339(report.seizure->from)}, {"to", to_rfc3339(report.seizure->to)}}),
        0);
  print_left_out(page, "check.unread_feeds", report.unread_feeds, words);
  print_left_out(page, "check.not_feeds", report.not_feeds, words);
  const auto groups = grouped(report.findings);
  for (std::size_t i = 0; i < std::min(groups.size(), most_groups); ++i)
    print_group(page, groups[i], words, options.redaction);
  if (groups.size() > most_groups)
    page.line(words.say_count("check.more", static_cast<std::int64_t>(groups.size() - most_groups)));
  print_coverage(page, report, words);
  page.line();
  page.heading(words.say("check.next_heading"));
  page.paragraph(words.say(report.any_at_least(Severity::medium) ? "check.next.found" : "check.next.nothing"), 2);
  if (options.out_folder) page.line(words.say("check.written", {{"path", visible(*options.out_folder)}}), 2);
}

}  // namespace testudo
