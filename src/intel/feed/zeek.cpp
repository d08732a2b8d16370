// Tables by a line "#fields", separated by TAB; "-" is nothing, "(empty)" is the empty text, \x09 an escaped octet.
#include "intel/feed/zeek.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

struct ZeekType {
  std::string_view name;
  Kind kind;
};
// SOFTWARE and PUBKEY_HASH have no kind of ours.
constexpr std::array types{ZeekType{"Intel::ADDR", Kind::ipv4},
                           ZeekType{"Intel::SUBNET", Kind::cidr},
                           ZeekType{"Intel::URL", Kind::url},
                           ZeekType{"Intel::DOMAIN", Kind::host},
                           ZeekType{"Intel::EMAIL", Kind::email},
                           ZeekType{"Intel::USER_NAME", Kind::account},
                           ZeekType{"Intel::FILE_HASH", Kind::sha256},
                           ZeekType{"Intel::CERT_HASH", Kind::cert_sha1},
                           ZeekType{"Intel::FILE_NAME", Kind::file_name}};

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

std::string unescaped(std::string_view cell) {
  if (cell == "-" || cell == "(empty)") return {};
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto high = i + 3 < cell.size() ? hex_digit(cell[i + 2]) : std::nullopt;
    const auto low = i + 3 < cell.size() ? hex_digit(cell[i + 3]) : std::nullopt;
    if (cell.substr(i).starts_with("\\x") && high && low) {
      text.push_back(static_cast<char>(*high * 16 + *low));
      i += 3;
    } else {
      text.push_back(cell[i]);
    }
  }
  return to_utf8(text);
}

// "Name (victim) TLP:red", as our own export writes it, and others may: whose the value is, and its marking.
struct Described {
  std::string_view name;
  std::optional<Role> role;
  bool own = false;
};

// What begins behind the last `mark`, which may also begin the text; nothing where there is none.
std::size_t last_of(std::string_view text, std::string_view mark) {
  const std::size_t at = text.rfind(" " + std::string(mark));
  if (at != std::string_view::npos) return at;
  return text.starts_with(mark) ? 0 : std::string_view::npos;
}

Described described(std::string_view text) {
  Described found{.name = text};
  if (const std::size_t mark = last_of(text, "TLP:"); mark != std::string_view::npos && tlp_of(text.substr(mark))) {
    found.name = text.substr(0, mark);
    found.own = true;
  }
  const std::size_t open = last_of(found.name, "(");
  if (open == std::string_view::npos || !found.name.ends_with(')')) return found;
  const std::string_view behind = found.name.substr(found.name.find('(', open) + 1);
  const std::string_view word = behind.substr(0, behind.size() - 1);
  constexpr std::array<std::string_view, 4> roles{"attacker", "victim", "benign", "context"};
  if (std::ranges::find(roles, word) == roles.end()) return found;
  return {trim(found.name.substr(0, open)), role_of(word), true};
}

class ZeekReader {
 public:
  ZeekReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}
  void header(std::string_view line) {
    fields_.clear();
    for (const std::string_view name : split(line, '\t')) fields_.emplace_back(trim(name));
    fields_.erase(fields_.begin());  // the word "#fields"
    constexpr std::array<std::string_view, 6> own{"indicator", "indicator_type", "meta.source",
                                                  "meta.desc", "meta.url",       "meta.do_notice"};
    own_columns_ = std::ranges::equal(fields_, own);
  }
  bool has_header() const { return !fields_.empty(); }

  void row(std::uint64_t number, std::string_view line) {
    const std::vector<std::string_view> cells = split(line, '\t');
    const std::string value = unescaped(cell(cells, "indicator"));
    const std::string_view type = cell(cells, "indicator_type");
    if (cells.size() != fields_.size()) notes_.add_line(number, "ragged_row", std::to_string(cells.size()) + " cells");
    if (value.empty() || type.empty()) return notes_.add_line(number, "row_without_value", line);
    const std::string source = unescaped(cell(cells, "meta.source"));
    const std::string desc = unescaped(cell(cells, "meta.desc"));
    std::string comment = desc;
    const std::string url = unescaped(cell(cells, "meta.url"));
    if (!url.empty()) comment += (comment.empty() ? "" : "; ") + url;
    const auto known = std::ranges::find(types, type, &ZeekType::name);
    const std::optional<Tlp> tlp = marking(number, cells);
    if (known == types.end()) return keep(type, value, comment, tlp);
    FeedClaim claim;
    std::string owned;
    const std::string_view text = refang(value, owned);
    claim.kind = fitted_kind(known->kind, text);
    claim.value = text;
    const Described about = described(desc);
    // In our own export the source is the feed that we had it from.
    claim.threat = about.own || own_columns_ ? about.name : std::string_view(source);
    const std::optional<Role> remark = own_columns_ ? std::nullopt : role_of_remark(desc);
    claim.role = about.role ? *about.role : remark.value_or(Role::unstated);
    claim.tlp = tlp;
    claim.comment = comment;
    claim.confidence = confidence_of(cell(cells, "meta.confidence"));
    claim.first_seen = time_of(cell(cells, "meta.first_seen"));
    claim.last_seen = time_of(cell(cells, "meta.last_seen"));
    sink_.claim(claim);
  }

 private:
  std::string_view cell(const std::vector<std::string_view>& cells, std::string_view name) const {
    const auto at = static_cast<std::size_t>(std::ranges::find(fields_, name) - fields_.begin());
    return at < std::min(cells.size(), fields_.size()) ? trim(cells[at]) : std::string_view{};
  }
  // Of "meta.tlp" and the like, and of any other cell that states one.
  std::optional<Tlp> marking(std::uint64_t number, const std::vector<std::string_view>& cells) {
    std::optional<Tlp> strictest;
    for (std::size_t i = 0; i < std::min(cells.size(), fields_.size()); ++i) {
      const bool named = names_tlp(fields_[i]);
      if (!named && !may_name_tlp(cells[i])) continue;
      const std::string text = unescaped(trim(cells[i]));
      if (named && !text.empty() && !tlp_of(text)) notes_.add_line(number, "unreadable_tlp", text);
      if (named && !text.empty()) strictest = stricter(strictest, tlp_of(text).value_or(Tlp::amber_strict));
      if (!named) strictest = stricter(strictest, tlp_said(text).stated());
      // Our own export writes it behind a name.
      const std::size_t mark = named ? std::string::npos : text.rfind(" TLP:");
      if (mark != std::string::npos) strictest = stricter(strictest, tlp_of(std::string_view(text).substr(mark)));
    }
    return strictest;
  }
  void keep(std::string_view type, std::string_view value, std::string_view comment, std::optional<Tlp> tlp) {
    keep_value(sink_, {.language = "zeek", .name = comment, .tlp = tlp}, type, value);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::vector<std::string> fields_;
  bool own_columns_ = false;
};

Result<void> read_zeek(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  ZeekReader reader(sink, notes);
  std::string_view line;
  bool orphans = false;
  while (lines.next(line)) {
    if (line.starts_with("#fields")) {
      reader.header(line);
    } else if (trim(line).empty() || line.starts_with('#')) {
      continue;
    } else if (reader.has_header()) {
      reader.row(lines.number(), line);
    } else {
      notes.add_line(lines.number(), "row_before_header", line);
      orphans = true;
    }
  }
  if (!reader.has_header() && orphans) return error(Fault::malformed, "no #fields");
  if (!reader.has_header()) notes.add("", "empty_feed", "");
  return {};
}

int zeek_likeness(const FeedHead& head) {
  for (const std::string_view line : head.lines()) {
    if (!line.starts_with("#fields\t")) continue;
    const bool intel = line.find("indicator") != std::string_view::npos;
    return intel && line.find("indicator_type") != std::string_view::npos ? 98 : 0;
  }
  return 0;
}

}  // namespace

const FeedFormat zeek_format{"zeek", zeek_likeness, read_zeek};

}  // namespace testudo
