// OctetSet: some of the 256 octets, made when the program is compiled. Looking for one of several characters with it
// costs one load an octet; std::string_view::find_first_of calls memchr for each. Floor 0.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace testudo {

class OctetSet {
 public:
  consteval explicit OctetSet(std::string_view octets) {
    for (const char c : octets) has_[static_cast<unsigned char>(c)] = true;
  }
  // With the control characters below U+0020.
  consteval OctetSet with_controls() const {
    OctetSet more = *this;
    for (std::size_t c = 0; c < 0x20; ++c) more.has_[c] = true;
    return more;
  }
  // With all octets that are no ASCII.
  consteval OctetSet with_upper_half() const {
    OctetSet more = *this;
    for (std::size_t c = 0x80; c < more.has_.size(); ++c) more.has_[c] = true;
    return more;
  }
  // All octets that are not in it.
  consteval OctetSet others() const {
    OctetSet rest = *this;
    for (bool& has : rest.has_) has = !has;
    return rest;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  // The place of the first octet of the set at or behind `from`; the text's size if there is none.
  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    while (from < text.size() && !has(text[from])) ++from;
    return from < text.size() ? from : text.size();
  }
  constexpr bool is_in(std::string_view text) const { return find_in(text) != text.size(); }

 private:
  std::array<bool, 256> has_{};
};

// Blanks within a line.
inline constexpr OctetSet blanks{" \t"};

}  // namespace testudo
