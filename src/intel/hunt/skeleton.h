// Skeletons: what a name looks like, so that names drawn alike compare equal ("paypa1", "раураl", "rnail"). Floor 3.
// Source: UTS #39 §4 (confusable detection), by ICU's uspoof; ASCII letters take a table made from it at start.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// The skeleton of a label, folded to lower case again (UTS #39 makes "0" an "O" and "m" an "rn"). A-labels ("xn--…")
// are decoded first. Empty if ICU cannot. Cost: 50 ns for ASCII, some microseconds where ICU is asked.
std::string label_skeleton(std::string_view label);
// The label as people see it: A-labels in UTF-8, others unchanged.
std::string shown_label(std::string_view label);
// Accents taken off, in ASCII where that leaves ASCII ("fаcébook" keeps its Cyrillic letter).
std::string without_accents(std::string_view label);

}  // namespace testudo
