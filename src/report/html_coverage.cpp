// Coverage in report.html: every source, what was read of it, and why not where it was not. Floor 5.

#include "report/coverage_words.h"
#include "report/html_page.h"
#include "report/html_table.h"

namespace testudo {
namespace {

class Coverage {
 public:
  explicit Coverage(const Page& page) : page_(page), html_(page.html), words_(page.words) {}

  void write() {
    Table table(
        html_, words_.say("report.coverage.caption"),
        {words_.say("report.column.source"), words_.say("report.column.status"), words_.say("report.column.records"),
         words_.say("report.column.span"), words_.say("report.column.remarks")});
    // What could not be read comes first: that is what a reader must not overlook.
    for (const SourceStatus status :
         {SourceStatus::partial, SourceStatus::unsupported, SourceStatus::parsed, SourceStatus::absent})
      for (const SourceCoverage& source : page_.report.coverage)
        if (source.status == status) write_source(table, source);
  }

 private:
  using Is = Table::Is;

  void write_source(Table& table, const SourceCoverage& source) {
    const std::string status(source_status_name(source.status));
    Table::Row row(table, "status-" + status);
    {
      const Table::Cell name(row, Is::head);
      html_.text(name_of_source(words_, source.source));
      html_.element("code", source.source, {{"class", "small"}, {"dir", "ltr"}});
    }
    row.text(words_.say("report.status." + status), Is::value, "status");
    const bool read = source.status == SourceStatus::parsed || source.status == SourceStatus::partial;
    row.text(read ? grouped_digits(source.records) : "–", read ? Is::value : Is::blank, "number");
    write_span(row, source);
    write_remarks(row, source);
  }

  void write_span(Table::Row& row, const SourceCoverage& source) {
    const bool known = source.first_time && source.last_time;
    const Table::Cell cell(row, known ? Is::value : Is::blank);
    if (!known) {
      html_.text("–");
      return;
    }
    html_.element("time", plain_day(*source.first_time),
                  {{"datetime", to_rfc3339(*source.first_time)}, {"dir", "ltr"}});
    html_.text(" – ");
    html_.element("time", plain_day(*source.last_time), {{"datetime", to_rfc3339(*source.last_time)}, {"dir", "ltr"}});
  }

  void write_remarks(Table::Row& row, const SourceCoverage& source) {
    const Table::Cell cell(row, source.reason.empty() && source.anomalies.empty() ? Is::blank : Is::value);
    if (!source.reason.empty()) {
      const std::string key = "coverage.reason." + source.reason;
      html_.element("p", words_.has(key) ? words_.say(key) : source.reason);
    }
    if (source.anomalies.empty()) return;
    const Element list(html_, "ul", {{"class", "anomalies"}});
    for (const Anomaly& anomaly : source.anomalies) write_anomaly(anomaly);
  }

  void write_anomaly(const Anomaly& anomaly) {
    const Element item(html_, "li");
    const std::string key = "anomaly." + anomaly.name;
    if (words_.has(key)) html_.text(words_.say(key) + " ");
    html_.element("code", anomaly.name, {{"class", "small"}, {"dir", "ltr"}});
    std::string places = words_.say_count("report.anomaly.count", static_cast<std::int64_t>(anomaly.count));
    if (anomaly.offset)
      places += ", " + words_.say("report.anomaly.first", {{"place", std::to_string(*anomaly.offset)}});
    html_.text(" (" + places + ")");
  }

  const Page& page_;
  Html& html_;
  const Catalogue& words_;
};

}  // namespace

void write_coverage(const Page& page) {
  const Element section(page.html, "section", {{"aria-labelledby", "coverage"}});
  write_heading(page, "coverage", page.words.say("report.heading.coverage"));
  page.html.element("p", page.words.say("report.coverage.intro"), {{"class", "note"}});
  Coverage(page).write();
  if (page.report.rule_failures.empty()) return;
  page.html.element("p", page.words.say("report.coverage.rule_failures"));
  const Element list(page.html, "ul");
  for (const std::string& failure : page.report.rule_failures) page.html.element("li", failure);
}

}  // namespace testudo
