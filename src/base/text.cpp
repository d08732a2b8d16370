#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/octet_set.h"

namespace testudo {
namespace {

constexpr char32_t replacement = 0xFFFD;

std::string from_utf16(Bytes utf16, std::size_t high, std::size_t low) {
  std::string out;
  out.reserve(utf16.size());
  const std::size_t units = utf16.size() / 2;
  const auto unit = [&](std::size_t i) { return static_cast<char32_t>(utf16[2 * i + high] << 8 | utf16[2 * i + low]); };
  for (std::size_t i = 0; i < units; ++i) {
    char32_t value = unit(i);
    if (value >= 0xD800 && value <= 0xDBFF && i + 1 < units && unit(i + 1) >= 0xDC00 && unit(i + 1) <= 0xDFFF) {
      value = 0x10000 + ((value - 0xD800) << 10) + (unit(i + 1) - 0xDC00);
      ++i;
    }
    append_utf8(out, value);
  }
  return out;
}

// What must be looked at more closely; nearly all that is shown is none of these.
constexpr OctetSet acts_or_not_ascii = OctetSet("\x7F").with_controls().with_upper_half();

}  // namespace

bool acts_on_display(char32_t c) {
  if (c < 0xA0) return c < 0x20 || c >= 0x7F;
  return c == 0x00AD || c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

CodePoint decode_utf8(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = at(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return {replacement, 1, false};
  char32_t value = need == 4 ? first & 0x07U : need == 3 ? first & 0x0FU : first & 0x1FU;
  for (std::size_t i = 1; i < need; ++i) {
    if (i >= text.size() || (at(i) & 0xC0) != 0x80) return {replacement, i, false};
    value = (value << 6) | (at(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[need] || value > 0x10FFFF || surrogate) return {replacement, 1, false};
  return {value, need, true};
}

bool is_ascii(std::string_view text) {
  std::uint64_t seen = 0, word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    seen |= word;
  }
  for (const char c : text) seen |= static_cast<unsigned char>(c);
  return (seen & 0x8080808080808080) == 0;
}

bool is_utf8(std::string_view text) {
  // Most texts are short and ASCII: a call of the vector code costs more than looking at them.
  return (text.size() < 256 && is_ascii(text)) || simdjson::validate_utf8(text.data(), text.size());
}

std::string to_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 8);
  while (!text.empty()) {
    const CodePoint next = decode_utf8(text);
    append_utf8(out, next.value);
    text.remove_prefix(next.size);
  }
  return out;
}

std::string utf16be_to_utf8(Bytes utf16) { return from_utf16(utf16, 0, 1); }
std::string utf16le_to_utf8(Bytes utf16) { return from_utf16(utf16, 1, 0); }

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  const auto put = [&](char32_t octet) { out.push_back(static_cast<char>(octet)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return fold(x) == fold(y); });
}

std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  std::size_t begin = 0, end = text.size();
  while (begin < end && is_space(text[begin])) ++begin;
  if (begin == end) return {};
  while (is_space(text[end - 1])) --end;
  return text.substr(begin, end - begin);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string to_hex(Bytes bytes) {
  constexpr std::string_view alphabet = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t octet : bytes) out += {alphabet[octet >> 4], alphabet[octet & 15]};
  return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  const auto nibble = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = nibble(hex[i]), low = nibble(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high << 4 | low));
  }
  return out;
}

namespace {
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

void append_base64(std::string& out, Bytes bytes) {
  // Two characters for each of the 4096 values of twelve bits.
  static constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = {base64_alphabet[i >> 6], base64_alphabet[i & 63]};
    return all;
  }();
  const std::size_t begin = out.size();
  out.resize(begin + (bytes.size() + 2) / 3 * 4);
  char* to = out.data() + begin;
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, to += 4) {
    const unsigned group =
        static_cast<unsigned>(bytes[i]) << 16 | static_cast<unsigned>(bytes[i + 1]) << 8 | bytes[i + 2];
    std::memcpy(to, pairs[group >> 12].data(), 2);
    std::memcpy(to + 2, pairs[group & 4095].data(), 2);
  }
  if (const std::size_t left = bytes.size() - i; left > 0) {
    const unsigned group =
        static_cast<unsigned>(bytes[i]) << 16 | (left > 1 ? static_cast<unsigned>(bytes[i + 1]) << 8 : 0U);
    for (unsigned k = 0; k < 4; ++k) to[k] = k <= left ? base64_alphabet[group >> (18 - 6 * k) & 63] : '=';
  }
}

std::string to_base64(Bytes bytes) {
  std::string out;
  append_base64(out, bytes);
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned group = 0, bits = 0;
  for (char c : text) {
    if (c == '=' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const auto value = base64_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    group = group << 6 | static_cast<unsigned>(value);
    if ((bits += 6) >= 8) out.push_back(static_cast<char>(group >> (bits -= 8) & 0xFF));
  }
  return out;
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = acts_or_not_ascii.find_in(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint next = decode_utf8(text);
    if (!next.valid) {
      for (std::size_t i = 0; i < next.size; ++i) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
    } else if (acts_on_display(next.value)) {
      out += next.value < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(next.value))
                                : fmt::format("\\u{:04x}", static_cast<unsigned>(next.value));
    } else {
      out.append(text.substr(0, next.size));
    }
    text.remove_prefix(next.size);
  }
  return out;
}

}  // namespace testudo
