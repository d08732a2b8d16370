// Lists as spyware researchers publish them: domains.txt, samples.sha256, processes.txt, lists of ranges.
#include "intel/feed/text_list.h"

#include <algorithm>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/address_range.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/headings.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

constexpr std::size_t longest_heading = 60;
constexpr std::size_t longest_name = 7;  // "sha-256"

struct Line {
  std::string_view value, comment;
};

bool has_blank(std::string_view text) { return blanks.is_in(text); }

// `"evil.test",` of a list that a program wrote; "sha256:…" of a registry.
std::string_view bare_value(std::string_view text) {
  if (text.size() > 2 && text.ends_with(',')) text.remove_suffix(1);
  const bool quoted = text.size() > 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  if (quoted && text.find(text.front(), 1) == text.size() - 1) text = text.substr(1, text.size() - 2);
  const std::size_t colon = text.substr(0, longest_name + 1).find(':');
  if (colon == std::string_view::npos) return text;
  const std::optional<Kind> named = kind_of_word(text.substr(0, colon));
  const std::string_view rest = trim(text.substr(colon + 1));
  return named && kind_of_value(rest) == named ? rest : text;
}

// "evil.test  # seen in May": the mark counts only after a blank, since URLs hold all three.
Line without_comment(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"#", "//", ";"})
    if (text.starts_with(mark)) return {{}, trim(text.substr(mark.size()))};
  if (!has_blank(text)) return {text, {}};
  std::size_t first = std::string_view::npos;
  std::size_t size = 0;
  for (const std::string_view mark : {" #", "\t#", " //", "\t//", " ;", "\t;"}) {
    const std::size_t at = text.find(mark);
    if (at < first) {
      first = at;
      size = mark.size();
    }
  }
  if (first == std::string_view::npos) return {text, {}};
  return {trim(text.substr(0, first)), trim(text.substr(first + size))};
}

// What scanners look for in an answer: "/HTTP\/1.1 200 OK\r\n/".
bool is_expression(std::string_view text) {
  return text.size() > 2 && text.front() == '/' && text.back() == '/' && text.find('\\') != std::string_view::npos;
}

bool is_digest(Kind kind) { return kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256; }

bool takes_anything(Kind kind) {
  return kind == Kind::app_id || kind == Kind::process || kind == Kind::file_name || kind == Kind::path ||
         kind == Kind::property || kind == Kind::profile_id || kind == Kind::registry_key || kind == Kind::phone ||
         kind == Kind::host;
}

// The list's own kind, unless the value clearly is another: a URL among hosts keeps what its author wrote. `own` is the
// value's kind by its looks.
std::optional<Kind> kind_in_list(std::optional<Kind> list, std::optional<Kind> own, std::string_view value) {
  if (!list) return own;
  const bool own_is_hash = own && is_digest(*own);
  if (*list == Kind::host && own && (own_is_hash || *own == Kind::email || *own == Kind::path)) return own;
  if (takes_anything(*list)) return own_is_hash && *list != Kind::file_name ? own : list;
  if (fitted_kind(*list, value) != *list) return fitted_kind(*list, value);
  const bool cert = *list == Kind::cert_md5 || *list == Kind::cert_sha1 || *list == Kind::cert_sha256;
  return own && !(cert && own_is_hash) ? own : list;
}

// "SHA256 (name) = digest" of BSD, and "digest  name" or "digest *name": the digest and the name.
struct Checksum {
  std::string_view digest, name;
};
std::optional<Checksum> checksum_of(std::string_view line) {
  const auto is_one = [](std::string_view text) {
    const std::optional<Kind> kind = kind_of_value(text);
    return kind && is_digest(*kind);
  };
  const std::size_t open = line.find(" ("), close = line.rfind(") = ");
  if (open != std::string_view::npos && close != std::string_view::npos && open < close &&
      !has_blank(line.substr(0, open)) && is_one(line.substr(close + 4)))
    return Checksum{trim(line.substr(close + 4)), line.substr(open + 2, close - open - 2)};
  const std::size_t blank = blanks.find_in(line);
  if (blank >= line.size() || !is_one(line.substr(0, blank))) return std::nullopt;
  std::string_view name = trim(line.substr(blank));
  if (name.starts_with('*')) name.remove_prefix(1);
  // Several digests of one file on a line are several values.
  if (is_one(name.substr(0, blanks.find_in(name)))) return std::nullopt;
  return Checksum{line.substr(0, blank), name};
}

// What a list of names may hold beside single words: "evil proc", no sentence.
bool is_name_with_blanks(Kind list, std::string_view text) {
  const bool may = list == Kind::process || list == Kind::file_name || list == Kind::path ||
                   list == Kind::registry_key || list == Kind::property || list == Kind::phone;
  if (!may || text.size() > 256) return false;
  if (kind_of_value(text) == list) return true;
  return std::ranges::count_if(text, [](char c) { return blanks.has(c); }) <= 3 &&
         std::string_view(".:;,!?").find(text.back()) == std::string_view::npos;
}

class TextReader {
 public:
  TextReader(const FeedText& feed, FeedSink& sink, FeedNotes& notes)
      : sink_(sink), notes_(notes), list_(kind_of_file_name(feed.name)) {}

  void line(std::uint64_t number, std::string_view text) {
    Line parts = without_comment(text);
    parts.value = bare_value(parts.value);
    if (parts.value.empty()) {
      // A list of several parts, each below its own marking; those of the file's head are known already.
      if (may_name_tlp(parts.comment))
        below_ = stricter(below_, tlp_said_in_parts(parts.comment, Brackets::part).stated());
      if (!parts.comment.empty()) comment_above(parts.comment);
      return;
    }
    ++lines_;
    if (is_expression(parts.value)) return expression(number, parts);
    if (range(parts)) return;
    if (list_ && takes_anything(*list_) && *list_ != Kind::host) return anything(parts);
    if (checksum(parts)) return;
    if (const auto values = values_in(parts.value); !values.empty()) {
      for (const FoundValue& value : values) {
        std::string owned;
        claim(refang(value.text, owned), value.kind, parts.comment);
      }
    } else if (!is_marking(parts.value) && !heading(parts.value) && !whole(parts)) {
      notes_.add_line(number, "unrecognised_value", parts.value);
    }
  }
  std::uint64_t lines() const { return lines_; }

 private:
  // "# Compromised sites": a comment of more words tells of others too, and changes nothing.
  void comment_above(std::string_view words) {
    if (words.size() > longest_heading) return;
    const Section section = section_of(words);
    if (says_victim(words)) {
      role_ = Role::victim;
    } else if (section.telling && section.role != Role::victim) {
      role_ = Role::unstated;
    }
  }
  // "Victims:", or "Victims" where no name can stand, on a line of its own; whether it surely is one.
  bool heading(std::string_view line) {
    const bool colon = line.ends_with(':');
    if (line.size() > longest_heading || (!colon && list_ && !has_blank(line))) return false;
    const Section section = section_of(line);
    const bool victims = section.role == Role::victim;
    if (victims && (colon || says_victim(line))) {
      role_ = Role::victim;
    } else if (colon || (section.telling && !victims)) {
      role_ = Role::unstated;
    }
    return colon && section.telling;
  }
  void anything(const Line& parts) {
    std::string owned;
    const std::string_view value = refang(parts.value, owned);
    claim(value, kind_of_value(value), parts.comment);
  }
  void claim(std::string_view value, std::optional<Kind> own, std::string_view comment) {
    if (const std::optional<Kind> kind = kind_in_list(list_, own, value)) emit(*kind, value, comment);
  }
  void emit(Kind kind, std::string_view value, std::string_view comment) {
    FeedClaim claim;
    claim.kind = kind;
    claim.value = value;
    claim.comment = comment;
    claim.role = comment.empty() ? role_ : least_blocking(role_, role_of_remark(comment).value_or(Role::unstated));
    claim.tlp = below_;
    sink_.claim(claim);
  }
  bool checksum(const Line& parts) {
    const std::optional<Checksum> found = checksum_of(parts.value);
    if (found) emit(*kind_of_value(found->digest), found->digest, found->name);
    return found.has_value();
  }
  // A value that only the name of the list explains: "despachosnegocios" in domains.txt.
  bool whole(const Line& parts) {
    if (!list_ || has_blank(parts.value)) return false;
    emit(fitted_kind(*list_, parts.value), refang(parts.value), parts.comment);
    return true;
  }
  bool range(const Line& parts) {
    std::string owned;
    const std::vector<std::string> networks = networks_of_range(refang(parts.value, owned));
    for (const std::string& network : networks)
      emit(network.find('/') != std::string::npos ? Kind::cidr : fitted_kind(Kind::ipv4, network), network,
           parts.comment);
    return !networks.empty();
  }
  void expression(std::uint64_t number, const Line& parts) {
    const std::string object = "line " + std::to_string(number);
    KeptPattern pattern;
    pattern.language = "pcre";
    pattern.text = parts.value;
    pattern.object = object;
    pattern.why = "not_a_single_value";
    pattern.tlp = below_;
    sink_.kept(pattern);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::optional<Kind> list_;
  std::optional<Tlp> below_;    // a marking in a comment
  Role role_ = Role::unstated;  // by the heading above
  std::uint64_t lines_ = 0;
};

void note_tier(std::string_view name, FeedNotes& notes) {
  const std::string plain = lower_ascii(name);
  for (const std::string_view tier : {"high", "medium", "low"})
    if (plain.find(std::string(tier) + "_confidence") != std::string::npos ||
        plain.find(std::string(tier) + "-confidence") != std::string::npos)
      notes.add("", "confidence_in_file_name", tier);
}

Result<void> read_text(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  note_tier(feed.name, notes);
  TextReader reader(feed, sink, notes);
  std::string_view line;
  while (lines.next(line)) reader.line(lines.number(), line);
  if (reader.lines() == 0) notes.add("", "empty_feed", "");
  return {};
}

int text_likeness(const FeedHead& head) {
  const std::optional<Kind> list = kind_of_file_name(head.name());
  if (head.text().empty()) return list && head.name().find('.') != std::string_view::npos ? 55 : 0;
  const auto most = static_cast<unsigned>(std::min<std::size_t>(head.lines().size(), 200));
  unsigned all = 0, values = 0, words = 0;
  std::string owned;
  for (const std::string_view line : head.lines()) {
    const std::string_view value = bare_value(without_comment(line).value);
    if (value.empty() || is_marking(value)) continue;
    if (all == most) break;
    ++all;
    if (value.find('\0') != std::string_view::npos) return 0;
    const std::string_view plain = refang(value, owned);
    if (!values_in(plain).empty() || is_expression(value) || !networks_of_range(plain).empty() || checksum_of(value))
      ++values;
    const bool word = !has_blank(value) || (list && is_name_with_blanks(*list, value));
    if (word && !OctetSet("<>{}\"").is_in(value)) ++words;
    // With so many others no further line makes it a list: prose need not be read on.
    if ((all - values) * 2 > most && (!list || (all - words) * 10 > most)) return 5;
  }
  if (all == 0) return list ? 55 : 0;
  if (values * 10 >= all * 9) return list ? 80 : 70;
  if (list && words * 10 >= all * 9) return 65;
  return values * 2 >= all ? 55 : 5;
}

}  // namespace

namespace {
constexpr OctetSet between_values(" \t,;|\r\n");
}

bool may_be_several(std::string_view text) { return between_values.is_in(trim(text)); }

std::vector<FoundValue> values_in(std::string_view text) {
  text = trim(text);
  std::string owned;
  if (const auto kind = kind_of_value(refang(text, owned))) return {{text, *kind}};
  std::vector<FoundValue> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = between_values.find_in(text, at);
    const std::string_view part = text.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == "/" || part == "&") continue;
    const auto kind = part.size() < 4096 ? kind_of_value(refang(part, owned)) : std::nullopt;
    if (!kind) return {};
    parts.push_back({part, *kind});
  }
  return parts;
}

const FeedFormat text_format{"text", text_likeness, read_text, 80, FeedFormat::SaidIn::lone_lines};

}  // namespace testudo
