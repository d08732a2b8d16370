// Floor 0. Sources: see link_names.h.
#include "base/link_names.h"

#include "base/host.h"
#include "base/letters.h"
#include "base/link_scan.h"

namespace testudo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

Span first_segment(std::string_view text, Span name) {
  Letter last = Letter::dot;
  std::size_t i = name.begin;
  while (i < name.end && is_ascii(text[i])) last = text[i] == '.' ? Letter::dot : Letter::name, ++i;
  while (i < name.end) {
    const LetterAt next = letter_at(text, i);
    const bool number =
        i > name.begin && is_digit(text[i - 1]) && i + next.size < text.size() && is_digit(text[i + next.size]);
    if (next.value == 0x200B && i > name.begin && !number) return {name.begin, i};
    const bool letter = next.letter == Letter::name || next.letter == Letter::apart;
    if (letter && last != Letter::dot && next.letter != last) return {name.begin, i};
    if (letter || next.value == '.') last = next.letter;
    i += next.size;
  }
  return name;
}

namespace {

// "_evil.test_": chats write italics so. No last label ends with the sign; a first one may begin with it.
Span without_emphasis(std::string_view text, Span name) {
  const std::size_t end = name_without_emphasis(text, name);
  if (end == name.end) return name;
  while (name.begin < end && text[name.begin] == '_') ++name.begin;
  return {name.begin, end};
}

}  // namespace

std::size_t name_without_emphasis(std::string_view text, Span name) {
  while (name.end > name.begin && text[name.end - 1] == '_') --name.end;
  return name.end;
}

Span trimmed(std::string_view text, Span name) {
  while (name.begin < name.end) {
    const LetterAt first = letter_at(text, name.begin);
    if (first.letter != Letter::dot && first.letter != Letter::ignorable && first.value != '-') break;
    name.begin += first.size;
  }
  while (name.begin < name.end) {
    const LetterAt last = letter_before(text, name.end);
    if (last.letter != Letter::dot && last.letter != Letter::ignorable && last.value != '-') break;
    name.end -= last.size;
  }
  return without_emphasis(text, name);
}

LastLabel last_label(std::string_view text, Span name) {
  std::size_t i = name.end;
  while (i > name.begin && is_name_octet(text[i - 1])) --i;
  while (i > name.begin) {
    const LetterAt before = letter_before(text, i);
    if (before.letter == Letter::dot) return {i, true};
    i -= before.size;
  }
  return {name.begin, false};
}

bool can_end_name(std::string_view text, Span label) {
  const std::string_view last = text.substr(label.begin, label.end - label.begin);
  if (letter_at(last, 0).letter == Letter::apart) return is_listed_suffix(last);
  if (is_ascii(last[0]) && !is_letter(last[0])) return false;
  return last.size() > 1 && first_segment(text, label).end == label.end;  // none mixes scripts
}

std::size_t sentence_end(std::string_view text, Span name) {
  const auto dot = text.substr(name.begin, name.end - name.begin).rfind('.');
  if (dot == std::string_view::npos || dot == 0) return name.end;
  const std::size_t word = name.begin + dot + 1;
  const char before = text[word - 2];
  if (name.end - word < 2 || !(text[word] >= 'A' && text[word] <= 'Z') || !(before >= 'a' && before <= 'z'))
    return name.end;
  for (std::size_t i = word + 1; i < name.end; ++i)
    if (!(text[i] >= 'a' && text[i] <= 'z')) return name.end;
  return is_listed_suffix(lower_ascii(text.substr(word, name.end - word))) ? name.end : word - 1;
}

std::string plain_spelling(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const LetterAt next = letter_at(text, i);
    if (next.letter == Letter::dot)
      out.push_back('.');
    else if (next.letter != Letter::ignorable)
      out += text.substr(i, next.size);
    i += next.size;
  }
  return out;
}

}  // namespace testudo
