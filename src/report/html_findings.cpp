// Findings of report.html: one card a group, each explaining itself, with the instances and the exact values folded.
// Floor 5.
#include <simdjson.h>

#include <algorithm>
#include <functional>

#include "report/coverage_words.h"
#include "report/finding_words.h"
#include "report/html_page.h"
#include "report/html_table.h"

namespace testudo {
namespace {

constexpr std::size_t most_groups = 150;
constexpr std::size_t most_instances = 20;
constexpr std::size_t longest_cell = 300;  // octets of a value in a table; the folder of results has the whole

void write_code(Html& html, const std::string& text) {
  html.element("code", cut_text(text, longest_cell), {{"dir", "ltr"}});
}

class Card {
 public:
  Card(const Page& page, const FindingGroup& group, std::size_t number)
      : html_(page.html), words_(page.words), group_(group), first_(group.front()), number_(number) {}

  void write() {
    const std::string severity(severity_name(first_.severity));
    const std::string id = "finding-" + std::to_string(number_);
    html_.line();
    const Element card(html_, "article", {{"class", "card card-" + severity}, {"aria-labelledby", id}});
    write_head(id);
    html_.element("p", defanged_sentence(first_.why, first_), {{"class", "why"}});
    write_facts();
    write_block("block limits", words_.say("report.finding.limits"), first_.does_not_prove);
    write_block("block next", words_.say("report.finding.next"), first_.next_step);
    if (group_.findings.size() > 1) write_instances();
    write_expert();
  }

 private:
  void write_head(const std::string& id) {
    {
      const Element badge(html_, "p", {{"class", "badge"}});
      write_severity_mark(html_, first_.severity);
      html_.text(severity_word(words_, first_.severity));
    }
    html_.element("h3", heading(), {{"id", id}});
  }

  // Of many indicators of one threat each has its own entry: whoever goes from heading to heading must tell them apart.
  std::string heading() const {
    std::string title = defanged_sentence(first_.title, first_);
    if (!first_.indicator) return title;
    const IndicatorRef& met = *first_.indicator;
    return words_.say("report.finding.heading",
                      {{"title", title}, {"value", cut_text(defanged(met.value, met.type), longest_cell)}});
  }

  // On paper harmless too: programs that show a printed page make links of what looks like one.
  void write_exact(const std::string& exact, const std::string& harmless) {
    const Element code(html_, "code",
                       {{"class", "exact"}, {"dir", "ltr"}, {"data-on-paper", cut_text(harmless, longest_cell)}});
    html_.element("span", cut_text(exact, longest_cell));
  }

  void write_fact(const std::string& name, const std::function<void()>& content) {
    const Element row(html_, "div");
    html_.element("dt", name);
    const Element value(html_, "dd");
    content();
  }

  void write_facts() {
    const Element list(html_, "dl", {{"class", "facts"}});
    if (!first_.value.empty())
      write_fact(words_.say("report.finding.seen"), [&] { write_code(html_, defanged_value(first_)); });
    write_fact(words_.say("report.finding.when"), [&] { write_when(); });
    write_fact(words_.say("report.finding.where"), [&] { write_where(); });
    write_fact(words_.say("report.finding.how_sure"), [&] { html_.text(how_sure()); });
  }

  void write_when() {
    if (!group_.first) {
      html_.text(words_.say("report.finding.no_time"));
      return;
    }
    if (group_.findings.size() > 1) {
      html_.text(words_.say_count("report.finding.times", static_cast<std::int64_t>(group_.findings.size())) + " ");
      write_time(html_, *group_.first);
      if (*group_.last == *group_.first) return;
      html_.text(" – ");
      write_time(html_, *group_.last);
      return;
    }
    write_time(html_, *group_.first);
  }

  void write_where() {
    html_.text(name_of_source(words_, first_.source) + ": ");
    write_code(html_, first_.evidence_path);
    if (first_.rowid) html_.text(", " + words_.say("report.finding.row", {{"row", std::to_string(*first_.rowid)}}));
    if (first_.offset)
      html_.text(", " + words_.say("report.finding.offset", {{"offset", std::to_string(*first_.offset)}}));
    write_state(first_);
    if (first_.evidence_sha256.empty()) return;
    html_.leaf("br");
    html_.text(words_.say("report.finding.sha256") + " ");
    html_.element("code", first_.evidence_sha256, {{"class", "hash"}, {"dir", "ltr"}});
  }

  // Which state of a database the row was read from; the usual one needs no word.
  void write_state(const Finding& f) {
    const std::string key = "report.state." + f.state;
    if (!f.state.empty() && f.state != "current")
      html_.text(" (" + (words_.has(key) ? words_.say(key) : f.state) + ")");
  }

  std::string how_sure() const {
    const char* level = first_.confidence >= 80 ? "high" : first_.confidence >= 50 ? "middle" : "low";
    std::string text =
        words_.say("report.confidence." + std::string(level), {{"n", std::to_string(first_.confidence)}});
    return text + " " + words_.say("report.corroboration." + std::string(corroboration_name(first_.corroboration)));
  }

  void write_block(std::string_view style, const std::string& heading, const std::string& text) {
    if (text.empty()) return;
    const Element block(html_, "div", {{"class", std::string(style)}});
    html_.element("h4", heading);
    html_.element("p", defanged_sentence(text, first_));
  }

  void write_instances() {
    const std::size_t shown = std::min(group_.findings.size(), most_instances);
    const Element fold(html_, "details");
    html_.element("summary", words_.say("report.instances", {{"shown", std::to_string(shown)},
                                                             {"all", grouped_digits(group_.findings.size())}}));
    {
      Table table(
          html_, words_.say("report.instances.caption"),
          {words_.say("report.column.time"), words_.say("report.column.seen"), words_.say("report.column.where")});
      for (std::size_t i = 0; i < shown; ++i) write_instance(table, *group_.findings[i]);
    }
    if (shown < group_.findings.size())
      html_.element(
          "p", words_.say_count("report.instances.more", static_cast<std::int64_t>(group_.findings.size() - shown)));
  }

  void write_instance(Table& table, const Finding& f) {
    Table::Row row(table);
    {
      const Table::Cell cell(row);
      if (f.time)
        write_time(html_, *f.time);
      else
        html_.text(words_.say("report.finding.no_time"));
    }
    {
      const Table::Cell cell(row, f.value.empty() && f.detail.empty() ? Table::Is::blank : Table::Is::value);
      if (!f.value.empty()) write_code(html_, defanged_value(f));
      if (!f.detail.empty()) html_.element("p", cut_text(defanged_sentence(f.detail, f), longest_cell));
    }
    const Table::Cell cell(row);
    write_code(html_, f.evidence_path);
    if (f.rowid) html_.text(" " + words_.say("report.finding.row", {{"row", std::to_string(*f.rowid)}}));
    write_state(f);
  }

  void write_expert() {
    const Element fold(html_, "details", {{"class", "expert"}});
    html_.element("summary", words_.say("report.expert"));
    {
      const Element list(html_, "dl", {{"class", "facts"}});
      write_fact(words_.say("report.expert.finding"), [&] { write_code(html_, first_.id); });
      write_fact(words_.say("report.expert.rule"), [&] { write_code(html_, first_.rule); });
      if (!first_.rule_sources.empty())
        write_fact(words_.say("report.expert.rule_sources"),
                   [&] { html_.text(defanged_sentence(first_.rule_sources, first_)); });
      if (!first_.value.empty())
        write_fact(words_.say("report.expert.exact"), [&] { write_exact(first_.value, defanged_value(first_)); });
      write_fact(words_.say("report.expert.time_basis"), [&] { write_code(html_, first_.time_basis); });
    }
    if (first_.indicator) write_indicators();
    write_record();
  }

  void write_indicators() {
    Table table(html_, words_.say("report.indicators.caption"),
                {words_.say("report.column.kind"), words_.say("report.column.value"), words_.say("report.column.feed"),
                 words_.say("report.column.threat"), words_.say("report.column.id")});
    write_indicator(table, *first_.indicator);
    for (std::size_t i = 0; i < std::min(first_.also.size(), most_instances); ++i)
      write_indicator(table, first_.also[i]);
  }

  void write_indicator(Table& table, const IndicatorRef& indicator) {
    for (const IndicatorSource& source : indicator.sources) {
      Table::Row row(table);
      row.text(std::string(kind_name(indicator.type)));
      {
        const Table::Cell cell(row);
        write_exact(indicator.value, defanged(indicator.value, indicator.type));
      }
      row.text(source.feed);
      row.text(source.threat, source.threat.empty() ? Table::Is::blank : Table::Is::value);
      const Table::Cell cell(row, source.id.empty() ? Table::Is::blank : Table::Is::value);
      write_code(html_, source.id);
    }
  }

  // The stored record, field by field. Its JSON is our own or a case's: what is no object is left out.
  void write_record() {
    simdjson::dom::parser parser;
    simdjson::dom::object fields;
    if (parser.parse(simdjson::padded_string(first_.fields_json)).get(fields) != simdjson::SUCCESS ||
        fields.size() == 0)
      return;
    const Element scroll(html_, "div",
                         {{"class", "wide"},
                          {"tabindex", "0"},
                          {"role", "region"},
                          {"aria-label", words_.say("report.record.caption")}});
    const Element table(html_, "table");
    html_.element("caption", words_.say("report.record.caption") + " " + first_.record);
    const Element body(html_, "tbody");
    for (const auto field : fields) {
      const Element row(html_, "tr");
      html_.element("th", field.key, {{"scope", "row"}});
      const Element cell(html_, "td");
      std::string_view text;
      const std::string exact = cut_text(
          field.value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(field.value), longest_cell);
      write_exact(exact, defanged_sentence(exact, first_));
    }
  }

  Html& html_;
  const Catalogue& words_;
  const FindingGroup& group_;
  const Finding& first_;
  std::size_t number_;
};

}  // namespace

void write_findings(const Page& page) {
  const Element section(page.html, "section", {{"aria-labelledby", "findings"}});
  write_heading(page, "findings", page.words.say("report.heading.findings"));
  if (page.groups.empty()) {
    page.html.element("p", nothing_found(page.report, page.words));
    return;
  }
  page.html.element("p", page.words.say("report.findings.intro"), {{"class", "note"}});
  page.html.element("p", page.words.say("report.findings.on_paper"), {{"class", "note on-paper"}});
  const std::size_t shown = std::min(page.groups.size(), most_groups);
  for (std::size_t i = 0; i < shown; ++i) Card(page, page.groups[i], i + 1).write();
  if (shown < page.groups.size())
    page.html.element(
        "p", page.words.say_count("report.findings.more", static_cast<std::int64_t>(page.groups.size() - shown)));
  if (page.report.findings_left_out > 0)
    page.html.element(
        "p", page.words.say("report.findings.left_out", {{"n", grouped_digits(page.report.findings_left_out)}}));
}

}  // namespace testudo
