// Feeds made in the tests, and what the lint says of them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "intel/lint/linter.h"

namespace testudo::test {

struct Linted {
  std::vector<LintFinding> findings;

  // "object: value -> mend" of every finding of this defect.
  std::vector<std::string> of(std::string_view defect) const {
    std::vector<std::string> out;
    for (const LintFinding& f : findings)
      if (f.defect == defect) out.push_back(f.object + ": " + f.value + " -> " + f.mend);
    return out;
  }
  std::size_t count(std::string_view defect, std::string_view file = {}) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        findings, [&](const LintFinding& f) { return f.defect == defect && (file.empty() || f.file == file); }));
  }
  bool has(std::string_view file, std::string_view object, std::string_view defect) const {
    return std::ranges::any_of(
        findings, [&](const LintFinding& f) { return f.file == file && f.object == object && f.defect == defect; });
  }
  const LintFinding* find(std::string_view file, std::string_view defect, std::string_view value) const {
    const auto found = std::ranges::find_if(findings, [&](const LintFinding& f) {
      return f.file == file && f.defect == defect && f.value.find(value) != std::string::npos;
    });
    return found == findings.end() ? nullptr : &*found;
  }
};

inline Linted lint(const std::vector<std::pair<std::string, std::string>>& files, std::string_view format = {}) {
  Linted out;
  Linter linter([&](const LintFinding& finding) { out.findings.push_back(finding); });
  for (const auto& [name, text] : files) {
    const std::string base = name.substr(name.rfind('/') + 1);
    const FeedFormat* reads = format.empty() ? recognise_feed(base, text) : feed_format(format);
    if (reads != nullptr) static_cast<void>(linter.feed(name, FeedText{base, text}, *reads));
  }
  linter.finish();
  return out;
}

}  // namespace testudo::test
