// CSV (RFC 4180): a row an indicator, every cell in quotes. A cell that a spreadsheet could take for a formula, and one
// that begins with an apostrophe, gets an apostrophe in front: readers drop the first apostrophe of any cell.
// A value that holds what would act is escaped, and its row says so in the last column (csv_escape.h).
// Source: OWASP, "CSV Injection".
#include <algorithm>

#include "base/text.h"
#include "intel/export/export_writer.h"
#include "intel/export/facts.h"
#include "intel/export/plain_text.h"
#include "intel/feed/csv_escape.h"

namespace testudo {
namespace {

// Spreadsheets take the full-width forms (U+FF1D, U+FF0B, U+FF0D, U+FF20) for the signs.
bool begins_formula(std::string_view text) {
  constexpr std::string_view wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  if (text.empty()) return false;
  return std::string_view("=+-@'").find(text.front()) != std::string_view::npos ||
         std::ranges::any_of(wide, [&](std::string_view sign) { return text.starts_with(sign); });
}

class Csv : public ExportWriter {
 public:
  void head(const ExportSummary& /*summary*/, ExportOutput& out) override {
    out.main +=
        "type,value,shown,role,tlp,confidence,revoked,threat,sources,created,modified,valid_from,valid_until,"
        "first_seen,last_seen,sightings,comment,escaped\r\n";
  }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const Facts facts = facts_of(indicator);
    row_.clear();
    cell(kind_name(indicator.kind));
    const bool escaped = needs_csv_escape(indicator.value) || needs_csv_escape(indicator.shown);
    exact(indicator.value, escaped);
    exact(indicator.shown, escaped);
    cell(role_word(facts.role()));
    cell(facts.tlp ? tlp_word(*facts.tlp) : "");
    cell(facts.confidence ? std::to_string(*facts.confidence) : "");
    cell(facts.revoked ? "true" : "false");
    cell(names_cell(facts.threats));
    cell(joined(facts.sources));
    for (const auto& time :
         {facts.created, facts.modified, facts.valid_from, facts.valid_until, facts.first_seen, facts.last_seen})
      cell(time ? instant_text(*time) : "");
    cell(std::to_string(indicator.times_seen()));
    cell(joined(facts.comments, 2000));
    cell(escaped ? "true" : "");
    row_.back() = '\r';
    out.main.append(row_).append("\n");
    return {};
  }

 private:
  void cell(std::string_view raw) { quoted(one_line(raw, 3000)); }
  // Every octet counts here.
  void exact(std::string_view raw, bool escaped) {
    if (escaped) return quoted(csv_escaped(raw));
    quoted(raw);
  }
  void quoted(std::string_view text) {
    row_ += '"';
    if (begins_formula(text)) row_ += '\'';
    for (const char c : text) {
      if (c == '"') row_ += '"';
      row_ += c;
    }
    row_ += "\",";
  }
  std::string row_;
};

}  // namespace

MadeWriter make_csv(const ExportRequest& /*request*/) { return MadeWriter(std::make_unique<Csv>()); }

}  // namespace testudo
