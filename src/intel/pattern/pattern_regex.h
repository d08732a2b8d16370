// Regular expressions of MATCHES, and LIKE by the same means. Floor 3. Source: STIX 2.1 section 9.6.1: the syntax of
// PCRE, search and not whole match, case counts, '.' is any character. RE2 evaluates them in linear time; what it has
// not (look-around, references back, atomic groups) PCRE2 tries with a bounded number of steps.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace testudo {

class PatternRegex {
 public:
  // Fault::malformed for what is no expression; Fault::limit where the compiled form would take more than 4 MiB.
  static Result<PatternRegex> compile(std::string_view expression);
  // A pattern of LIKE: `%` is any characters, `_` one, and the whole text must fit.
  static Result<PatternRegex> compile_like(std::string_view like);
  // `text` is UTF-8. Nothing where it cannot be told within a hundred thousand steps (some milliseconds).
  std::optional<bool> found_in(std::string_view text) const;
  PatternRegex(PatternRegex&&) noexcept;
  PatternRegex& operator=(PatternRegex&&) noexcept;
  ~PatternRegex();

 private:
  struct Compiled;
  explicit PatternRegex(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace testudo
