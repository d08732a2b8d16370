#include "intel/export/yara_text.h"

#include <algorithm>
#include <array>

namespace testudo {
namespace {

constexpr std::array<std::string_view, 11> known_modules = {"pe",    "elf",    "hash",    "math",  "time", "dotnet",
                                                            "magic", "cuckoo", "console", "macho", "dex"};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

struct Token {
  enum class Type : std::uint8_t { end, word, string, regex, symbol };
  Type type = Type::end;
  std::size_t at = 0, size = 0;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  std::string_view text(const Token& token) const { return text_.substr(token.at, token.size); }

  Result<Token> next() {
    TRY(skip());
    if (at_ == text_.size()) return Token{Token::Type::end, at_, 0};
    const char c = text_[at_];
    if (c == '"') return quoted('"', Token::Type::string);
    // Division is a backslash there: a slash that begins no comment begins a regular expression.
    if (c == '/') return quoted('/', Token::Type::regex);
    if (is_word(c)) return word();
    return Token{Token::Type::symbol, at_++, 1};
  }

 private:
  Result<void> skip() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return error(Fault::malformed, "an open comment", at_);
        at_ = end + 2;
      } else {
        return {};
      }
    }
    return {};
  }
  Result<Token> quoted(char mark, Token::Type type) {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != mark && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size() || text_[at_] != mark) return error(Fault::malformed, "an open string", start);
    ++at_;
    return Token{type, start, at_ - start};
  }
  Result<Token> word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return Token{Token::Type::word, start, at_ - start};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : tokens_(text) {}

  Result<YaraText> all() {
    for (;;) {
      const Token token = TRY(tokens_.next());
      if (token.type == Token::Type::end) break;
      const std::string_view word = tokens_.text(token);
      if (word == "include") return error(Fault::unsupported, "include", token.at);
      if (word == "import") {
        TRY(import_line());
        continue;
      }
      if (found_.rules.empty() && !begun_) found_.body = token.at;
      begun_ = true;
      if (word == "global") return error(Fault::unsupported, "a global rule", token.at);
      if (word == "private") continue;
      if (word != "rule") return error(Fault::malformed, "a rule is expected", token.at);
      TRY(rule());
      begun_ = false;
    }
    if (found_.rules.empty() || begun_) return error(Fault::malformed, "no whole rule");
    return std::move(found_);
  }

 private:
  Result<void> import_line() {
    const Token name = TRY(tokens_.next());
    const std::string_view text = tokens_.text(name);
    // One place for all imports lets the rest of the text be taken as it is.
    if (name.type != Token::Type::string || text.size() < 2 || !found_.rules.empty())
      return error(Fault::malformed, "an import that does not stand first", name.at);
    return module(text.substr(1, text.size() - 2), name.at);
  }
  Result<void> module(std::string_view name, std::size_t at) {
    if (std::ranges::find(known_modules, name) == known_modules.end())
      return error(Fault::unsupported, "an unknown module", at);
    if (std::ranges::find(found_.modules, name) == found_.modules.end()) found_.modules.emplace_back(name);
    return {};
  }

  Result<void> rule() {
    const Token name = TRY(tokens_.next());
    if (name.type != Token::Type::word) return error(Fault::malformed, "a rule's name is expected", name.at);
    if (std::ranges::find(found_.rules, tokens_.text(name)) != found_.rules.end())
      return error(Fault::malformed, "two rules of one name", name.at);
    found_.rules.emplace_back(tokens_.text(name));
    found_.words.push_back({name.at, name.size});
    for (;;) {
      const Token token = TRY(tokens_.next());
      if (tokens_.text(token) == "{") return body();
      const bool tag = token.type == Token::Type::word || tokens_.text(token) == ":";
      if (!tag) return error(Fault::malformed, "a rule's body is expected", token.at);
    }
  }
  // Hex strings are braces inside braces; their content is words and symbols like any other.
  Result<void> body() {
    std::size_t depth = 1;
    char before = ' ';
    Token last;
    while (depth > 0) {
      const Token token = TRY(tokens_.next());
      if (token.type == Token::Type::end) return error(Fault::malformed, "an open rule", token.at);
      const std::string_view text = tokens_.text(token);
      if (text == "{") ++depth;
      if (text == "}") --depth;
      if (text == "." && last.type == Token::Type::word && is_module(tokens_.text(last)) && last_is_bare_)
        TRY(module(tokens_.text(last), last.at));
      last_is_bare_ = std::string_view("$#@!.").find(before) == std::string_view::npos;
      if (token.type == Token::Type::word && last_is_bare_) found_.words.push_back({token.at, token.size});
      last = token;
      before = token.type == Token::Type::symbol ? text.front() : ' ';
    }
    return {};
  }
  static bool is_module(std::string_view word) { return std::ranges::find(known_modules, word) != known_modules.end(); }

  Tokens tokens_;
  YaraText found_;
  bool begun_ = false, last_is_bare_ = false;
};

}  // namespace

Result<YaraText> read_yara(std::string_view text) { return Reader(text).all(); }

}  // namespace testudo
