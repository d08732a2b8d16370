// A row is one or more indicators and what the feed says of them all.
#include "intel/feed/csv_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/csv.h"
#include "intel/feed/csv_escape.h"
#include "intel/feed/csv_looks.h"
#include "intel/feed/csv_rows.h"
#include "intel/feed/defang.h"
#include "intel/feed/text_list.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

bool holds_blanks(Kind kind) {
  return kind == Kind::path || kind == Kind::file_name || kind == Kind::process || kind == Kind::registry_key ||
         kind == Kind::property || kind == Kind::phone;
}

// The words of feeds, and those that only our own exports use.
std::optional<Kind> kind_of_type(std::string_view word) {
  if (const auto kind = kind_of_word(word)) return kind;
  const auto kind = kind_from_name(word);
  const bool own = kind == Kind::path || kind == Kind::property || kind == Kind::profile_id || kind == Kind::account ||
                   kind == Kind::ja4;
  return own ? kind : std::nullopt;
}

// Words for what no Kind stands for, although its value may look like one that has.
bool is_kindless(std::string_view word) {
  const std::string text = lower_ascii(word);
  if (names_other_digest(text) || text.find("serial") != std::string::npos) return true;
  return std::ranges::any_of(std::array<std::string_view, 9>{"mutex", "mac", "user-agent", "useragent", "yara",
                                                             "description", "reference", "report", "title"},
                             [&](std::string_view known) { return text.starts_with(known); });
}

bool holds_values(ColumnUse use) {
  return use == ColumnUse::value || use == ColumnUse::typed || use == ColumnUse::looks;
}

bool is_file_hash(const Column& column) {
  return column.use == ColumnUse::typed &&
         (column.kind == Kind::md5 || column.kind == Kind::sha1 || column.kind == Kind::sha256);
}

bool is_file_name(const Column& column) { return column.use == ColumnUse::typed && column.kind == Kind::file_name; }

// An apostrophe in front keeps a spreadsheet from running a cell.
bool is_formula(std::string_view raw) { return trim(raw).starts_with('='); }

std::string note_name(ColumnUse use) {
  if (use == ColumnUse::tlp) return "tlp";
  if (use == ColumnUse::confidence) return "confidence";
  return use == ColumnUse::role ? "role" : "time";
}

}  // namespace

void CsvReader::note(std::uint64_t line, std::string_view defect, std::string_view value) {
  notes_.add(std::string(unit_) + " " + std::to_string(line), defect, value);
}

template <typename T>
std::optional<T> CsvReader::understood(std::optional<T> value, const Column& column, std::string_view cell) {
  if (!value) note(line_, "unreadable_" + note_name(column.use), cell);
  return value;
}

void CsvReader::header(std::vector<Column> columns) {
  columns_ = std::move(columns);
  own_export_ = is_own_export(columns_);
  names_files_ = std::ranges::any_of(columns_, is_file_name) && std::ranges::any_of(columns_, is_file_hash);
  noted_.assign(columns_.size(), false);
}

void CsvReader::without_header(std::vector<Column> columns) {
  header(std::move(columns));
  any_width_ = true;
}

void CsvReader::row(std::uint64_t line, const Cells& cells) {
  ++rows_;
  if (is_empty_row(cells)) return note(line, "empty_row", "");
  if (cells.size() != columns_.size() && !any_width_) note(line, "ragged_row", std::to_string(cells.size()) + " cells");
  line_ = line;
  of_file_ = false;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()) && names_files_; ++i)
    of_file_ |= is_file_hash(columns_[i]) && !plain_cell(cells[i]).empty();
  FeedClaim claim;
  describe(cells, claim);
  bool any = false;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i)
    if (holds_values(columns_[i].use) && !is_remark(columns_[i])) any |= values(columns_[i], cells[i], claim);
  if (!any) note(line, "row_without_value", cells[0]);
}

// What a file was called where its digest tells which it is.
bool CsvReader::is_remark(const Column& column) const { return of_file_ && is_file_name(column); }

// Everything of the row but its values.
void CsvReader::describe(const Cells& cells, FeedClaim& claim) {
  comment_.clear();
  type_ = shown_ = {};
  threats_.clear();
  escaped_ = false;
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    const std::string_view cell = plain_cell(cells[i]);
    if (cell.empty()) continue;
    if (columns_[i].use == ColumnUse::unknown && own_export_) continue;
    const bool asks = columns_[i].role == Role::victim || columns_[i].role == Role::benign;
    if (columns_[i].use == ColumnUse::unknown && asks && truth_of(cell)) {
      // "victim: yes", "false positive: no".
      if (*truth_of(cell)) claim.role = least_blocking(claim.role, columns_[i].role);
      continue;
    }
    if (columns_[i].use == ColumnUse::unknown && !marks(columns_[i], cell, claim)) unread(i, cell);
    if (is_formula(cells[i]) && !holds_values(columns_[i].use)) note(line_, "formula_cell", cell);
    if (is_remark(columns_[i]) && !says_nothing(cell)) add_comment(cell);
    say(columns_[i], cell, claim);
  }
  claim.comment = comment_;
}

// Without header, columns of words have no name that could mislead anybody.
void CsvReader::unread(std::size_t i, std::string_view cell) {
  if (noted_[i] || says_nothing(cell) || (any_width_ && values_in(cell).empty())) return;
  noted_[i] = true;
  note(line_, "unknown_key", columns_[i].name + ": " + std::string(cell));
}

// "Sharing: red", "Remark: TLP:RED".
bool CsvReader::marks(const Column& column, std::string_view cell, FeedClaim& claim) {
  const std::optional<Tlp> tlp = stricter(column.sharing ? tlp_of(cell) : std::nullopt, tlp_said(cell).stated());
  claim.tlp = stricter(claim.tlp, tlp);
  return tlp.has_value();
}

void CsvReader::say(const Column& column, std::string_view cell, FeedClaim& claim) {
  switch (column.use) {
    case ColumnUse::type:
      type_ = cell;
      claim.role = least_blocking(claim.role, role_of(cell).value_or(Role::unstated));
      break;
    case ColumnUse::comment:
      if (!own_export_) claim.role = least_blocking(claim.role, role_of_remark(cell).value_or(Role::unstated));
      add_comment(cell);
      break;
    case ColumnUse::threat:
      if (own_export_) threats_ = names_of_cell(cell);
      if (claim.threat.empty() && !says_nothing(cell)) claim.threat = threats_.empty() ? cell : threats_.front();
      break;
    case ColumnUse::tags:
      tags(cell, claim);
      break;
    case ColumnUse::tlp:
      // What cannot be told may be strict.
      claim.tlp = stricter(claim.tlp, understood(tlp_of(cell), column, cell).value_or(Tlp::amber_strict));
      break;
    case ColumnUse::confidence:
      claim.confidence = understood(confidence_of(cell), column, cell);
      break;
    case ColumnUse::role:
      // Whose it is cannot be told: nothing is blocked by it.
      claim.role = least_blocking(claim.role, understood(role_of(cell), column, cell).value_or(Role::context));
      break;
    case ColumnUse::object:
      claim.object = cell;
      break;
    case ColumnUse::revoked:
      revoked(cell, claim);
      break;
    case ColumnUse::shown:
      shown_ = cell;
      break;
    case ColumnUse::escaped:
      escaped_ = cell == "true";
      break;
    case ColumnUse::unknown:
      claim.role = least_blocking(claim.role, role_of_remark(cell).value_or(Role::unstated));
      if (column.status) status(cell, claim);
      // What a defender's own list lets pass (Microsoft Defender) is nobody to block.
      if (column.action && (equals_ignoring_case(cell, "allow") || equals_ignoring_case(cell, "allowed")))
        claim.role = least_blocking(claim.role, Role::benign);
      break;
    case ColumnUse::value:
    case ColumnUse::typed:
    case ColumnUse::looks:
      break;
    default:
      time(column, cell, claim);
  }
}

void CsvReader::status(std::string_view cell, FeedClaim& claim) {
  if (equals_ignoring_case(cell, "revoked") || equals_ignoring_case(cell, "withdrawn")) return revoked(cell, claim);
  claim.role = least_blocking(claim.role, role_of_status(cell).value_or(Role::unstated));
}

void CsvReader::revoked(std::string_view cell, FeedClaim& claim) {
  const std::optional<bool> said = truth_of(cell);
  claim.revoked = said.value_or(false);
  if (!said) note(line_, "unrecognised_value", cell);
  if (claim.revoked) note(line_, "revoked", cell);
}

void CsvReader::time(const Column& column, std::string_view cell, FeedClaim& claim) {
  const std::optional<Time> at = understood(time_of(cell), column, cell);
  switch (column.use) {
    case ColumnUse::created:
      claim.created = at;
      break;
    case ColumnUse::modified:
      claim.modified = at;
      break;
    case ColumnUse::valid_from:
      claim.valid_from = at;
      break;
    case ColumnUse::valid_until:
      claim.valid_until = at;
      break;
    case ColumnUse::first_seen:
      claim.first_seen = at;
      break;
    default:
      claim.last_seen = at;
  }
}

void CsvReader::tags(std::string_view cell, FeedClaim& claim) {
  add_comment(cell);
  std::string_view rest = cell;
  while (!rest.empty()) {
    const std::size_t end = OctetSet(",;|").find_in(rest);
    tag(trim(rest.substr(0, end)), claim);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

// One tag, or several with blanks between them.
void CsvReader::tag(std::string_view text, FeedClaim& claim) {
  claim.role = least_blocking(claim.role, role_of_remark(text).value_or(Role::unstated));
  const std::string lower = lower_ascii(text);
  const std::size_t at = lower.find("tlp:");
  if (at == std::string::npos && may_name_tlp(text)) claim.tlp = stricter(claim.tlp, tlp_said(text).stated());
  if (at == std::string::npos || (at > 0 && lower[at - 1] != ' ')) return;
  std::string_view level = text.substr(at + 4);
  level = trim(level).substr(0, trim(level).find(' '));
  const std::optional<Tlp> tlp = tlp_of(level);
  if (!tlp) note(line_, "unreadable_tlp", text);
  claim.tlp = stricter(claim.tlp, tlp.value_or(Tlp::amber_strict));
}

void CsvReader::add_comment(std::string_view text) {
  if (!comment_.empty()) comment_ += "; ";
  comment_ += text;
}

bool CsvReader::values(const Column& column, std::string_view raw, FeedClaim& claim) {
  const std::string_view cell = plain_cell(raw);
  if (cell.empty()) return false;
  if (is_formula(raw)) {
    note(line_, "formula_cell", cell);
    return true;
  }
  if (const auto kind = own_export_ ? kind_from_name(type_) : std::nullopt; kind && column.use == ColumnUse::value) {
    exact(*kind, cell, claim);
    return true;
  }
  const Role of_row = claim.role;
  if (column.role == Role::victim && of_row != Role::benign) claim.role = Role::victim;
  if (of_row == Role::unstated && column.role != Role::unstated) claim.role = column.role;
  if (column.use == ColumnUse::typed) {
    typed(column.kind, cell, claim);
  } else if (column.use == ColumnUse::looks) {
    by_looks(column.kind, cell, claim);
  } else {
    untyped(cell, claim);
  }
  claim.role = of_row;
  return true;
}

// What our own export wrote is one value, as it stands; its other spelling counts while it is one of the same value.
void CsvReader::exact(Kind kind, std::string_view cell, FeedClaim& claim) {
  const auto whole = [&](std::string_view text) { return escaped_ ? csv_unescaped(text) : std::string(text); };
  const std::string value = whole(cell), other = whole(shown_);
  Defects defects;
  const auto normal = other.empty() ? std::nullopt : normalise_indicator(kind, other, defects);
  emit(kind, normal && normal->value == value ? other : value, claim);
}

void CsvReader::by_looks(Kind named, std::string_view cell, FeedClaim& claim) {
  const std::vector<FoundValue> parts = values_in(cell);
  if (parts.empty() && !says_nothing(cell)) note(line_, "unrecognised_value", cell);
  std::string owned;
  for (const FoundValue& part : parts) {
    if (fits_column(named, part.kind)) {
      const std::string_view text = refang(part.text, owned);
      emit(is_told_by_name(named) ? fitted_kind(named, text) : part.kind, text, claim);
    } else {
      note(line_, "unrecognised_value", part.text);
    }
  }
}

void CsvReader::typed(Kind kind, std::string_view cell, FeedClaim& claim) {
  std::string owned;
  const auto one = [&](std::string_view part) {
    const std::string_view text = refang(part, owned);
    emit(fitted_kind(kind, text), text, claim);
  };
  std::vector<FoundValue> parts;
  if (!holds_blanks(kind) && may_be_several(cell)) parts = values_in(cell);
  if (parts.empty()) one(cell);
  for (const FoundValue& part : parts) one(part.text);
}

void CsvReader::untyped(std::string_view cell, FeedClaim& claim) {
  const std::optional<Kind> kind = kind_of_type(type_);
  if (kind) return typed(*kind, *kind == Kind::url && !shown_.empty() ? shown_ : cell, claim);
  const std::vector<FoundValue> parts = is_kindless(type_) ? std::vector<FoundValue>{} : values_in(cell);
  std::string owned;
  for (const FoundValue& part : parts) {
    const std::string_view text = refang(part.text, owned);
    emit(fitted_kind(kind_told_by(type_, part.kind).value_or(part.kind), text), text, claim);
  }
  if (!parts.empty()) return;
  if (type_.empty()) return note(line_, "unrecognised_value", cell);
  keep(cell, claim);
}

void CsvReader::emit(Kind kind, std::string_view text, FeedClaim& claim) {
  claim.kind = kind;
  claim.value = text;
  sink_.claim(claim);
  for (std::size_t i = 1; i < threats_.size(); ++i) sink_.threat(claims_, threats_[i]);
  ++claims_;
}

void CsvReader::keep(std::string_view cell, const FeedClaim& claim) {
  keep_value(sink_,
             {.language = unit_ == "line" ? "csv" : "json",
              .object = claim.object,
              .name = claim.comment,
              .tlp = claim.tlp,
              .revoked = claim.revoked},
             type_, cell);
}

}  // namespace testudo
