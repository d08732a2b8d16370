// A statement is the protocol's name with a level, behind nothing but words about marking and sharing.
#include "intel/feed/tlp_said.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

constexpr std::size_t longest = 4096;  // octets of a text; what is said behind them is not looked for
constexpr std::string_view wide_t = "\xEF\xBC\xB4", wide_small_t = "\xEF\xBD\x94";  // of full-width letters

// A word without the marks around it.
std::string_view unmarked(std::string_view word) {
  constexpr OctetSet marks(".,:;*_`\"'()[]<>");
  while (!word.empty() && marks.has(word.front())) word.remove_prefix(1);
  while (!word.empty() && marks.has(word.back())) word.remove_suffix(1);
  return word;
}

bool holds_value(std::string_view text) {
  std::string owned;
  for (const std::string_view word : split(text, ' '))
    if (kind_of_value(refang(unmarked(word), owned))) return true;
  return false;
}

// Hosts, links and paths name no protocol.
std::string without_values(std::string_view text) {
  std::string out, owned;
  for (const std::string_view word : split(text, ' ')) {
    const std::string_view bare = unmarked(word);
    const bool value = may_name_tlp(bare) && kind_of_value(refang(bare, owned));
    out.append(value ? "value" : word).push_back(' ');
  }
  return out;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) text.replace(at, from.size(), to);
}

bool is_number(std::string_view word) {
  if (word.size() > 1 && word[0] == 'v') word.remove_prefix(1);
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// What may stand between the protocol's name and the level.
bool is_filler(std::string_view word) {
  constexpr std::array<std::string_view, 10> fillers{"level",  "marking", "label", "status", "rating",
                                                     "colour", "color",   "code",  "is",     "version"};
  return word.empty() || is_number(word) || std::ranges::find(fillers, word) != fillers.end();
}

constexpr std::string_view pointing = " this these the all our with and ";
// Of nouns and adjectives, what a title or a remark on sharing is made of.
constexpr std::string_view things =
    " document report file list feed data dataset information indicators indicator iocs ioc values content contents "
    "bulletin advisory alert note notice warning caution important header footer comment subject revremark meta "
    "metadata "
    "statement keywords category confidential restricted limited strictly internal private public official sensitive "
    "secret draft final "
    "threat intelligence intel analysis brief briefing summary incident protocol policy security copyright ";
constexpr std::string_view linking =
    " is are be marked classified labelled labeled as under at shared released distributed published provided level "
    "marking markings mark label labels tag tags status classification distribution dissemination sharing handling "
    "restriction restrictions sensitivity audience confidentiality ";

// In a title they deny what stands behind them, or point elsewhere.
constexpr std::string_view denying =
    " no not non without except excluding remove removed deleted see was were is are from of than to in leaked other "
    "some "
    "any for every each ";

bool is_one_of(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at)
    if (at > 0 && words[at - 1] == ' ' && words.substr(at + word.size()).starts_with(' ')) return true;
  return false;
}

// What stands before the protocol's name.
struct Lead {
  bool to_marking = true;  // nothing but words about marking and sharing: a statement may follow
  bool sentence = false;   // it begins like one: "The report"
  bool links = true;       // its last word asks for a level: "… is marked", "Sharing"
  bool title = true;       // a few words that deny nothing: "Operation Blue TLP:AMBER"
};

Lead lead_of(std::string_view words) {
  Lead lead;
  constexpr std::size_t words_of_title = 6, words_of_statement = 24;
  std::string_view last;
  std::size_t count = 0;
  for (const std::string_view word : split(words, ' ')) {
    if (is_number(word)) continue;
    if (count == words_of_statement) lead.to_marking = false;
    if (!lead.to_marking && !lead.title) return lead;
    lead.title &= ++count <= words_of_title && !is_one_of(denying, word) && !is_one_of(pointing, word);
    if (last.empty()) lead.sentence = is_one_of(pointing, word);
    lead.to_marking &= is_one_of(pointing, word) || is_one_of(things, word) || is_one_of(linking, word);
    last = word;
  }
  lead.links = last.empty() || is_one_of(linking, last);
  // Before a noun it points at something else: "this TLP:RED report".
  lead.to_marking &= !is_one_of(pointing, last);
  return lead;
}

// "tlp:", "TLP =", "TLP level:": a field, whatever its value.
bool is_field(std::string_view text) {
  const std::string lower = lower_ascii(text);
  const std::size_t at = lower.find("tlp");
  if (at == std::string::npos) return true;  // full width, or spelled out
  const std::string_view behind = std::string_view(lower).substr(at + 3);
  const std::size_t sign = behind.find_first_of(":=");
  if (sign == std::string_view::npos) return false;
  return std::ranges::all_of(split(behind.substr(0, sign), ' '), is_filler);
}

struct Level {
  std::optional<Tlp> tlp;    // of all words
  std::optional<Tlp> first;  // of the first alone
  bool empty = true, alone = true;
};

Level level_of(std::string_view words) {
  Level level;
  std::string rest = "tlp";
  std::size_t count = 0;
  for (const std::string_view word : split(words, ' ')) {
    if (is_filler(word)) continue;
    rest.append(" ").append(word);
    // "amber strict" are two words.
    if (++count <= 2) level.first = stricter(level.first, tlp_of(rest));
  }
  level.tlp = tlp_of(rest);
  // The explanation that FIRST gives of the level ("Disclosure is not limited") stands beside it in many documents.
  constexpr std::string_view explained = " disclosure not limited";
  const std::string_view clear = std::string_view(rest).substr(0, std::string_view("tlp clear").size());
  if (level.first == Tlp::clear && std::string_view(rest).substr(clear.size()).starts_with(explained))
    level.tlp = Tlp::clear;
  level.empty = count == 0;
  level.alone = count <= (level.tlp == Tlp::amber_strict ? 2U : 1U);
  return level;
}

// `title`: a few words before the name may be anything, if nothing stands behind the level.
TlpSaid said_in(std::string_view text, bool title) {
  constexpr std::string_view name = " tlp ";
  TlpSaid said;
  text = text.substr(0, longest);
  if (!may_name_tlp(text)) return said;
  std::string words = plain_words(without_values(text));
  replace(words, " traffic light protocol ", name);
  replace(words, " tlp tlp ", name);
  const std::size_t first = words.find(name);
  if (first == std::string::npos) return said;
  said.named = true;
  const Lead lead = lead_of(std::string_view(words).substr(0, first));
  for (std::size_t at = first; at != std::string::npos;) {
    const std::size_t next = words.find(name, at + 1);
    const Level level = level_of(std::string_view(words).substr(at + name.size(), next - at - name.size()));
    said.level = stricter(said.level, level.tlp ? level.tlp : level.first);
    said.remark |= !level.tlp && !level.empty;
    if (at == first) {
      said.unreadable = !level.tlp && !level.empty && is_field(text);
      const bool leads = lead.to_marking || (title && lead.title && level.tlp && level.alone);
      said.states = leads && (level.tlp || said.unreadable) && (level.alone || lead.links || !lead.sentence);
      said.exact = said.states && level.tlp && level.alone && next == std::string::npos;
    }
    at = next;
  }
  if (said.states && said.unreadable) said.level = stricter(said.level, Tlp::amber_strict);
  return said;
}

}  // namespace

// In one walk: most texts are short, and nearly all hold none of it.
bool may_name_tlp(std::string_view text) {
  constexpr OctetSet in_names("pPf\xB4\x94");
  for (std::size_t at = in_names.find_in(text); at < text.size(); at = in_names.find_in(text, at + 1)) {
    if (at < 2) continue;
    const std::string_view behind = text.substr(at - 2);
    if (equals_ignoring_case(behind.substr(0, 3), "tlp") || behind.starts_with("raffic") ||
        behind.starts_with(wide_t) || behind.starts_with(wide_small_t))
      return true;
  }
  return false;
}

TlpSaid tlp_said(std::string_view text) { return said_in(text, false); }

TlpSaid tlp_said_in_parts(std::string_view line, Brackets brackets) {
  line = line.substr(0, longest);
  if (!may_name_tlp(line)) return {};
  // What commas and bars separate is a row of a table, and no title.
  const bool title = brackets == Brackets::part && !OctetSet(",;|\t").is_in(line) && !holds_value(line);
  TlpSaid whole = said_in(line, title);
  if (!whole.named || (whole.states && !whole.unreadable)) return whole;
  // A remark in brackets behind a level may make it stricter; what stands in another column does not.
  std::string text(line);
  for (const std::string_view bar : {"\xE2\x80\xA2", "\xC2\xB7"}) replace(text, bar, "|");
  if (!whole.states) {
    for (const std::string_view dash : {" - ", "\xE2\x80\x93", "\xE2\x80\x94", ". ", "! "}) replace(text, dash, "\n");
    replace(text, ": ", ":\n");
    if (brackets == Brackets::part)
      std::ranges::replace_if(text, [](char c) { return OctetSet("()[]{},;").has(c); }, '|');
  }
  TlpSaid found;
  std::string owned;
  for (const std::string_view column : split(text, '|')) {
    std::string_view part = column;
    for (std::size_t from = 0; from != std::string_view::npos;) {
      // A dash begins a statement and does not end it: what follows may be its remark.
      const std::string_view rest = column.substr(from);
      if (kind_of_value(refang(trim(rest.substr(0, rest.find('\n'))), owned))) return whole;
      if (may_name_tlp(rest)) part = rest;
      const std::size_t next = column.find('\n', from);
      from = next == std::string_view::npos ? next : next + 1;
    }
    const TlpSaid said = tlp_said(part);
    if (said.states && (!found.states || *found.level < *said.level)) found = said;
  }
  if (!found.states) return whole;
  found.exact = false;
  return found;
}

bool is_marking(std::string_view text) { return tlp_said(text).exact; }

}  // namespace testudo
