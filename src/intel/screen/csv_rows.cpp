// csv_rows.h.
#include "intel/screen/csv_rows.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {
constexpr std::size_t max_field = 1U << 20, max_fields = 4096;
}

TableRows::TableRows(std::string_view text, char separator) : text_(text), separator_(separator) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

void TableRows::read_field(std::string& field) {
  const auto add = [&](char c) {
    if (field.size() < max_field) {
      field.push_back(c);
    } else {
      too_long_ = true;
    }
  };
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    while (true) {
      if (at_ == text_.size()) {
        open_quote_ = true;
        return;
      }
      const char c = text_[at_++];
      if (c != '"') {
        add(c);
      } else if (at_ < text_.size() && text_[at_] == '"') {
        add('"');
        ++at_;
      } else {
        break;
      }
    }
  }
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') add(text_[at_++]);
}

bool TableRows::next(std::vector<std::string>& fields) {
  fields.clear();
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  if (at_ == text_.size()) return false;
  start_ = at_;
  while (true) {
    std::string field;
    read_field(field);
    if (fields.size() < max_fields) {
      fields.push_back(std::move(field));
    } else {
      too_long_ = true;
    }
    if (at_ == text_.size() || text_[at_] != separator_) break;
    ++at_;
  }
  return true;
}

char csv_separator(std::string_view text) {
  constexpr std::string_view separators = ",;\t|";
  std::size_t counts[4] = {};
  bool quoted = false;
  for (const char c : text.substr(0, 65536)) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    const std::size_t which = separators.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  return separators[static_cast<std::size_t>(std::max_element(counts, counts + 4) - counts)];
}

CsvHeader::CsvHeader(std::vector<std::string> names) : names_(std::move(names)) {
  for (std::string& name : names_) name = lower_ascii(trim(name));
}

std::optional<std::size_t> CsvHeader::column(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), lower_ascii(name));
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

std::string_view CsvHeader::get(const std::vector<std::string>& row, std::string_view name) const {
  const std::optional<std::size_t> at = column(name);
  return at && *at < row.size() ? trim(row[*at]) : std::string_view();
}

void append_csv_field(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out.push_back('"');
  for (const char c : field) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace testudo
