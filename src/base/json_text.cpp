#include "base/json_text.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace testudo {
namespace {

bool plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F; }

// Octets from `at` on that need no escape.
std::size_t plain_run(std::string_view text, std::size_t at) {
  std::size_t i = at;
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), del = _mm_set1_epi8(0x7F);
  const __m128i control = _mm_set1_epi8(0x1F);
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, control), block);  // unsigned <= 0x1F
    const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                         _mm_or_si128(_mm_cmpeq_epi8(block, del), low));
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
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: out += {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
  }
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
    if (i < text.size()) append_escape(out, static_cast<unsigned char>(text[i]));
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
