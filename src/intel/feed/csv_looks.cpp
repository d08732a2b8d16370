// A wrong column is as bad as a lost one: links to reports are no links to malware.
#include "intel/feed/csv_looks.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/csv.h"
#include "intel/feed/csv_rows.h"
#include "intel/feed/defang.h"
#include "intel/feed/text_list.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t rows_looked_at = 200;

bool is_digest(Kind kind) { return kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256; }
bool is_certificate(Kind kind) {
  return kind == Kind::cert_md5 || kind == Kind::cert_sha1 || kind == Kind::cert_sha256;
}
bool is_address(Kind kind) { return kind == Kind::ipv4 || kind == Kind::ipv6 || kind == Kind::cidr; }
bool is_of_network(Kind kind) { return is_address(kind) || kind == Kind::host || kind == Kind::url; }

// "c2_ip", "File SHA256", "sampleHash": the words in lower case.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  const auto is_upper = [&](std::size_t i) { return i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; };
  const auto is_lower = [&](std::size_t i) { return i < name.size() && name[i] >= 'a' && name[i] <= 'z'; };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    const bool letter = digit || is_upper(i) || is_lower(i) || static_cast<unsigned char>(name[i]) >= 0x80;
    const bool hump = is_upper(i) && i > 0 && (is_lower(i - 1) || (is_upper(i - 1) && is_lower(i + 1)));
    if ((!letter || hump) && !words.back().empty()) words.emplace_back();
    if (letter) words.back().append(lower_ascii(name.substr(i, 1)));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

struct Word {
  std::string_view word;
  Kind kind;
};
// Too vague to say alone what a column holds; its cells must agree.
constexpr std::array vague{Word{"address", Kind::host},
                           Word{"addresses", Kind::host},
                           Word{"addr", Kind::host},
                           Word{"dst", Kind::host},
                           Word{"dest", Kind::host},
                           Word{"destination", Kind::host},
                           Word{"destinations", Kind::host},
                           Word{"dns", Kind::host},
                           Word{"server", Kind::host},
                           Word{"servers", Kind::host},
                           Word{"cnc", Kind::host},
                           Word{"site", Kind::host},
                           Word{"sites", Kind::host},
                           Word{"website", Kind::host},
                           Word{"websites", Kind::host},
                           Word{"callback", Kind::host},
                           Word{"infrastructure", Kind::host},
                           Word{"domaine", Kind::host},
                           Word{"subdomain", Kind::host},
                           Word{"subdomains", Kind::host},
                           Word{"domaines", Kind::host},
                           Word{"dominio", Kind::host},
                           Word{"dominios", Kind::host},
                           Word{"dom\xC3\xA4ne", Kind::host},
                           Word{"dom\xC3\xA4nen", Kind::host},
                           Word{"adresse", Kind::host},
                           Word{"adresses", Kind::host},
                           Word{"sender", Kind::email},
                           Word{"senders", Kind::email},
                           Word{"path", Kind::path},
                           Word{"folder", Kind::path},
                           Word{"fingerprint", Kind::cert_sha1},
                           Word{"thumbprint", Kind::cert_sha1},
                           Word{"sample", Kind::sha256},
                           Word{"digest", Kind::sha256},
                           Word{"checksum", Kind::sha256},
                           Word{"sha", Kind::sha256},
                           Word{"md5sum", Kind::md5},
                           Word{"sha1sum", Kind::sha1},
                           Word{"sha256sum", Kind::sha256},
                           Word{"application", Kind::app_id}};

// What stands beside indicators: where they were read of, who said so, what is in order, digests of other things.
constexpr std::array<std::string_view, 84> beside{
    "reference",  "references",   "ref",          "refs",      "report",       "reports",   "reported",
    "reporter",   "source",       "sources",      "src",       "blog",         "article",   "publication",
    "publisher",  "published",    "feed",         "provider",  "vendor",       "vt",        "virustotal",
    "urlhaus",    "urlscan",      "screenshot",   "sandbox",   "analysis",     "evidence",  "permalink",
    "homepage",   "company",      "support",      "contact",   "abuse",        "owner",     "registrar",
    "registrant", "nameserver",   "ns",           "mx",        "resolver",     "gateway",   "whois",
    "author",     "analyst",      "researcher",   "submitter", "credit",       "isp",       "asn",
    "org",        "organization", "organisation", "customer",  "client",       "whitelist", "whitelisted",
    "allowlist",  "clean",        "safe",         "benign",    "original",     "official",  "parent",
    "sinkhole",   "scanner",      "ticket",       "case",      "internal",     "local",     "lan",
    "id",         "ids",          "uuid",         "guid",      "key",          "token",     "session",
    "commit",     "revision",     "build",        "imphash",   "authentihash", "jarm",      "icon"};

struct Looks {
  std::size_t rows = 0;      // that were looked at
  std::size_t filled = 0;    // cells that say something
  std::size_t defanged = 0;  // of the network, and written so that nobody clicks it
  std::map<Kind, std::size_t> kinds;
  std::set<std::string> different;
  template <typename Is>
  std::size_t count(Is is) const {
    std::size_t all = 0;
    for (const auto& [kind, cells] : kinds) all += is(kind) ? cells : 0;
    return all;
  }
  bool nearly_all(std::size_t cells) const { return cells > 0 && cells * 10 >= filled * 9; }
};

void look_at(std::string_view cell, Looks& looks) {
  cell = plain_cell(cell);
  if (cell.empty() || says_nothing(cell)) return;
  ++looks.filled;
  const std::vector<FoundValue> values = values_in(cell);
  if (values.empty()) return;
  const Kind kind = values[0].kind;
  ++looks.kinds[kind];
  looks.defanged += is_of_network(kind) && is_defanged(values[0].text) ? 1U : 0U;
  looks.different.emplace(cell);
}

std::vector<Looks> looks_of(CsvHead head, const Cells& header) {
  CsvRows rows(head.text, head.delimiter);
  Cells cells;
  std::vector<Looks> looks(header.size());
  std::size_t seen = 0;
  while (seen < rows_looked_at && rows.next(cells)) {
    if (is_empty_row(cells) || cells[0].starts_with('#') || cells == header || names_delimiter(cells)) continue;
    ++seen;
    if (header.empty()) looks.resize(std::max(looks.size(), cells.size()));
    for (std::size_t i = 0; i < std::min(cells.size(), looks.size()); ++i) look_at(cells[i], looks[i]);
  }
  for (Looks& column : looks) column.rows = seen;
  return looks;
}

std::vector<Kind> kinds_named(const std::vector<std::string>& words) {
  std::vector<Kind> named;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0)
      if (const auto kind = kind_of_word(words[i - 1] + words[i])) named.push_back(*kind);
    if (const auto kind = kind_of_word(words[i]); kind && words[i] != "as") named.push_back(*kind);
    if (const auto* known = std::ranges::find(vague, std::string_view(words[i]), &Word::word); known != vague.end())
      named.push_back(known->kind);
  }
  return named;
}

bool take(Column& column, Kind kind) {
  column.use = ColumnUse::looks;
  column.kind = kind;
  return true;
}

bool judge_by_name(Column& column, const std::vector<std::string>& words, const Looks& looks) {
  std::optional<Kind> best;
  std::size_t most = 0;
  for (const Kind named : kinds_named(words)) {
    // Names like "a.b.app" end in what hosts end in: such a column must show that it is one of applications.
    const auto is_one = [&](Kind seen) { return named == Kind::app_id ? seen == named : fits_column(named, seen); };
    const std::size_t cells = looks.count(is_one);
    if (cells == 0 || cells < most || (cells == most && best && !is_told_by_name(named))) continue;
    best = named;
    most = cells;
  }
  return best && most * 2 >= looks.filled && take(column, *best);
}

bool judge_by_looks(Column& column, const Looks& looks) {
  if (looks.nearly_all(looks.count(is_digest))) return take(column, Kind::sha256);
  if (looks.nearly_all(looks.count(is_address)) || looks.nearly_all(looks.defanged)) return take(column, Kind::host);
  const bool whose = column.role == Role::attacker || column.role == Role::victim;
  return whose && looks.nearly_all(looks.count(is_of_network)) && take(column, Kind::host);
}

bool stands_beside(const std::vector<std::string>& words) {
  std::string name;
  for (const std::string& word : words) name += word;
  if (names_other_digest(name)) return true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // "app id": the id is the value itself.
    const bool half = i > 0 && kind_of_word(words[i - 1] + words[i]);
    if (!half && std::ranges::find(beside, words[i]) != beside.end()) return true;
  }
  return false;
}

// "IOC list", "Indicator (defanged)".
bool names_indicators(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 6> known{"indicator", "indicators", "ioc",
                                                  "iocs",      "observable", "observables"};
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return std::ranges::find(known, word) != known.end(); });
}

void judge(Column& column, const Looks& looks) {
  // A program that is named by its id is an indicator, not the name of a threat.
  if (column.use == ColumnUse::threat && looks.nearly_all(looks.count([](Kind kind) { return kind == Kind::app_id; })))
    take(column, Kind::app_id);
  if (column.use != ColumnUse::unknown || looks.kinds.empty()) return;
  const std::vector<std::string> words = words_of(column.name);
  if (stands_beside(words) || judge_by_name(column, words, looks) || judge_by_looks(column, looks)) return;
  if (names_indicators(words) && looks.count([](Kind) { return true; }) * 2 >= looks.filled)
    column.use = ColumnUse::value;
}

// The column whose cells look most like indicators; nothing if none does in half of the rows.
std::optional<std::size_t> column_of_values(const std::vector<Looks>& looks) {
  const auto found = [](const Looks& column) { return column.count([](Kind) { return true; }); };
  const auto best = std::ranges::max_element(looks, {}, found);
  if (best == looks.end() || found(*best) == 0 || found(*best) * 2 < best->rows) return std::nullopt;
  return static_cast<std::size_t>(best - looks.begin());
}

}  // namespace

bool fits_column(Kind named, Kind seen) {
  if (is_of_network(named)) return is_of_network(seen);
  if (is_digest(named)) return is_digest(seen);
  if (is_certificate(named)) return is_digest(seen) || is_certificate(seen);
  if (named == Kind::ja3) return seen == Kind::md5;
  return named == seen || (named == Kind::app_id && seen == Kind::host);
}

bool is_told_by_name(Kind kind) { return is_certificate(kind) || kind == Kind::ja3 || kind == Kind::app_id; }

std::optional<Kind> kind_told_by(std::string_view phrase, Kind seen) {
  for (const Kind named : kinds_named(words_of(phrase)))
    if (is_told_by_name(named) && fits_column(named, seen)) return named;
  return std::nullopt;
}

std::vector<Column> columns_below(const Cells& header, CsvHead head) {
  std::vector<Column> columns = columns_of(header);
  const bool listed = is_header(header);
  if (listed && is_own_export(columns)) return columns;
  for (std::size_t i = 0; !listed && i < header.size(); ++i)
    if (columns[i].use == ColumnUse::unknown && kind_of_value(refang(plain_cell(header[i])))) return {};
  const std::vector<Looks> looks = looks_of(head, header);
  for (std::size_t i = 0; i < columns.size(); ++i) judge(columns[i], looks[i]);
  if (listed) return columns;
  const auto taken = [](const Column& column) {
    return column.use == ColumnUse::looks || column.use == ColumnUse::value;
  };
  const std::optional<std::size_t> best = column_of_values(looks);
  // No list of values has a cell that is called like a marking.
  const bool marked = std::ranges::find(columns, ColumnUse::tlp, &Column::use) != columns.end();
  if (!best || (!marked && std::ranges::none_of(columns, taken))) return {};
  // A column that a feed without header would be read by is no less one below a name in another language.
  if (columns[*best].use == ColumnUse::unknown && !stands_beside(words_of(columns[*best].name)))
    columns[*best].use = ColumnUse::value;
  return columns;
}

std::vector<Column> columns_without_header(CsvHead head) {
  const std::vector<Looks> looks = looks_of(head, {});
  const std::optional<std::size_t> best = column_of_values(looks);
  if (!best) return {};
  std::vector<Column> columns(looks.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].name = "column " + std::to_string(i + 1);
    if (i == *best) {
      columns[i].use = ColumnUse::value;
    } else if (!judge_by_looks(columns[i], looks[i])) {
      // One name beside many is whose feed it is, or who reported it.
      const std::size_t hosts = looks[i].count([](Kind kind) { return kind == Kind::host; });
      if (looks[i].nearly_all(hosts) && looks[i].different.size() * 2 > hosts) take(columns[i], Kind::host);
    }
  }
  return columns;
}

}  // namespace testudo
