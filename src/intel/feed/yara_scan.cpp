// rule NAME : TAGS { meta: k = v … strings: $a = "…" | {hex} | /re/ … condition: … }
#include "intel/feed/yara_scan.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t meta_limit = 256;

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// What a '/' begins after: a regular expression in an expression, a division otherwise.
bool expects_operand(char before) { return before == '=' || before == '(' || before == ',' || before == ':'; }

}  // namespace

std::string_view YaraRule::description() const {
  const auto found = std::ranges::find_if(meta, [](const YaraMeta& m) { return lower_ascii(m.key) == "description"; });
  return found == meta.end() ? std::string_view{} : std::string_view(found->value);
}

void YaraScan::take_line(std::size_t begin) {
  for (; counted_ < begin; ++counted_) line_ += text_[counted_] == '\n' ? 1U : 0U;
}

void YaraScan::skip_space() {
  while (at_ < text_.size()) {
    if (peek() == '/' && peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (peek() == '/' && peek(1) == '*') {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else if (static_cast<unsigned char>(peek()) <= ' ' && peek() != '\0') {
      ++at_;
    } else {
      return;
    }
  }
}

std::string_view YaraScan::word() {
  const std::size_t begin = at_;
  while (is_word(peek())) ++at_;
  return text_.substr(begin, at_ - begin);
}

// A string in quotes; a line break ends it, as it cannot stand in one.
std::string YaraScan::string() {
  std::string value;
  for (++at_; at_ < text_.size() && peek() != '\n'; ++at_) {
    if (peek() == '"') {
      ++at_;
      break;
    }
    if (peek() == '\\' && (peek(1) == '"' || peek(1) == '\\')) ++at_;
    value.push_back(peek());
  }
  return value;
}

void YaraScan::regex() {
  bool in_class = false;
  for (++at_; at_ < text_.size() && peek() != '\n'; ++at_) {
    if (peek() == '\\') {
      ++at_;
    } else if (peek() == '[') {
      in_class = true;
    } else if (peek() == ']') {
      in_class = false;
    } else if (peek() == '/' && !in_class) {
      ++at_;
      return;
    }
  }
}

void YaraScan::meta(YaraRule& rule) {
  while (at_ < text_.size() && rule.meta.size() < meta_limit) {
    skip_space();
    const std::size_t begin = at_;
    const std::string_view key = word();
    skip_space();
    if (key.empty() || peek() != '=') {
      at_ = begin;
      return;
    }
    ++at_;
    skip_space();
    if (peek() == '"') {
      rule.meta.push_back({std::string(key), string()});
    } else {
      const std::size_t value = at_;
      while (is_word(peek()) || peek() == '-') ++at_;
      rule.meta.push_back({std::string(key), std::string(text_.substr(value, at_ - value))});
    }
  }
}

// Behind the opening brace, to the closing one or the end.
void YaraScan::body(YaraRule& rule) {
  std::size_t depth = 1;
  char before = '{';
  bool condition = false;
  while (at_ < text_.size()) {
    skip_space();
    const char c = peek();
    if (c == '"') {
      string();
    } else if (c == '/' && expects_operand(before)) {
      regex();
    } else if (is_word(c)) {
      const std::size_t begin = at_;
      const std::string_view name = word();
      // The word is reserved: here it can only mean that the rule before it was not closed.
      if (name == "rule") {
        at_ = begin;
        break;
      }
      // `matches` is the one word that a regular expression follows.
      if (name == "matches") {
        skip_space();
        if (peek() == '/') regex();
      }
      condition |= depth == 1 && name == "condition";
      skip_space();
      if (depth == 1 && name == "meta" && peek() == ':') {
        ++at_;
        meta(rule);
        before = ':';
        continue;
      }
      before = 'a';
      continue;
    } else if (at_ < text_.size()) {
      ++at_;
      if (c == '{') ++depth;
      if (c == '}' && --depth == 0) {
        if (!condition) rule.fault = "rule_without_condition";
        return;
      }
    }
    before = c;
  }
  rule.fault = "unterminated_rule";
}

bool YaraScan::header(YaraRule& rule) {
  skip_space();
  rule.name = std::string(word());
  skip_space();
  if (peek() == ':') {
    ++at_;
    for (skip_space(); is_word(peek()); skip_space())
      if (rule.meta.size() < meta_limit) rule.meta.push_back({"tag", std::string(word())});
  }
  if (rule.name.empty() || peek() != '{') return false;
  ++at_;
  return true;
}

bool YaraScan::next(YaraRule& rule) {
  rule = {};
  std::size_t stray = std::string_view::npos;
  while (true) {
    skip_space();
    const std::size_t begin = at_;
    if (at_ >= text_.size()) break;
    std::string_view first = word();
    if (first == "private" || first == "global") {
      skip_space();
      const std::size_t second = at_;
      first = word();
      if (first == "private" || first == "global") {
        skip_space();
        first = word();
      } else if (first != "rule") {
        at_ = second;
      }
    }
    if (first == "import" || first == "include") {
      skip_space();
      std::string name = peek() == '"' ? string() : std::string();
      if (first == "import" || stray != std::string_view::npos) continue;
      take_line(begin);
      rule.line = line_;
      rule.fault = "include_refused";
      rule.included = std::move(name);
      return true;
    }
    if (first == "rule" && stray == std::string_view::npos) {
      take_line(begin);
      rule.line = line_;
      if (header(rule)) {
        body(rule);
        rule.text = text_.substr(begin, at_ - begin);
        return true;
      }
      rule.name.clear();
      stray = begin;
      continue;
    }
    if (first == "rule") {
      at_ = begin;
      break;
    }
    // Text that is no rule is passed over line by line, so that a rule behind it is found.
    if (stray == std::string_view::npos) stray = begin;
    at_ = std::min(text_.find('\n', at_), text_.size());
  }
  if (stray == std::string_view::npos) return false;
  take_line(stray);
  rule.line = line_;
  rule.fault = "text_outside_rules";
  return true;
}

}  // namespace testudo
