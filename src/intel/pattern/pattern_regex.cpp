// RE2 with the options of STIX.
#include "intel/pattern/pattern_regex.h"

// RE2's own headers are not clean under our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <re2/re2.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <string>

namespace testudo {
namespace {

constexpr std::int64_t memory_limit = std::int64_t{4} << 20;

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_max_mem(memory_limit);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct PatternRegex::Compiled {
  explicit Compiled(std::string_view expression) : regex(piece(expression), options()) {}
  re2::RE2 regex;
};

PatternRegex::PatternRegex(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
PatternRegex::PatternRegex(PatternRegex&&) noexcept = default;
PatternRegex& PatternRegex::operator=(PatternRegex&&) noexcept = default;
PatternRegex::~PatternRegex() = default;

Result<PatternRegex> PatternRegex::compile(std::string_view expression) {
  auto compiled = std::make_unique<Compiled>(expression);
  if (compiled->regex.ok()) return PatternRegex(std::move(compiled));
  const std::string what = "regular expression: " + compiled->regex.error();
  switch (compiled->regex.error_code()) {
    case re2::RE2::ErrorPatternTooLarge:
      return error(Fault::limit, what);
    case re2::RE2::ErrorBadPerlOp:
    case re2::RE2::ErrorBadEscape:
      return error(Fault::unsupported, what);
    default:
      return error(Fault::malformed, what);
  }
}

Result<PatternRegex> PatternRegex::compile_like(std::string_view like) {
  std::string expression = "\\A";
  while (!like.empty()) {
    const std::size_t plain = std::min(like.find_first_of("%_"), like.size());
    expression += re2::RE2::QuoteMeta(piece(like.substr(0, plain)));
    if (plain < like.size()) expression += like[plain] == '%' ? ".*" : ".";
    like.remove_prefix(std::min(plain + 1, like.size()));
  }
  return compile(expression + "\\z");
}

bool PatternRegex::found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(piece(text), compiled_->regex);
}

}  // namespace testudo
