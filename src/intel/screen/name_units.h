// The parts of a name as they are aligned: one by one, or several neighbours read as one word. Private to
// src/intel/screen.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "intel/screen/name_align.h"

namespace testudo {

// A part, or several neighbours read as one word.
struct Unit {
  const NamePart* part = nullptr;
  std::shared_ptr<const NamePart> made;  // owns `part` where neighbours were joined
  std::uint8_t first = 0, count = 1;
  float weight = 0;
  const NamePart& get() const { return *part; }
};
using Units = std::vector<Unit>;

// The first 16 parts.
Units units_of(PartsView parts, NameMode mode);

// Joins neighbours of `split` that are one word of `whole`, as long as something joins: "Rami Makhlouf" beside
// "Ramimakhlouf", "van der bilt" beside "vanderbilt". `alike` says how well each word of `whole` met a single part;
// those that met something equal are left alone. Whether anything was joined.
bool join_all(Units& split, const Units& whole, const std::vector<float>& alike);

// Scripts that write few vowels.
inline bool lacks_vowels(NameScript script) { return script == NameScript::arabic || script == NameScript::hebrew; }

// "Fernando" and "Fernanda", "Erik" and "Erika": the end alone tells a man's name from a woman's.
bool differ_in_gender(const NamePart& a, const NamePart& b);

}  // namespace testudo
