#include "report/coverage_words.h"

namespace testudo {

std::string name_of_source(const Catalogue& words, std::string_view source) {
  const std::string key = "source." + std::string(source);
  return words.has(key) ? words.say(key) : std::string(source);
}

std::string sentence_of_anomaly(const Catalogue& words, const Anomaly& anomaly) {
  const std::string key = "anomaly." + anomaly.name;
  return words.has(key) ? words.say(key) : anomaly.name;
}

}  // namespace testudo
