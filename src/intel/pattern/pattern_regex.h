// Regular expressions of MATCHES, and LIKE by the same means. Floor 3. Source: STIX 2.1 section 9.6.1: the syntax of
// PCRE, search and not whole match, case counts, '.' is any character. RE2 evaluates them in linear time and has no
// look-around and no references back: those are refused, never tried.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"

namespace testudo {

class PatternRegex {
 public:
  // Fault::unsupported for what PCRE has and RE2 has not; Fault::malformed for what neither has; Fault::limit where the
  // compiled form would take more than 4 MiB.
  static Result<PatternRegex> compile(std::string_view expression);
  // A pattern of LIKE: `%` is any characters, `_` one, and the whole text must fit.
  static Result<PatternRegex> compile_like(std::string_view like);
  bool found_in(std::string_view text) const;  // UTF-8
  PatternRegex(PatternRegex&&) noexcept;
  PatternRegex& operator=(PatternRegex&&) noexcept;
  ~PatternRegex();

 private:
  struct Compiled;
  explicit PatternRegex(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace testudo
