// Link names: which part of a run of letters and dots in running text is a host name. Floor 0.
// What the rules are for, with examples: docs/design/matching.md.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// Octets of a text.
struct Span {
  std::size_t begin = 0, end = 0;
};

// Up to the first change inside a label between Latin-like letters and a script that stands beside them without a
// space, or the first zero-width space that is not inside a number. An ideographic full stop may end a sentence: it
// ends no label here. The whole name if there is none.
Span first_segment(std::string_view text, Span name);

// Where the name ends without the low lines that chats write behind a word in italics. No last label ends with one.
std::size_t name_without_emphasis(std::string_view text, Span name);

// Without dots, hyphens and ignorable characters at both ends, nor the low lines around a name in italics.
Span trimmed(std::string_view text, Span name);

struct LastLabel {
  std::size_t begin = 0;
  bool dotted = false;  // whether a label is before it
};
LastLabel last_label(std::string_view text, Span name);

// No top-level domain begins with a digit, has one character or mixes scripts. In scripts written without spaces a full
// stop between two sentences looks like a name, so that there the last label must be a domain that exists.
bool can_end_name(std::string_view text, Span label);

// "see evil.com.Thanks": where the name ends if its last label is the next sentence's first word, else its end.
std::size_t sentence_end(std::string_view text, Span name);

// With look-alike dots as dots, and without what shows nothing.
std::string plain_spelling(std::string_view text);

}  // namespace testudo
