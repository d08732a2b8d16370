#include "base/json_text.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace testudo {
namespace {

// 0xC2, 0xD8 and 0xE2 begin the characters that act on a display.
bool plain(unsigned char c) {
  return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != 0xC2 && c != 0xD8 && c != 0xE2;
}

// Octets from `at` on that need no escape.
std::size_t plain_run(std::string_view text, std::size_t at) {
  std::size_t i = at;
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), del = _mm_set1_epi8(0x7F);
  const __m128i control = _mm_set1_epi8(0x1F), c2 = _mm_set1_epi8('\xC2'), d8 = _mm_set1_epi8('\xD8'),
                e2 = _mm_set1_epi8('\xE2');
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, control), block);  // unsigned <= 0x1F
    const __m128i escaped = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                         _mm_or_si128(_mm_cmpeq_epi8(block, del), low));
    const __m128i leads =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, c2), _mm_cmpeq_epi8(block, d8)), _mm_cmpeq_epi8(block, e2));
    const __m128i special = _mm_or_si128(escaped, leads);
    if (const int found = _mm_movemask_epi8(special); found != 0)
      return i - at + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(found)));
  }
#endif
  while (i < text.size() && plain(static_cast<unsigned char>(text[i]))) ++i;
  return i - at;
}

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
  }
}

// A character beyond ASCII at the front of valid UTF-8, as \\u escape if it acts on a display: C1 controls, and marks
// that turn the direction of writing. Returns its octets.
std::size_t append_character(std::string& out, std::string_view text) {
  const CodePoint c = decode_utf8(text);
  const bool acts = (c.value >= 0x80 && c.value < 0xA0) || c.value == 0x061C || c.value == 0x200E ||
                    c.value == 0x200F || (c.value >= 0x2028 && c.value <= 0x202E) ||
                    (c.value >= 0x2066 && c.value <= 0x2069);
  if (!acts) {
    out.append(text.substr(0, c.size));
    return c.size;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(hex[c.value >> shift & 15]);
  return c.size;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  std::string repaired;
  if (!is_utf8(text)) text = repaired = to_utf8(text);
  out.push_back('"');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t run = plain_run(text, i);
    out.append(text.data() + i, run);
    i += run;
    if (i >= text.size()) break;
    if (static_cast<unsigned char>(text[i]) < 0x80)
      append_escape(out, static_cast<unsigned char>(text[i]));
    else
      i += append_character(out, text.substr(i)) - 1;
  }
  out.push_back('"');
}

void append_json_integer(std::string& out, std::int64_t value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

void append_json_real(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
  // Readers take digits alone for an integer, and refuse one that needs more than 64 bits.
  const std::string_view written(buffer, static_cast<std::size_t>(end - buffer));
  if (written.size() > 18 && written.find_first_of(".e") == std::string_view::npos) out += ".0";
}

JsonText& JsonText::open(char begin, char end) {
  separate();
  out_.push_back(begin);
  closers_.push_back(end);
  first_ = true;
  return *this;
}

JsonText& JsonText::end() {
  out_.push_back(closers_.back());
  closers_.pop_back();
  first_ = false;
  return *this;
}

void JsonText::separate() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

JsonText& JsonText::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_.push_back(':');
  first_ = true;
  return *this;
}

JsonText& JsonText::string(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonText& JsonText::integer(std::int64_t value) {
  separate();
  append_json_integer(out_, value);
  return *this;
}

JsonText& JsonText::real(double value) {
  separate();
  append_json_real(out_, value);
  return *this;
}

JsonText& JsonText::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonText& JsonText::null() { return raw("null"); }

JsonText& JsonText::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace testudo
