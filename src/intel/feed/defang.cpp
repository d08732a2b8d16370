// Defanging, by the spellings seen in reports (docs/formats/feeds.md).
#include "intel/feed/defang.h"

#include <array>
#include <optional>

#include "base/octet_set.h"
#include "base/text.h"

namespace testudo {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

struct Spelling {
  std::string_view inside;  // of the brackets, in lower case
  std::string_view meaning;
};
constexpr std::array spellings{Spelling{".", "."},  Spelling{"dot", "."}, Spelling{"d", "."},     Spelling{":", ":"},
                               Spelling{"at", "@"}, Spelling{"@", "@"},   Spelling{"://", "://"}, Spelling{"/", "/"}};

char closing(char open) { return open == '[' ? ']' : open == '(' ? ')' : '}'; }

struct Bracket {
  std::string_view meaning;
  std::size_t size;
};

// "[.]", "(dot)", "{at}", "[ . ]" at the beginning of `text`.
std::optional<Bracket> bracket(std::string_view text) {
  if (text.size() < 3 || (text[0] != '[' && text[0] != '(' && text[0] != '{')) return std::nullopt;
  const std::size_t end = text.substr(0, 9).find(closing(text[0]));
  if (end == std::string_view::npos) return std::nullopt;
  const std::string inside = lower_ascii(trim(text.substr(1, end - 1)));
  for (const Spelling& spelling : spellings)
    if (inside == spelling.inside && (inside != "d" || text[0] == '[')) return Bracket{spelling.meaning, end + 1};
  return std::nullopt;
}

// "\[.\]", as Markdown keeps a bracket from being read as a link's.
std::optional<Bracket> escaped_bracket(std::string_view text) {
  constexpr std::size_t longest = 14;
  if (text.size() < 3 || text[0] != '\\') return std::nullopt;
  std::string plain;
  std::optional<Bracket> found;
  for (std::size_t at = 0; at < std::min(text.size(), longest); ++at) {
    if (text[at] == '\\') continue;
    plain.push_back(text[at]);
    found = bracket(plain);
    if (found && found->size == plain.size()) return Bracket{found->meaning, at + 1};
  }
  return std::nullopt;
}

struct Scheme {
  std::string_view spelling, meaning;
};
constexpr std::array schemes{Scheme{"hxxps", "https"}, Scheme{"hxxp", "http"}, Scheme{"h**ps", "https"},
                             Scheme{"h**p", "http"},   Scheme{"fxps", "ftps"}, Scheme{"fxp", "ftp"}};

const Scheme* scheme(std::string_view text) {
  for (const Scheme& scheme : schemes) {
    if (text.size() <= scheme.spelling.size() ||
        !equals_ignoring_case(text.substr(0, scheme.spelling.size()), scheme.spelling))
      continue;
    std::string_view rest = text.substr(scheme.spelling.size());
    if (rest.starts_with('\\')) rest.remove_prefix(1);
    if (rest.starts_with(':') || rest.starts_with("[:") || rest.starts_with("(:") || rest.starts_with("{:"))
      return &scheme;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 3> wide_stops{"\xEF\xBC\x8E", "\xE3\x80\x82", "\xEF\xBD\xA1"};

std::size_t wide_stop(std::string_view text) {
  for (const std::string_view stop : wide_stops)
    if (text.starts_with(stop)) return stop.size();
  return 0;
}

struct Refanged {
  std::string text;
  bool sure = false;  // something that nobody writes by chance
};

class Refanger {
 public:
  explicit Refanger(std::string_view text) : text_(text) {}
  Refanged run() {
    // With these a mark can begin; what lies between them is taken over as it stands.
    constexpr OctetSet begins_mark("hHfF[({\\.\xEF\xE3");
    while (at_ < text_.size()) {
      const std::size_t next = begins_mark.find_in(text_, at_);
      if (next > at_) put(text_.substr(at_, next - at_), next - at_, false);
      if (at_ < text_.size()) step();
    }
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    const bool after_word = at_ > 0 && is_word(text_[at_ - 1]);
    if (const Scheme* found = after_word ? nullptr : scheme(rest))
      return put(found->meaning, found->spelling.size(), true);
    if (const std::optional<Bracket> found = bracket(rest)) return put_bracket(*found);
    if (rest.starts_with("\\.")) return put(".", 2, true);
    if (const std::optional<Bracket> found = escaped_bracket(rest)) return put_bracket(*found);
    if (rest.starts_with("\\://")) return put("://", 4, true);
    if (after_word && rest.size() > 2 && (rest.starts_with("[.") || rest.starts_with(".]")) && is_word(rest[2]))
      return put(".", 2, true);
    if (const std::size_t size = after_word ? wide_stop(rest) : 0;
        size > 0 && rest.size() > size && is_word(rest[size]))
      return put(".", size, false);
    put(rest.substr(0, 1), 1, false);
  }
  // Spaces belong to the bracket only where a word stands on both sides: "evil [.] test".
  void put_bracket(const Bracket& found) {
    std::size_t before = out_.text.size(), after = at_ + found.size;
    while (before > 0 && out_.text[before - 1] == ' ') --before;
    while (after < text_.size() && text_[after] == ' ') ++after;
    const bool joined = before > 0 && after < text_.size() &&
                        (is_word(out_.text[before - 1]) || found.meaning != ".") &&
                        (is_word(text_[after]) || found.meaning != ".");
    if (joined) out_.text.resize(before);
    put(found.meaning, joined ? after - at_ : found.size, joined);
  }
  void put(std::string_view meaning, std::size_t size, bool sure) {
    out_.text += meaning;
    at_ += size;
    out_.sure |= sure;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Refanged out_;
};

// Most values bear no mark at all, and then nothing need be copied letter by letter.
bool may_be_defanged(std::string_view text) {
  constexpr OctetSet marks("[]({\\*\xEF\xE3xX"), behind_x("xXpP");
  for (std::size_t at = marks.find_in(text); at < text.size(); at = marks.find_in(text, at + 1)) {
    const bool is_x = (text[at] | 0x20) == 'x';
    if (!is_x || (at + 1 < text.size() && behind_x.has(text[at + 1]))) return true;
  }
  return false;
}

}  // namespace

std::string refang(std::string_view text) {
  return may_be_defanged(text) ? Refanger(text).run().text : std::string(text);
}

std::string_view refang(std::string_view text, std::string& owned) {
  return may_be_defanged(text) ? owned = Refanger(text).run().text : text;
}

std::string_view close_gaps(std::string_view text, std::string& owned) {
  constexpr OctetSet opens("[({");
  std::size_t taken = 0;
  for (std::size_t at = opens.find_in(text); at < text.size(); at = opens.find_in(text, at + 1)) {
    if (at < taken + 2 || text[at - 1] != ' ' || !is_word(text[at - 2])) continue;
    const std::optional<Bracket> found = bracket(text.substr(at));
    if (!found || (found->meaning != "." && found->meaning != "@")) continue;
    const std::size_t after = at + found->size;
    if (after + 1 >= text.size() || text[after] != ' ' || !is_word(text[after + 1])) continue;
    if (taken == 0) owned.clear();
    owned.append(text.substr(taken, at - 1 - taken)).append(text.substr(at, found->size));
    taken = after + 1;
  }
  if (taken == 0) return text;
  owned.append(text.substr(taken));
  return owned;
}

bool is_defanged(std::string_view text) { return may_be_defanged(text) && Refanger(text).run().sure; }

}  // namespace testudo
