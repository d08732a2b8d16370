#include "base/json_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/acting_octets.h"
#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace testudo {
namespace {

constexpr std::size_t block_size = 16;

// Copies octets up to the first that needs a closer look, at most block_size of them; `to` has room for a block.
std::size_t copy_plain(char* to, std::string_view text) {
#ifdef __SSE2__
  // Zeros, which stand after a text that ends here, need a closer look.
  char last[block_size]{};
  if (text.size() < block_size) std::memcpy(last, text.data(), text.size());
  const char* from = text.size() < block_size ? last : text.data();
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), del = _mm_set1_epi8(0x7F);
  const __m128i control = _mm_set1_epi8(0x1F);
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), block);
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, control), block);  // unsigned <= 0x1F
  __m128i closer = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                _mm_or_si128(_mm_cmpeq_epi8(block, del), low));
  for (const unsigned char lead : acting_lead_octets)
    closer = _mm_or_si128(closer, _mm_cmpeq_epi8(block, _mm_set1_epi8(static_cast<char>(lead))));
  const int found = _mm_movemask_epi8(closer);
  return found == 0 ? block_size : static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(found)));
#else
  const auto plain = [](unsigned char c) {
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F &&
           std::ranges::find(acting_lead_octets, c) == acting_lead_octets.end();
  };
  std::size_t i = 0;
  for (; i < std::min(text.size(), block_size) && plain(static_cast<unsigned char>(text[i])); ++i) to[i] = text[i];
  return i;
#endif
}

constexpr std::string_view hex = "0123456789abcdef";
constexpr std::size_t longest_escape = 6;

std::size_t put_unicode_escape(char* to, char32_t c) {
  to[0] = '\\', to[1] = 'u';
  for (int i = 0; i < 4; ++i) to[2 + i] = hex[c >> (12 - 4 * i) & 15];
  return longest_escape;
}

std::size_t put_escape(char* to, char c) {
  constexpr std::string_view named = "\"\\\n\r\t", letters = "\"\\nrt";
  const auto at = named.find(c);
  if (at == std::string_view::npos) return put_unicode_escape(to, static_cast<unsigned char>(c));
  to[0] = '\\', to[1] = letters[at];
  return 2;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  std::string repaired;
  if (!is_utf8(text)) text = repaired = to_utf8(text);
  char buffer[1024];
  std::size_t used = 0;
  buffer[used++] = '"';
  while (!text.empty()) {
    if (used > sizeof buffer - block_size - longest_escape - 1) out.append(buffer, std::exchange(used, 0));
    const std::size_t run = copy_plain(buffer + used, text);
    used += run;
    text.remove_prefix(run);
    if (run == block_size || text.empty()) continue;
    const CodePoint c = decode_utf8(text);
    if (c.value < 0x80) {
      used += put_escape(buffer + used, text.front());
    } else if (acts_on_display(c.value)) {
      used += put_unicode_escape(buffer + used, c.value);
    } else {
      std::memcpy(buffer + used, text.data(), c.size);
      used += c.size;
    }
    text.remove_prefix(c.size);
  }
  buffer[used++] = '"';
  out.append(buffer, used);
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
  // Readers take digits alone for an integer, and refuse one that needs more than 64 bits; none keeps the sign of -0.
  const std::string_view written(buffer, static_cast<std::size_t>(end - buffer));
  const bool digits = written.find_first_of(".e") == std::string_view::npos;
  if (digits && (written.size() > 18 || written == "-0")) out += ".0";
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
