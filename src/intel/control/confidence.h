// How sure somebody is, on the scale of STIX (0 to 100) and on others. Floor 3.
// Sources: STIX 2.1 appendix A (none to high, 0 to 10, Admiralty, WEP, DNI); MISP taxonomies `misp` (confidence-level),
// `admiralty-scale` version 5 and `estimative-language` version 5. Tables and rules: docs/design/decay.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "intel/store/stored_indicator.h"

namespace testudo {

enum class ConfidenceScale : std::uint8_t {
  none_to_high,           // none, low, med, high
  zero_to_ten,            // 0 … 10
  admiralty,              // credibility: 1 (confirmed) … 5 (improbable); 6 cannot be judged
  wep,                    // words of estimative probability
  dni,                    // of the Director of National Intelligence
  misp,                   // misp:confidence-level
  estimative_likelihood,  // estimative-language:likelihood-probability
  analytic,               // estimative-language:confidence-in-analytic-judgment
};

// One word of a scale: the value that it becomes, and the values that become it.
struct ConfidenceStep {
  std::string_view word;
  std::uint8_t value, from, to;
};
// Ascending by value, without gaps from 0 to 100.
std::span<const ConfidenceStep> confidence_steps(ConfidenceScale scale);
// Nothing for a word that the scale has not, or that says that nothing can be said ("6", "confidence-cannot-be-
// evaluated"). Letters' case does not count.
std::optional<std::uint8_t> confidence_from(ConfidenceScale scale, std::string_view word);
// Values above 100 count as 100.
std::string_view confidence_word(ConfidenceScale scale, unsigned value);

// The Admiralty code has two parts: how reliable a source is (A to F), and how credible what it says (1 to 6).
// STIX takes only the second; this lowers it by the first: A leaves it, B takes a tenth, C a quarter, D a half, E three
// quarters; F, which cannot be judged, takes as much as C. Nothing for credibility 6 or other letters.
std::optional<std::uint8_t> admiralty_confidence(char reliability, char credibility);
// MISP's own values of the two parts, 0 to 100, for its tags and decaying models.
std::optional<std::uint8_t> misp_reliability(char reliability);
std::optional<std::uint8_t> misp_credibility(char credibility);

// What several sources together make of it: the surest one counts whole; each further source, surest first, closes half
// of what its own confidence would close of the rest, since feeds copy each other; at most 95 unless one source alone
// says more. Each source counts once. Withdrawn claims and those of benign values and victims do not count. Nothing
// where no source says how sure it is.
std::optional<std::uint8_t> combined_confidence(const StoredIndicator& indicator);

}  // namespace testudo
