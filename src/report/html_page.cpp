// What the parts of report.html share: headings, times, numbers, marks. Floor 5.
#include "report/html_page.h"

#include <fmt/format.h>

#include <cmath>

namespace testudo {

void write_heading(const Page& page, std::string_view anchor, const std::string& text) {
  page.html.line().element("h2", text, {{"id", std::string(anchor)}}).line();
}

std::string plain_time(Time time) {
  std::string text = to_rfc3339(time);
  if (text.size() < 19) return text;
  text[10] = ' ';
  return text.substr(0, 19);
}

std::string plain_day(Time time) { return to_rfc3339(time).substr(0, 10); }

void write_time(Html& html, Time time) {
  html.element("time", plain_time(time), {{"datetime", to_rfc3339(time)}, {"dir", "ltr"}});
}

std::string grouped_digits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += "\u202F";
    out.push_back(digits[i]);
  }
  return out;
}

std::string severity_word(const Catalogue& words, Severity severity) {
  return words.say("severity." + std::string(severity_name(severity)));
}

std::string svg_number(double value) {
  const double tenths = std::round(value * 10) / 10;
  return fmt::format("{:g}", tenths == 0 ? 0.0 : tenths);
}

void draw_severity_shape(Html& html, Severity severity, double x, double y, double r) {
  const std::string name = "mark mark-" + std::string(severity_name(severity));
  const auto at = [&](double dx, double dy) { return svg_number(x + dx * r) + "," + svg_number(y + dy * r); };
  switch (severity) {
    case Severity::critical:
      html.leaf("polygon", {{"class", name},
                            {"points", at(0, -1.25) + " " + at(1.25, 0) + " " + at(0, 1.25) + " " + at(-1.25, 0)}});
      break;
    case Severity::high:
      html.leaf("polygon", {{"class", name}, {"points", at(0, -1.15) + " " + at(1.15, 0.9) + " " + at(-1.15, 0.9)}});
      break;
    case Severity::medium:
      html.leaf("rect", {{"class", name},
                         {"x", svg_number(x - r * 0.9)},
                         {"y", svg_number(y - r * 0.9)},
                         {"width", svg_number(r * 1.8)},
                         {"height", svg_number(r * 1.8)}});
      break;
    case Severity::low:
      html.leaf("circle", {{"class", name}, {"cx", svg_number(x)}, {"cy", svg_number(y)}, {"r", svg_number(r)}});
      break;
    case Severity::info:
      html.leaf("circle", {{"class", name}, {"cx", svg_number(x)}, {"cy", svg_number(y)}, {"r", svg_number(r * 0.75)}});
      break;
  }
}

void write_severity_mark(Html& html, Severity severity) {
  const Element svg(html, "svg",
                    {{"class", "sign"}, {"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}, {"focusable", "false"}});
  draw_severity_shape(html, severity, 8, 8, 5.5);
}

}  // namespace testudo
