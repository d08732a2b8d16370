// DefectPrinter: what is wrong with feeds, on standard output as it is found, for people or as one JSON document a
// line. Floor 7.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/catalogue.h"
#include "intel/lint/defects.h"
#include "intel/lint/lint_finding.h"

namespace testudo {

class DefectPrinter {
 public:
  enum class Style : std::uint8_t { text, json, counts, json_counts };
  // Borrows the words. Defects below `least` are neither printed nor counted.
  DefectPrinter(const Catalogue& words, Style style, LintSeverity least = LintSeverity::info)
      : words_(words), style_(style), least_(least) {}

  void print(const LintFinding& finding);
  // How often each defect was found; nothing as `json`, of which each line is a defect.
  void print_counts() const;
  std::uint64_t printed() const { return all_; }

 private:
  // What all findings of one defect share: looked up once, not for each of thousands of lines.
  struct Shared {
    LintSeverity severity = LintSeverity::warning;
    std::string sentence, mend;
    std::uint64_t found = 0;
  };

  Shared& shared(const std::string& defect);
  void print_json(const LintFinding& finding, const Shared& defect);
  void print_text(const LintFinding& finding, const Shared& defect);
  void print_json_counts() const;

  const Catalogue& words_;
  Style style_;
  LintSeverity least_;
  std::map<std::string, Shared> defects_;
  std::uint64_t all_ = 0;
  std::string line_;  // that is printed, for its memory
};

}  // namespace testudo
