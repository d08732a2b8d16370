// The defects that a feed can have: one row a word. Floor 3. What each is and how it is mended stands in the catalogue
// under "lint.WORD" and "lint.WORD.mend"; docs/manual/lint.md lists all (tests/intel/lint keeps the three together).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace testudo {

// error: the indicator is useless, harmful or unreadable for tools that keep to the letter; warning: some tools miss it
// or raise false alarms; info: what a better feed would say.
enum class LintSeverity : std::uint8_t { info, warning, error };
std::string_view lint_severity_name(LintSeverity severity);

struct LintDefect {
  std::string_view word;
  LintSeverity severity;
};

std::span<const LintDefect> lint_defects();
// Nothing for a word that is not in the table.
const LintDefect* lint_defect(std::string_view word);

}  // namespace testudo
