// HTML page: the parts of report.html and what they share. Each part is a file. Floor 5.
#pragma once

#include <optional>
#include <string>

#include "base/catalogue.h"
#include "report/check_report.h"
#include "report/finding_groups.h"
#include "report/html_writer.h"

namespace testudo {

// What every part gets. The report is redacted already where that was asked for.
struct Page {
  Html& html;
  const CheckReport& report;
  const std::vector<FindingGroup>& groups;
  const Catalogue& words;
  bool redacted = false;
};

// The parts, in the order of the page.
void write_verdict(const Page& page);
void write_next_steps(const Page& page);
void write_life(const Page& page);  // the picture
void write_findings(const Page& page);
void write_coverage(const Page& page);
void write_device(const Page& page);
void write_feeds(const Page& page);
void write_evidence(const Page& page);  // stored files with their hashes
void write_how_to_verify(const Page& page);
void write_limits(const Page& page);
void write_glossary(const Page& page);

// A heading of a part, with its anchor.
void write_heading(const Page& page, std::string_view anchor, const std::string& text);
// "2024-05-01 10:00:00" inside <time>, always in UTC, which the page says once.
void write_time(Html& html, Time time);
std::string plain_time(Time time);  // the same text alone
std::string plain_day(Time time);   // "2024-05-01"
// 1234567 with narrow spaces between groups of three.
std::string grouped_digits(std::uint64_t number);
std::string severity_word(const Catalogue& words, Severity severity);
// The mark of a severity, told apart by its shape: a small picture beside its word.
void write_severity_mark(Html& html, Severity severity);
// The same shape inside a picture, centred at (x, y).
void draw_severity_shape(Html& html, Severity severity, double x, double y, double radius);
// A number with at most one decimal, as SVG wants it.
std::string svg_number(double value);

}  // namespace testudo
