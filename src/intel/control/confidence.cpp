// The tables. Values and ranges are those of the documents named in the header.
#include "intel/control/confidence.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/text.h"

namespace testudo {
namespace {

using Step = ConfidenceStep;

constexpr std::array none_to_high{Step{"none", 0, 0, 0}, Step{"low", 15, 1, 29}, Step{"med", 50, 30, 69},
                                  Step{"high", 85, 70, 100}};
constexpr std::array zero_to_ten{Step{"0", 0, 0, 4},    Step{"1", 10, 5, 14},    Step{"2", 20, 15, 24},
                                 Step{"3", 30, 25, 34}, Step{"4", 40, 35, 44},   Step{"5", 50, 45, 54},
                                 Step{"6", 60, 55, 64}, Step{"7", 70, 65, 74},   Step{"8", 80, 75, 84},
                                 Step{"9", 90, 85, 94}, Step{"10", 100, 95, 100}};
constexpr std::array admiralty{Step{"5", 10, 0, 19}, Step{"4", 30, 20, 39}, Step{"3", 50, 40, 59},
                               Step{"2", 70, 60, 79}, Step{"1", 90, 80, 100}};
constexpr std::array wep{Step{"impossible", 0, 0, 0},   Step{"highly unlikely", 10, 1, 19},
                         Step{"unlikely", 30, 20, 39},  Step{"even chance", 50, 40, 59},
                         Step{"likely", 70, 60, 79},    Step{"highly likely", 90, 80, 99},
                         Step{"certain", 100, 100, 100}};
constexpr std::array dni{Step{"almost no chance", 5, 0, 9},  Step{"very unlikely", 15, 10, 19},
                         Step{"unlikely", 30, 20, 39},       Step{"roughly even chance", 50, 40, 59},
                         Step{"likely", 70, 60, 79},         Step{"very likely", 85, 80, 89},
                         Step{"almost certain", 95, 90, 100}};
// MISP gives values alone; a value between two becomes the nearer one, the lower of two that are as near.
constexpr std::array misp{Step{"unconfident", 0, 0, 12}, Step{"rarely-confident", 25, 13, 37},
                          Step{"fairly-confident", 50, 38, 62}, Step{"usually-confident", 75, 63, 87},
                          Step{"completely-confident", 100, 88, 100}};
// The values are the lower ends of the ranges that the taxonomy names ("likely": 55 to 80 %).
constexpr std::array estimative{Step{"almost-no-chance", 0, 0, 4},  Step{"very-unlikely", 5, 5, 19},
                                Step{"unlikely", 20, 20, 44},       Step{"roughly-even-chance", 45, 45, 54},
                                Step{"likely", 55, 55, 79},         Step{"very-likely", 80, 80, 94},
                                Step{"almost-certain", 95, 95, 100}};
constexpr std::array analytic{Step{"low", 0, 0, 54}, Step{"moderate", 55, 55, 94}, Step{"high", 95, 95, 100}};

struct Synonym {
  ConfidenceScale scale;
  std::string_view word, same_as;
};
// The scales of words give two for a step, and feeds write medium for med.
constexpr std::array synonyms{
    Synonym{ConfidenceScale::none_to_high, "medium", "med"},
    Synonym{ConfidenceScale::wep, "almost certainly not", "highly unlikely"},
    Synonym{ConfidenceScale::wep, "probably not", "unlikely"},
    Synonym{ConfidenceScale::wep, "probable", "likely"},
    Synonym{ConfidenceScale::wep, "almost certain", "highly likely"},
    Synonym{ConfidenceScale::dni, "remote", "almost no chance"},
    Synonym{ConfidenceScale::dni, "highly improbable", "very unlikely"},
    Synonym{ConfidenceScale::dni, "improbable", "unlikely"},
    Synonym{ConfidenceScale::dni, "roughly even odds", "roughly even chance"},
    Synonym{ConfidenceScale::dni, "probable", "likely"},
    Synonym{ConfidenceScale::dni, "highly probable", "very likely"},
    Synonym{ConfidenceScale::dni, "nearly certain", "almost certain"},
};

constexpr unsigned most_by_corroboration = 95;

}  // namespace

std::span<const ConfidenceStep> confidence_steps(ConfidenceScale scale) {
  switch (scale) {
    case ConfidenceScale::none_to_high:
      return none_to_high;
    case ConfidenceScale::zero_to_ten:
      return zero_to_ten;
    case ConfidenceScale::admiralty:
      return admiralty;
    case ConfidenceScale::wep:
      return wep;
    case ConfidenceScale::dni:
      return dni;
    case ConfidenceScale::misp:
      return misp;
    case ConfidenceScale::estimative_likelihood:
      return estimative;
    case ConfidenceScale::analytic:
      return analytic;
  }
  return {};
}

std::optional<std::uint8_t> confidence_from(ConfidenceScale scale, std::string_view word) {
  word = trim(word);
  for (const Synonym& synonym : synonyms)
    if (synonym.scale == scale && equals_ignoring_case(synonym.word, word)) word = synonym.same_as;
  for (const ConfidenceStep& step : confidence_steps(scale))
    if (equals_ignoring_case(step.word, word)) return step.value;
  return std::nullopt;
}

std::string_view confidence_word(ConfidenceScale scale, unsigned value) {
  value = std::min(value, 100U);
  for (const ConfidenceStep& step : confidence_steps(scale))
    if (value <= step.to) return step.word;
  return {};
}

std::optional<std::uint8_t> admiralty_confidence(char reliability, char credibility) {
  constexpr std::array<unsigned, 6> percent{100, 90, 75, 50, 25, 75};  // A to F
  if (reliability >= 'a' && reliability <= 'f') reliability = static_cast<char>(reliability - 32);
  if (reliability < 'A' || reliability > 'F') return std::nullopt;
  const auto stated = confidence_from(ConfidenceScale::admiralty, {&credibility, 1});
  if (!stated) return std::nullopt;
  return static_cast<std::uint8_t>(*stated * percent[static_cast<std::size_t>(reliability - 'A')] / 100);
}

std::optional<std::uint8_t> misp_reliability(char reliability) {
  constexpr std::array<std::uint8_t, 7> values{100, 75, 50, 25, 0, 50, 0};  // a to g; g: deliberately deceptive
  if (reliability >= 'A' && reliability <= 'G') reliability = static_cast<char>(reliability + 32);
  if (reliability < 'a' || reliability > 'g') return std::nullopt;
  return values[static_cast<std::size_t>(reliability - 'a')];
}

std::optional<std::uint8_t> misp_credibility(char credibility) {
  constexpr std::array<std::uint8_t, 6> values{100, 75, 50, 25, 0, 50};  // 1 to 6
  if (credibility < '1' || credibility > '6') return std::nullopt;
  return values[static_cast<std::size_t>(credibility - '1')];
}

std::optional<std::uint8_t> combined_confidence(const StoredIndicator& indicator) {
  std::map<std::string_view, std::uint8_t> by_source;
  for (const StoredClaim& claim : indicator.claims) {
    if (claim.revoked || !claim.confidence || claim.role == Role::victim || claim.role == Role::benign) continue;
    std::uint8_t& surest = by_source[claim.source];
    surest = std::max(surest, std::min<std::uint8_t>(*claim.confidence, 100));
  }
  if (by_source.empty()) return std::nullopt;
  std::vector<std::uint8_t> values;
  for (const auto& [source, value] : by_source) values.push_back(value);
  std::ranges::sort(values, std::greater<>());
  double combined = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) combined += (100 - combined) * values[i] / 200;
  const double most = std::max<double>(values[0], most_by_corroboration);
  return static_cast<std::uint8_t>(std::min(combined, most));
}

}  // namespace testudo
