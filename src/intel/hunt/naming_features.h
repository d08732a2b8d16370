// What a naming model sees of a name: its letters in runs of two to five, its words, its shape. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intel/hunt/name_words.h"

namespace testudo {

inline constexpr std::size_t naming_slots = std::size_t{1} << 18;

struct NamingFeature {
  std::uint32_t slot = 0;
  float value = 0;
};

// How much the groups of features weigh beside each other; measured by nested hold-outs (docs/design/hunt.md).
struct NamingScales {
  float runs = 0.5, shape = 0.5, suffix = 1;
};

// The features of a name; `texts`, if given, gets what each one is, for explanations ("~redir", "words=2"). Runs of
// letters are hashed: two runs may share a slot. Nothing for a name without a registrable domain.
// Cost: about 0.5 microseconds.
void naming_features(const WordSplitter& words, const ChosenName& name, const NamingScales& scales,
                     std::vector<NamingFeature>& out, std::vector<std::string>* texts = nullptr);

}  // namespace testudo
