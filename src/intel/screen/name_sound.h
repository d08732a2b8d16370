// How a Latin word may sound, coarsely and for any language. Floor 3. Ours: a union of the spellings that lists use for
// one sound (kh/h, q/k, zh/j, w/v, ph/f …), made for comparing transliterations, not for any one language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace testudo {

// Letters of the result: a e i o u (doubled vowels once, y and j as i where vowels), b p f v k g x(kh) h s S(sh) C(ch)
// z J(j, zh) t d m n l r. Digits are kept.
std::string name_sound(std::string_view text);
// Consonant classes of a sound, four bits each, the first eight; first vowel ignored, doubles once.
std::uint32_t sound_skeleton(std::string_view sound);

}  // namespace testudo
