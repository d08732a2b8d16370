// Where YARA rules begin and end, without understanding their conditions. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

struct YaraMeta {
  std::string key, value;  // escapes of the value resolved; numbers and booleans as they stand
};

struct YaraRule {
  std::string name;
  std::string_view text;  // from its first modifier or comment-free word to its closing brace
  std::string included;   // of "include_refused": the file's name
  std::uint64_t line = 0;
  std::vector<YaraMeta> meta;
  // Empty for a whole rule; else "unterminated_rule" (the text goes to the end), "rule_without_condition",
  // "text_outside_rules", "include_refused" (no text).
  std::string_view fault;
  std::string_view description() const;  // meta "description"; empty if there is none
};

// Comments, strings, hexadecimal strings and regular expressions are stepped over, so that braces and words in them do
// not count. `import` lines between rules are passed over. Linear.
class YaraScan {
 public:
  explicit YaraScan(std::string_view text) : text_(text) {}
  bool next(YaraRule& rule);

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void skip_space();
  std::string_view word();
  std::string string();
  void regex();
  bool header(YaraRule& rule);
  void body(YaraRule& rule);
  void meta(YaraRule& rule);
  void take_line(std::size_t begin);
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace testudo
