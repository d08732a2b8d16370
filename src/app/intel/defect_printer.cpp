#include "app/intel/defect_printer.h"

#include <cstdio>

#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
namespace {

LintSeverity severity_of(std::string_view defect) {
  const LintDefect* row = lint_defect(defect);
  return row == nullptr ? LintSeverity::warning : row->severity;
}

std::string mend_of(const LintFinding& finding, const Catalogue& words) {
  if (!finding.mend.empty()) return finding.mend;
  const std::string key = "lint." + finding.defect + ".mend";
  return words.has(key) ? words.say(key) : std::string();
}

// Thousands of lines of the same shape: the names of their members are not written as strings each time.
void print_json(const LintFinding& finding, const Catalogue& words, std::string& line) {
  line.clear();
  const auto member = [&](std::string_view name, std::string_view value) {
    line += name;
    append_json_string(line, value);
  };
  member(R"({"file":)", finding.file);
  member(R"(,"object":)", finding.object);
  member(R"(,"defect":)", finding.defect);
  member(R"(,"value":)", finding.value);
  member(R"(,"mend":)", mend_of(finding, words));
  member(R"(,"severity":)", lint_severity_name(severity_of(finding.defect)));
  line += "}\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
}

void print_text(const LintFinding& finding, const Catalogue& words) {
  const auto say = [&](std::string_view key, std::string_view name, const std::string& value) {
    if (!value.empty()) std::puts(words.say(key, {{name, visible(value)}}).c_str());
  };
  std::puts(words
                .say("intel.lint.line", {{"file", visible(finding.file)},
                                         {"severity", std::string(lint_severity_name(severity_of(finding.defect)))},
                                         {"sentence", words.say("lint." + finding.defect)}})
                .c_str());
  say("intel.lint.object", "object", finding.object);
  say("intel.lint.value", "value", finding.value);
  say("intel.lint.mend", "mend", mend_of(finding, words));
}

}  // namespace

void DefectPrinter::print(const LintFinding& finding) {
  if (severity_of(finding.defect) < least_) return;
  ++all_;
  ++counts_[finding.defect];
  if (style_ == Style::json) print_json(finding, words_, line_);
  if (style_ == Style::text) print_text(finding, words_);
}

void DefectPrinter::print_json_counts() const {
  std::string text;
  JsonText json(text);
  json.object().key("all").integer(static_cast<std::int64_t>(all_)).key("defects").array();
  for (const auto& [defect, n] : counts_) {
    json.object().key("defect").string(defect).key("count").integer(static_cast<std::int64_t>(n));
    json.key("severity").string(lint_severity_name(severity_of(defect))).end();
  }
  json.end().end();
  std::puts(text.c_str());
}

void DefectPrinter::print_counts() const {
  if (style_ == Style::json) return;
  if (style_ == Style::json_counts) return print_json_counts();
  for (const auto& [defect, n] : counts_)
    std::puts(words_
                  .say("intel.lint.count",
                       {{"n", std::to_string(n)}, {"defect", defect}, {"sentence", words_.say("lint." + defect)}})
                  .c_str());
  std::puts(all_ == 0 ? words_.say("intel.lint.none").c_str()
                      : words_.say_count("intel.lint.all", static_cast<std::int64_t>(all_)).c_str());
}

}  // namespace testudo
