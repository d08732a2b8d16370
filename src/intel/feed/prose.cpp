// Prose is full of names that are no indicators: links to sources, names of files, victims. Taken is what its author
// made unclickable, and what stands in a code span, a table or a block of code under a heading that announces
// indicators.
#include "intel/feed/prose.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/headings.h"
#include "intel/feed/prose_cell.h"
#include "intel/feed/prose_table.h"
#include "intel/feed/text_list.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

constexpr std::size_t block_limit = 65536;  // lines of a block of code

// "++evil[.]test++", as AsciiDoc keeps a text from being read as markup.
std::string_view without_marks(std::string_view text) {
  text = trim(text);
  if (text.size() > 4 && text.starts_with("++") && text.ends_with("++")) text = text.substr(2, text.size() - 4);
  return trim(text);
}

bool is_digest(Kind kind) { return kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256; }

bool is_fence(std::string_view text) {
  if (text.starts_with("```") || text.starts_with("~~~")) return true;
  return text.size() >= 4 && (text.find_first_not_of('-') == std::string_view::npos ||
                              text.find_first_not_of('.') == std::string_view::npos);
}

// Ends of names of files that end hosts, too.
bool ends_like_file(std::string_view name) {
  const std::string end = lower_ascii(name.substr(name.rfind('.') + 1));
  constexpr std::array<std::string_view, 10> ends{"py", "sh", "pl", "rs", "md", "so", "zip", "mov", "app", "ps"};
  return std::ranges::find(ends, end) != ends.end();
}

class ProseReader {
 public:
  ProseReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  void line(std::uint64_t number, std::string_view line) {
    number_ = number;
    const std::string_view text = trim(line);
    if (!fence_.empty()) return inside_block(text);
    const bool in_table = table_.takes(number, text);
    row();
    if (in_table) return;
    if (is_fence(text)) {
      fence_ = text.substr(0, text.find_first_not_of(text[0]));
      return;
    }
    if (const auto heading = heading_line(line)) return headings_.enter(heading->level, heading->text);
    // Of what stands beside a marking on one line it is the marking, in a sentence, too.
    tlp_ = tlp_said(text).level;
    std::string owned;
    running(close_gaps(text, owned), headings_.here());
    tlp_.reset();
  }
  void end() {
    if (!fence_.empty()) {
      notes_.add("", "unclosed_block", fence_);
      block();
    }
    if (table_.end()) row();
  }
  std::uint64_t claims() const { return claims_; }

 private:
  // -- running text and lists --
  void running(std::string_view text, const Section& section) {
    std::size_t at = 0;
    bool any = false;
    while (at < text.size()) {
      const std::size_t open = text.find('`', at);
      any |= defanged(text.substr(at, open - at), section);
      if (open == std::string_view::npos) break;
      const std::size_t close = text.find('`', open + 1);
      if (close == std::string_view::npos) {
        any |= defanged(text.substr(open + 1), section);
        break;
      }
      any |= span(text.substr(open + 1, close - open - 1), section, {});
      at = close + 1;
    }
    if (!any) plain_item(text, section);
  }
  // What a list holds under a telling heading without being marked as anything: named, not taken.
  void plain_item(std::string_view text, const Section& section) {
    if (!section.telling || text.size() < 3 || (text[0] != '-' && text[0] != '*') || text[1] != ' ') return;
    const std::string_view value = trim(text.substr(2));
    if (kind_of_value(value)) notes_.add_line(number_, "value_not_defanged", value);
  }
  bool defanged(std::string_view text, const Section& section) {
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = OctetSet(" \t|<>\"'`,;").find_in(text, at);
      std::string_view word = text.substr(at, end - at);
      at = end + 1;
      word = bare_word(word);
      if (word.empty() || (!is_defanged(word) && !is_announced_digest(text, word, section))) continue;
      any |= one(word, section, {});
    }
    return any;
  }
  // "- SHA256: 0123…" below a heading of indicators: digests are never links, and nobody defangs them.
  static bool is_announced_digest(std::string_view text, std::string_view word, const Section& section) {
    constexpr std::size_t words_before = 24;
    if (!section.telling || (word.size() != 32 && word.size() != 40 && word.size() != 64)) return false;
    const std::optional<Kind> kind = kind_of_value(word);
    const auto at = static_cast<std::size_t>(word.data() - text.data());
    const std::size_t from = at > words_before ? at - words_before : 0;
    return kind && is_digest(*kind) && !names_other_digest(text.substr(from, at - from));
  }
  // A code span: its value, or all of its values.
  bool span(std::string_view text, const Section& section, std::string_view comment) {
    text = without_marks(text);
    const bool sure = is_defanged(text);
    if (!sure && !section.telling) return false;
    if (section.kind && !sure && claim_as(*section.kind, text, section, comment)) return true;
    bool any = false;
    for (const FoundValue& found : values_in(text)) {
      const std::string_view value = found.text;
      // `generate.py` is a file, whatever Paraguay's suffix is.
      const bool host = !sure && kind_of_value(value) == Kind::host;
      if (host && (!section.network || (section.anything && ends_like_file(value)))) {
        if (section.anything) notes_.add_line(number_, "value_not_defanged", value);
        not_defanged_ |= section.anything;
        continue;
      }
      any |= one(value, section, comment);
    }
    return any;
  }
  // A kind that only the section tells, for what shows no other by itself.
  bool claim_as(Kind kind, std::string_view text, const Section& section, std::string_view comment) {
    const std::optional<Kind> own = kind_of_value(text);
    const bool other = own && (is_digest(*own) || *own == Kind::url || *own == Kind::ipv4 || *own == Kind::email);
    if (other || text.empty() || text.size() > 4096) return false;
    if (kind == Kind::path && own != Kind::path && text.find('\\') == std::string_view::npos) return false;
    emit(kind, text, section, comment);
    return true;
  }
  bool one(std::string_view value, const Section& section, std::string_view comment) {
    const std::string text = refang(value);
    const std::optional<Kind> kind = kind_of_value(text);
    if (!kind) {
      notes_.add_line(number_, "unrecognised_value", value);
      return false;
    }
    emit(section.certificates && is_digest(*kind) ? fitted_kind(Kind::cert_sha1, text) : *kind, text, section, comment);
    return true;
  }
  void emit(Kind kind, std::string_view value, const Section& section, std::string_view comment) {
    std::string words = section.title;
    if (!comment.empty()) words += (words.empty() ? "" : "; ") + std::string(comment);
    FeedClaim claim;
    claim.kind = kind;
    claim.value = value;
    claim.role = section.role;
    claim.threat = headings_.title();
    claim.comment = words;
    claim.tlp = stricter(tlp_, above_);
    sink_.claim(claim);
    ++claims_;
  }

  // -- blocks of code --
  void inside_block(std::string_view text) {
    if (text != fence_) {
      if (block_.size() < block_limit) return block_.emplace_back(text), void();
      return notes_.add_line(number_, "block_too_long", text);
    }
    block();
  }
  // A list if nearly all of its lines are values; else an excerpt of something, from which only the defanged is taken.
  void block() {
    fence_.clear();
    Section section = headings_.here();
    std::size_t values = 0, all = 0;
    for (const std::string& line : block_) {
      if (line.empty()) continue;
      ++all;
      values += values_in(line).empty() ? 0U : 1U;
    }
    const bool list = section.telling && values * 10 >= all * 8;
    // A list of indicators of any kind has hosts among them.
    section.network |= section.anything;
    for (const std::string& line : block_) {
      if (list && !line.empty() && !span(line, section, {})) notes_.add_line(number_, "unrecognised_value", line);
      if (!list) defanged(line, section);
    }
    if (!list && all > 0 && section.telling && values > 0)
      notes_.add_line(number_, "block_not_a_list", std::to_string(values) + " values");
    block_.clear();
  }

  // -- tables --
  void row() {
    std::vector<std::string> cells;
    const std::uint64_t number = number_;
    while (table_.next_row(cells)) {
      number_ = table_.row_line();
      const Section around = headings_.here();
      std::string comment;
      Section said;  // by the row's own words: "Role: compromised site", "Type: Android package"
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (table_.is_comment(i)) comment += (comment.empty() ? "" : "; ") + std::string(trim(cells[i]));
        if (says_victim(cells[i])) said.role = Role::victim;
        if (table_.is_word(i)) word(cells[i], table_.is_role(i), said);
      }
      tlp_ = marking(cells);
      const std::uint64_t before = claims_;
      for (std::size_t i = 0; i < cells.size(); ++i)
        if (!table_.is_comment(i) && !table_.is_tlp(i))
          cell(cells[i], section_of_cell(around, said, i), comment, table_.column(i) != nullptr && !table_.is_about(i));
      // "| TLP | Date |" of the report itself.
      if (claims_ == before && !table_.holds_indicators()) above_ = stricter(above_, tlp_);
      tlp_.reset();
    }
    number_ = number;
  }
  // Of a row: by a column that is called so, and by any cell that states one.
  std::optional<Tlp> marking(const std::vector<std::string>& cells) {
    std::optional<Tlp> tlp;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view text = trim(cells[i]);
      if (!table_.is_tlp(i)) tlp = stricter(tlp, tlp_said_in_parts(text, Brackets::part).stated());
      if (!table_.is_tlp(i) || text.empty() || says_nothing(text)) continue;
      if (!tlp_of(text)) notes_.add_line(number_, "unreadable_tlp", text);
      tlp = stricter(tlp, tlp_of(text).value_or(Tlp::amber_strict));
    }
    return tlp;
  }
  void word(std::string_view text, bool is_role, Section& said) {
    text = trim(text);
    const Section section = section_of(text);
    const std::optional<Role> role = role_of(text);
    said.network |= section.network;
    said.certificates |= section.certificates;
    if (section.kind) said.kind = section.kind;
    if (role && (said.role == Role::unstated || role == Role::victim)) said.role = *role;
    // Whose it is cannot be told: nothing is blocked by it.
    if (!is_role || role || says_nothing(text) || text.empty()) return;
    notes_.add_line(number_, "unreadable_role", text);
    if (said.role == Role::unstated) said.role = Role::context;
  }
  Section section_of_cell(const Section& around, const Section& said, std::size_t column) const {
    const Section* named = table_.column(column);
    Section section = named == nullptr ? around : *named;
    section.title = around.title;
    section.certificates |= around.certificates;
    if (section.role == Role::unstated || around.role == Role::victim) section.role = around.role;
    if (said.role != Role::unstated && section.role != Role::victim) section.role = said.role;
    if (named == nullptr || !(named->anything || (table_.is_value(column) && around.telling))) return section;
    // A column of any indicators: their kinds stand beside them, or in the heading.
    section.telling = section.anything = section.network = true;
    section.certificates |= said.certificates;
    section.kind = said.kind ? said.kind : section.kind ? section.kind : around.kind;
    return section;
  }
  // Whole if it is a value or a list of them, else word by word. `headed`: the column is called
  // by indicators.
  void cell(std::string_view raw, const Section& section, std::string_view comment, bool headed) {
    const std::string text = cell_text(raw);
    const std::uint64_t before = claims_;
    const bool several = section.kind == Kind::app_id && blanks.is_in(trim(text));
    not_defanged_ = false;
    if (text.empty() || (!several && span(text, section, comment))) return;
    if (std::exchange(not_defanged_, false)) return;
    words_of_cell(text, section, comment);
    if (claims_ > before || !headed || !section.telling || says_nothing(text)) return;
    notes_.add_line(number_, "unrecognised_value", text);
  }
  void words_of_cell(std::string_view text, const Section& section, std::string_view comment) {
    const std::vector<std::string_view> words = cell_words(text);
    const bool all =
        std::ranges::all_of(words, [](std::string_view word) { return kind_of_word_in_cell(word).has_value(); });
    for (const std::string_view word : words) {
      const std::optional<Kind> kind = kind_of_word_in_cell(word);
      if (!kind) continue;
      // A sentence names other hosts, too; of the columns that announce nothing only whole cells are taken.
      const bool sure = is_defanged(word);
      const bool plain = is_digest(*kind) || *kind == Kind::ipv4 || *kind == Kind::ipv6 || *kind == Kind::cidr;
      if (section.telling ? !(sure || plain || all) : !(sure && all)) continue;
      if (*kind == Kind::url && OctetSet("|,;").is_in(word)) {
        emit(Kind::url, refang(word), section, comment);
      } else {
        sure ? one(word, section, comment) : span(word, section, comment);
      }
    }
  }
  // What separates values elsewhere may be a link's own; a bar in it is escaped in a table.
  static std::optional<Kind> kind_of_word_in_cell(std::string_view word) {
    std::string text = refang(word);
    if (text.find("://") != std::string::npos)
      std::ranges::replace_if(text, [](char c) { return OctetSet("|,;").has(c); }, '_');
    return kind_of_value(text);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  Headings headings_;
  ProseTable table_;
  std::string fence_;
  std::vector<std::string> block_;
  std::uint64_t number_ = 0, claims_ = 0;
  std::optional<Tlp> tlp_;     // of the line or row
  std::optional<Tlp> above_;   // of a table of other things above
  bool not_defanged_ = false;  // span() named a value that it did not take
};

Result<void> read_prose(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  ProseReader reader(sink, notes);
  std::string_view line;
  while (lines.next(line)) reader.line(lines.number(), line);
  reader.end();
  if (reader.claims() == 0) notes.add("", "no_indicator_in_prose", "");
  return {};
}

class NoSink : public FeedSink {
 public:
  void claim(const FeedClaim&) override {}
  void threat(std::uint64_t, std::string_view) override {}
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern&) override {}
  void object(const KeptObject&) override {}
  void note(std::string_view, std::string_view, std::string_view) override {}
};

int prose_likeness(const FeedHead& head) {
  const std::string& name = head.lower_name();
  const auto ends = [&](std::string_view tail) { return name.ends_with(tail); };
  const bool markup = ends(".md") || ends(".markdown") || ends(".adoc") || ends(".asciidoc") || ends(".rst");
  if (!markup && !ends(".txt") && name.find('.') != std::string::npos) return 0;
  if (head.text().find('\0') != std::string_view::npos) return 0;
  NoSink sink;
  FeedNotes notes(sink);
  ProseReader reader(sink, notes);
  for (std::size_t i = 0; reader.claims() == 0 && i < head.lines().size(); ++i) reader.line(i + 1, head.lines()[i]);
  reader.end();
  if (reader.claims() == 0) return 0;
  return markup ? 80 : 55;
}

}  // namespace

const FeedFormat prose_format{"prose", prose_likeness, read_prose, 80, FeedFormat::SaidIn::prose};

}  // namespace testudo
