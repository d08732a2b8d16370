// Floor 0. Sources: UTS #46 §4 by libidn2, RFC 3492.
#include "base/idn.h"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/letters.h"

namespace testudo {
namespace {

struct Freed {
  void operator()(void* p) const { idn2_free(p); }
};

std::optional<std::string> lookup(const std::string& name) {
  std::uint8_t* raw = nullptr;
  const auto* source = reinterpret_cast<const std::uint8_t*>(name.c_str());
  const int status = idn2_lookup_u8(source, &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_NO_ALABEL_ROUNDTRIP);
  const std::unique_ptr<std::uint8_t, Freed> owned(raw);
  if (status != IDN2_OK || raw == nullptr) return std::nullopt;
  return lower_ascii(reinterpret_cast<const char*>(raw));
}

// Drops what shows nothing. The two joiners mean something in some scripts (UTS #46 deviations): `joiners` keeps them.
enum class Joiners : std::uint8_t { keep, drop };
std::string without_ignorable(std::string_view name, Joiners joiners) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const LetterAt at = letter_at(name, i);
    const bool joiner = at.value == 0x200C || at.value == 0x200D;
    if (at.letter == Letter::dot)
      out.push_back('.');
    else if (at.letter != Letter::ignorable || (joiner && joiners == Joiners::keep))
      out += name.substr(i, at.size);
    i += at.size;
  }
  return out;
}

// RFC 3492 §6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

void append_variable(std::string& out, std::uint32_t value, std::uint32_t bias) {
  const auto digit = [](std::uint32_t d) { return static_cast<char>(d < 26 ? 'a' + d : '0' + (d - 26)); };
  for (std::uint32_t k = 36;; k += 36) {
    const std::uint32_t threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
    if (value < threshold) break;
    out.push_back(digit(threshold + (value - threshold) % (36 - threshold)));
    value = (value - threshold) / (36 - threshold);
  }
  out.push_back(digit(value));
}

// RFC 3492 §6.3. Labels are at most 63 code points long here, so 32 bits cannot overflow.
std::string punycode(const std::vector<char32_t>& points) {
  std::string out = "xn--";
  for (char32_t c : points)
    if (c < 0x80) out.push_back(static_cast<char>(c));
  const auto basic = static_cast<std::uint32_t>(out.size() - 4);
  if (basic > 0) out.push_back('-');
  std::uint32_t n = 0x80, delta = 0, bias = 72, done = basic;
  while (done < points.size()) {
    std::uint32_t next = 0x110000;
    for (char32_t c : points)
      if (c >= n) next = std::min(next, static_cast<std::uint32_t>(c));
    delta += (next - n) * (done + 1);
    n = next;
    for (char32_t c : points) {
      if (c < n) ++delta;
      if (c != n) continue;
      append_variable(out, delta, bias);
      bias = adapt(delta, done + 1, done == basic);
      delta = 0, ++done;
    }
    ++delta, ++n;
  }
  return out;
}

// UTS #46 mapping of a single code point, as far as libidn2 will do it for a label of that one character.
std::string mapped(std::string_view character) {
  const auto ascii = lookup(std::string(character));
  if (!ascii) return std::string(character);
  if (!ascii->starts_with("xn--")) return *ascii;
  char* raw = nullptr;
  const int status = idn2_to_unicode_8z8z(ascii->c_str(), &raw, IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, Freed> owned(raw);
  return status == IDN2_OK && raw != nullptr ? std::string(raw) : std::string(character);
}

std::size_t count_points(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

// For labels that libidn2 refuses and browsers resolve.
std::optional<std::string> label_as_it_stands(std::string_view label) {
  if (count_points(label) > 63) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < label.size();) {
    const std::size_t size = letter_at(label, i).size;
    text += mapped(label.substr(i, size));
    i += size;
  }
  std::vector<char32_t> points;
  bool ascii = true;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    points.push_back(point.value >= 'A' && point.value <= 'Z' ? point.value | 0x20 : point.value);
    ascii = ascii && point.value < 0x80;
    rest.remove_prefix(point.size);
  }
  if (points.size() > 63) return std::nullopt;  // a mapping can make several characters of one
  return ascii ? lower_ascii(text) : punycode(points);
}

}  // namespace

bool may_hold_dot(std::string_view name) {
  // U+3002, U+FF0E, U+FF61, U+2024 and U+FE52: UTS #46 maps nothing else to a single dot.
  constexpr std::array<std::string_view, 6> dots{
      ".", "\xE3\x80\x82", "\xEF\xBC\x8E", "\xEF\xBD\xA1", "\xE2\x80\xA4", "\xEF\xB9\x92"};
  return std::ranges::any_of(dots, [&](std::string_view dot) { return name.find(dot) != std::string_view::npos; });
}

std::optional<std::string> to_ascii_name(std::string_view name) {
  if (name.size() > 1024 || !is_utf8(name) || name.find('\0') != std::string_view::npos) return std::nullopt;
  if (auto whole = lookup(without_ignorable(name, Joiners::keep))) return whole;
  const std::string shown = without_ignorable(name, Joiners::drop);
  if (count_points(shown) > 254) return std::nullopt;  // every code point costs at least one octet of 253, and a dot
  if (auto whole = lookup(shown)) return whole;
  std::string out;
  for (std::string_view label : split(shown, '.')) {
    if (!out.empty() || label.data() != shown.data()) out.push_back('.');
    auto ascii = lookup(std::string(label));
    if (!ascii) ascii = label_as_it_stands(label);
    if (!ascii) return std::nullopt;
    out += *ascii;
  }
  return out;
}

}  // namespace testudo
