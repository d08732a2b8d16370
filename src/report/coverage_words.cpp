#include "report/coverage_words.h"

#include <algorithm>

namespace testudo {

std::string name_of_source(const Catalogue& words, std::string_view source) {
  const std::string key = "source." + std::string(source);
  return words.has(key) ? words.say(key) : std::string(source);
}

std::string sentence_of_anomaly(const Catalogue& words, const Anomaly& anomaly) {
  const std::string key = "anomaly." + anomaly.name;
  return words.has(key) ? words.say(key) : anomaly.name;
}

std::string oddities_of(const Catalogue& words, const SourceCoverage& source) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(source.anomalies.size(), most); ++i)
    text.append(text.empty() ? "" : " ").append(sentence_of_anomaly(words, source.anomalies[i]));
  return source.anomalies.size() > most ? text + " …" : text;
}

bool is_gap(const SourceCoverage& source) {
  return source.status == SourceStatus::partial || source.status == SourceStatus::unsupported;
}

std::string names_of_gaps(const CheckReport& report, const Catalogue& words) {
  std::string names;
  for (const SourceCoverage& source : report.coverage)
    if (is_gap(source)) names += (names.empty() ? "" : ", ") + name_of_source(words, source.source);
  return names;
}

std::string rules_not_run(const CheckReport& report, const Catalogue& words) {
  std::string names;
  for (const std::string& failure : report.rule_failures)  // "rule: what the database says"
    names += (names.empty() ? "" : ", ") + failure.substr(0, failure.find(':'));
  return names.empty() ? names : words.say("report.verdict.rules_not_run", {{"names", names}});
}

std::string nothing_found(const CheckReport& report, const Catalogue& words) {
  const std::string gaps = names_of_gaps(report, words);
  return gaps.empty() ? words.say("report.findings.none") : words.say("report.findings.none_but", {{"sources", gaps}});
}

}  // namespace testudo
