#include "report/finding_words.h"

namespace testudo {

std::string verdict_sentence(const CheckReport& report, const Catalogue& words, bool whole) {
  if (report.any_at_least(Severity::medium)) return words.say("check.verdict.found");
  const bool incomplete = report.is_incomplete() || !whole;
  if (!report.findings.empty()) return words.say(incomplete ? "check.verdict.weak_incomplete" : "check.verdict.weak");
  return words.say(incomplete ? "check.verdict.incomplete" : "check.verdict.nothing");
}

std::string severity_counts(const CheckReport& report, const Catalogue& words) {
  const auto counts = report.by_severity();
  std::string text;
  for (std::size_t i = counts.size(); i-- > 0;) {
    if (counts[i] == 0) continue;
    if (!text.empty()) text += ", ";
    text +=
        std::to_string(counts[i]) + " " + words.say("severity." + std::string(severity_name(static_cast<Severity>(i))));
  }
  return text;
}

std::string cut_text(const std::string& text, std::size_t octets) {
  if (text.size() <= octets) return text;
  std::size_t end = octets;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace testudo
