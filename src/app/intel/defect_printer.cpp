#include "app/intel/defect_printer.h"

#include <cstdio>

#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
DefectPrinter::Shared& DefectPrinter::shared(const std::string& defect) {
  const auto [at, is_new] = defects_.try_emplace(defect);
  if (is_new) {
    if (const LintDefect* row = lint_defect(defect)) at->second.severity = row->severity;
    const std::string key = "lint." + defect;
    at->second.sentence = words_.say(key);
    if (words_.has(key + ".mend")) at->second.mend = words_.say(key + ".mend");
  }
  return at->second;
}

// Thousands of lines of the same shape: the names of their members are not written as strings each time.
void DefectPrinter::print_json(const LintFinding& finding, const Shared& defect) {
  const auto member = [&](std::string_view name, std::string_view value) {
    line_ += name;
    append_json_string(line_, value);
  };
  member(R"({"file":)", finding.file);
  member(R"(,"object":)", finding.object);
  member(R"(,"defect":)", finding.defect);
  member(R"(,"value":)", finding.value);
  member(R"(,"mend":)", finding.mend.empty() ? defect.mend : finding.mend);
  member(R"(,"severity":)", lint_severity_name(defect.severity));
  line_ += "}\n";
}

void DefectPrinter::print_text(const LintFinding& finding, const Shared& defect) {
  const auto say = [&](std::string_view key, std::initializer_list<Catalogue::Argument> arguments) {
    line_ += words_.say(key, arguments);
    line_ += '\n';
  };
  const auto say_if_any = [&](std::string_view key, std::string_view name, const std::string& value) {
    if (!value.empty()) say(key, {{name, visible(value)}});
  };
  say("intel.lint.line", {{"file", visible(finding.file)},
                          {"severity", std::string(lint_severity_name(defect.severity))},
                          {"sentence", defect.sentence}});
  say_if_any("intel.lint.object", "object", finding.object);
  say_if_any("intel.lint.value", "value", finding.value);
  say_if_any("intel.lint.mend", "mend", finding.mend.empty() ? defect.mend : finding.mend);
}

void DefectPrinter::print(const LintFinding& finding) {
  Shared& defect = shared(finding.defect);
  if (defect.severity < least_) return;
  ++all_;
  ++defect.found;
  line_.clear();
  if (style_ == Style::json) print_json(finding, defect);
  if (style_ == Style::text) print_text(finding, defect);
  std::fwrite(line_.data(), 1, line_.size(), stdout);
}

void DefectPrinter::print_json_counts() const {
  std::string text;
  JsonText json(text);
  json.object().key("all").integer(static_cast<std::int64_t>(all_)).key("defects").array();
  for (const auto& [name, defect] : defects_) {
    if (defect.found == 0) continue;
    json.object().key("defect").string(name).key("count").integer(static_cast<std::int64_t>(defect.found));
    json.key("severity").string(lint_severity_name(defect.severity)).end();
  }
  json.end().end();
  std::puts(text.c_str());
}

void DefectPrinter::print_counts() const {
  if (style_ == Style::json) return;
  if (style_ == Style::json_counts) return print_json_counts();
  for (const auto& [name, defect] : defects_) {
    if (defect.found == 0) continue;
    const auto line = words_.say(
        "intel.lint.count", {{"n", std::to_string(defect.found)}, {"defect", name}, {"sentence", defect.sentence}});
    std::puts(line.c_str());
  }
  std::puts(all_ == 0 ? words_.say("intel.lint.none").c_str()
                      : words_.say_count("intel.lint.all", static_cast<std::int64_t>(all_)).c_str());
}

}  // namespace testudo
