// A pushdown automaton over the structure of JSON: one bit a level says whether it is an object.
#include "intel/feed/json_scan.h"

#include <algorithm>
#include <bitset>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/octet_set.h"

namespace testudo {
namespace {

constexpr std::size_t levels = 1024;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

constexpr OctetSet stops_string = OctetSet("\"\\").with_controls();
constexpr OctetSet stops_word(" \n\r\t,:[]{}\"");

// The first octet at or behind `from` that stops a string.
const char* past_plain(const char* from, const char* end) {
#ifdef __SSE2__
  constexpr std::ptrdiff_t block_size = 16;
  const __m128i quote = _mm_set1_epi8('"'), escape = _mm_set1_epi8('\\'), last_control = _mm_set1_epi8(0x1F);
  for (; end - from >= block_size; from += block_size) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, last_control), block);
    const __m128i stop =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, escape)), control);
    const int found = _mm_movemask_epi8(stop);
    if (found != 0) return from + __builtin_ctz(static_cast<unsigned>(found));
  }
#endif
  while (from < end && !stops_string.has(*from)) ++from;
  return from;
}

class Scan {
 public:
  Scan(std::string_view text, std::size_t at, std::string_view list) : text_(text), at_(at), list_(list) {}

  JsonSpan run() {
    while (true) {
      at_ = skip_json_space(text_, at_);
      if (at_ >= text_.size()) return ended(JsonSpan::End::truncated);
      if (!step()) return ended(end_);
      if (depth_ == 0 && want_ == Want::separator) return ended(JsonSpan::End::whole);
    }
  }

 private:
  enum class Want : std::uint8_t { value, value_or_end, key, key_or_end, colon, separator };

  JsonSpan ended(JsonSpan::End how) {
    span_.end = how;
    span_.until = at_;
    return span_;
  }
  bool stop(JsonSpan::End how) {
    end_ = how;
    return false;
  }

  bool in_object() const { return objects_[depth_ - 1]; }
  bool open(bool object) {
    ++at_;
    if (depth_ == levels) return skim();
    objects_[depth_++] = object;
    span_.depth = std::max(span_.depth, depth_);
    want_ = object ? Want::key_or_end : Want::value_or_end;
    return true;
  }
  bool close() {
    ++at_;
    --depth_;
    want_ = Want::separator;
    return true;
  }

  // Below the last level only strings and brackets are told apart: such a value is refused anyway, and its end is all
  // that is asked for.
  bool skim() {
    std::size_t below = 1;
    while (below > 0) {
      if (at_ >= text_.size()) return stop(JsonSpan::End::truncated);
      const char c = text_[at_];
      if (c == '"') {
        if (!string()) return stop(end_of_string());
        continue;
      }
      if (c == '{' || c == '[') span_.depth = std::max(span_.depth, levels + ++below - 1);
      if (c == '}' || c == ']') --below;
      ++at_;
    }
    span_.depth = std::max(span_.depth, levels + 1);
    want_ = Want::separator;
    return true;
  }

  bool step() {
    const char c = text_[at_];
    switch (want_) {
      case Want::value_or_end:
        if (c == ']') return close();
        return value(c);
      case Want::value:
        return value(c);
      case Want::key_or_end:
        if (c == '}') return close();
        return key(c);
      case Want::key:
        return key(c);
      case Want::colon:
        if (c != ':') return stop(JsonSpan::End::broken);
        want_ = Want::value;
        ++at_;
        return true;
      case Want::separator:
        return separator(c);
    }
    return stop(JsonSpan::End::broken);
  }

  bool separator(char c) {
    if (c == (in_object() ? '}' : ']')) return close();
    if (c != ',') return stop(JsonSpan::End::broken);
    want_ = in_object() ? Want::key : Want::value;
    ++at_;
    return true;
  }

  bool key(char c) {
    const std::size_t begin = at_ + 1;
    if (c != '"') return stop(JsonSpan::End::broken);
    if (!string()) return stop(end_of_string());
    key_ = depth_ == 1 ? text_.substr(begin, at_ - 1 - begin) : std::string_view{};
    want_ = Want::colon;
    return true;
  }
  JsonSpan::End end_of_string() const { return at_ >= text_.size() ? JsonSpan::End::truncated : JsonSpan::End::broken; }

  bool value(char c) {
    const bool own_member = depth_ == 1 && objects_[0];
    if (c == '[' && own_member && !list_.empty() && key_ == list_) return stop(JsonSpan::End::list);
    if (c == '{' || c == '[') return open(c == '{');
    want_ = Want::separator;
    if (c != '"') return word();
    const std::size_t begin = at_ + 1;
    if (!string()) return stop(end_of_string());
    if (own_member && key_ == "type") span_.type = text_.substr(begin, at_ - 1 - begin);
    return true;
  }

  bool word() {
    const std::size_t begin = at_;
    at_ = stops_word.find_in(text_, at_);
    return at_ > begin || stop(JsonSpan::End::broken);
  }

  // From the opening quote to behind the closing one. No string holds a raw control character: a line's end inside one
  // shows that its quote is missing.
  bool string() {
    span_.string = ++at_;
    const char* const end = text_.data() + text_.size();
    const char* c = text_.data() + at_;
    while (true) {
      c = past_plain(c, end);
      if (c < end && *c == '\\') {
        c += end - c > 1 ? 2 : 1;
        continue;
      }
      at_ = static_cast<std::size_t>(c - text_.data());
      if (c == end || *c != '"') return false;
      ++at_;
      return true;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view list_, key_;
  JsonSpan span_;
  JsonSpan::End end_ = JsonSpan::End::broken;
  Want want_ = Want::value;
  std::size_t depth_ = 0;
  std::bitset<levels> objects_;
};

}  // namespace

JsonSpan scan_json(std::string_view text, std::size_t at, std::string_view list) { return Scan(text, at, list).run(); }

std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

std::size_t find_json_object(std::string_view text, std::size_t at) {
  for (; (at = text.find('{', at)) != std::string_view::npos; ++at) {
    const std::size_t inside = skip_json_space(text, at + 1);
    if (inside >= text.size() || text[inside] != '"') continue;
    std::size_t before = at;
    while (before > 0 && is_space(text[before - 1])) --before;
    if (before == 0 || before != at || std::string_view("[,{}]").find(text[before - 1]) != std::string_view::npos)
      return at;
  }
  return std::string_view::npos;
}

}  // namespace testudo
