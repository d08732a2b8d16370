// RE2 and PCRE2 with the options of STIX.
#include "intel/pattern/pattern_regex.h"

// RE2's own headers are not clean under our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <re2/re2.h>
#pragma GCC diagnostic pop

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <string>

namespace testudo {
namespace {

constexpr std::int64_t memory_limit = std::int64_t{4} << 20;
constexpr std::uint32_t step_limit = 100'000, depth_limit = 2'000, heap_limit = 16 << 10;  // the last in KiB
constexpr std::size_t longest_backtracking = 64 << 10;

struct CodeFree {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct ContextFree {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};
struct MatchFree {
  void operator()(pcre2_match_data* match) const { pcre2_match_data_free(match); }
};

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_max_mem(memory_limit);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

PCRE2_SPTR code_units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

// Without \C, which would cut characters.
constexpr std::uint32_t pcre_options = PCRE2_UTF | PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C;

std::string pcre_message(int code) {
  std::array<PCRE2_UCHAR, 256> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

}  // namespace

struct PatternRegex::Compiled {
  std::unique_ptr<re2::RE2> linear;
  std::unique_ptr<pcre2_code, CodeFree> stepping;  // where RE2 has not what it needs
};

PatternRegex::PatternRegex(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
PatternRegex::PatternRegex(PatternRegex&&) noexcept = default;
PatternRegex& PatternRegex::operator=(PatternRegex&&) noexcept = default;
PatternRegex::~PatternRegex() = default;

Result<PatternRegex> PatternRegex::compile(std::string_view expression) {
  auto compiled = std::make_unique<Compiled>();
  compiled->linear = std::make_unique<re2::RE2>(piece(expression), options());
  if (compiled->linear->ok()) return PatternRegex(std::move(compiled));
  const bool too_large = compiled->linear->error_code() == re2::RE2::ErrorPatternTooLarge;
  if (too_large || expression.size() > longest_backtracking)
    return error(Fault::limit, "regular expression: too large");
  compiled->linear.reset();
  int code = 0;
  PCRE2_SIZE at = 0;
  compiled->stepping.reset(pcre2_compile(code_units(expression), expression.size(), pcre_options, &code, &at, nullptr));
  if (!compiled->stepping) return error(Fault::malformed, "regular expression: " + pcre_message(code));
  return PatternRegex(std::move(compiled));
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

std::optional<bool> PatternRegex::found_in(std::string_view text) const {
  if (compiled_->linear) return re2::RE2::PartialMatch(piece(text), *compiled_->linear);
  const std::unique_ptr<pcre2_match_context, ContextFree> context(pcre2_match_context_create(nullptr));
  const std::unique_ptr<pcre2_match_data, MatchFree> match(
      pcre2_match_data_create_from_pattern(compiled_->stepping.get(), nullptr));
  if (!context || !match) return std::nullopt;
  pcre2_set_match_limit(context.get(), step_limit);
  pcre2_set_depth_limit(context.get(), depth_limit);
  pcre2_set_heap_limit(context.get(), heap_limit);
  const int found =
      pcre2_match(compiled_->stepping.get(), code_units(text), text.size(), 0, 0, match.get(), context.get());
  if (found == PCRE2_ERROR_NOMATCH) return false;
  return found >= 0 ? std::optional(true) : std::nullopt;
}

}  // namespace testudo
