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

// The features of a name; `texts`, if given, gets what each one is, for explanations ("~redire", "words=2"). Runs of
// letters are hashed: two runs may share a slot. Nothing for a name without a registrable domain.
// Cost: about 2 microseconds.
void naming_features(const WordSplitter& words, const ChosenName& name, std::vector<NamingFeature>& out,
                     std::vector<std::string>* texts = nullptr);

}  // namespace testudo
