// Numbers in names: digits, ordinals, English number words, Roman numerals. Floor 3.
#pragma once

#include <optional>
#include <span>

#include "intel/screen/name_text.h"

namespace testudo {

struct NameNumber {
  std::string digits;     // without leading zeros
  std::size_t words = 1;  // that it took: "forty four" is two
};

// The number that begins with the first of these words, if it is one. Roman numerals (I to XXXIX) count only where
// `roman` says so: in a person's name they are initials.
std::optional<NameNumber> read_number(std::span<const NameWord> words, bool roman);

}  // namespace testudo
