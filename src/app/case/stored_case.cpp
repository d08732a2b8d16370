#include "app/case/stored_case.h"

#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include <fcntl.h>
#include <unistd.h>

#include "base/json_text.h"
#include "base/text.h"
#include "parser/parser.h"
#include "record/shared_value.h"
#include "report/finding_json.h"
#include "report/json_copy.h"
#include "report/stored_report.h"

namespace testudo {
namespace {

const RecordType* type_named(std::string_view name) {
  const auto found = std::ranges::find(all_record_types(), name, &RecordType::name);
  return found == all_record_types().end() ? nullptr : *found;
}

// As detect/finding_builder.cpp writes them for sharing. A field that no declaration names any more is treated as
// content: nobody says that it may be shared.
std::string shared_fields(const std::string& fields_json, const RecordType* type) {
  simdjson::dom::parser parser;
  simdjson::dom::object fields;
  std::string out;
  JsonText json(out);
  json.object();
  if (parser.parse(simdjson::padded_string(fields_json)).get(fields) == simdjson::SUCCESS)
    for (const auto field : fields) {
      const auto at = type == nullptr ? std::nullopt : type->field(field.key);
      if (!at || is_content(type->fields[*at].show)) continue;
      json.key(field.key);
      std::string_view text;
      if (field.value.get(text) == simdjson::SUCCESS)
        json.string(*shared_text(type->fields[*at], text));
      else
        append_parsed(json, field.value);
    }
  json.end();
  return out;
}

}  // namespace

Result<CaseStore> open_case(const std::string& folder, Connection::Mode mode) {
  auto store = CaseStore::open(folder, mode);
  if (store) return store;
  if (::faccessat(AT_FDCWD, (folder + "/store.db").c_str(), R_OK, AT_EACCESS) == 0)
    return error(Fault::malformed, "case_damaged");
  return errno == EACCES ? error(Fault::denied, "case_closed_to_you") : error(Fault::not_found, "no_case_here");
}

Result<void> check_case_is_of(const std::string& folder, const DeviceFacts& device) {
  auto store = open_case(folder, Connection::Mode::read_only);
  if (!store && store.error().what == "no_case_here") return {};
  if (!store) return store.error();
  const auto documents = store->documents();
  if (!documents) return error(Fault::malformed, "case_damaged");
  const auto before = report_from_documents(documents->summary, documents->coverage);
  if (!before) return error(Fault::malformed, "case_damaged");
  if (are_different(before->device, device)) return error(Fault::usage, "case_of_another");
  return {};
}

bool are_different(const DeviceFacts& a, const DeviceFacts& b) {
  return !a.unique_id.empty() && !b.unique_id.empty() && !equals_ignoring_case(a.unique_id, b.unique_id);
}

Result<Finding> stored_finding(std::string_view json) {
  Finding finding = TRY(finding_from_json(json));
  finding.fields_json_redacted = shared_fields(finding.fields_json, type_named(finding.record));
  return finding;
}

Result<CheckReport> stored_report(CaseStore& store) {
  const auto documents = store.documents();
  if (!documents) return error(Fault::malformed, "case_damaged");
  auto report = report_from_documents(documents->summary, documents->coverage);
  if (!report) return error(Fault::malformed, "case_damaged");
  report->as_of = documents->as_of;
  for (const StoredFinding& stored : TRY(store.findings())) {
    auto finding = stored_finding(stored.json);
    if (!finding) return error(Fault::malformed, "case_damaged");
    report->findings.push_back(std::move(*finding));
  }
  return report;
}

std::string_view source_of(const RecordType& type) {
  for (const Parser& parser : parsers())
    if (std::ranges::find(parser.records, &type) != parser.records.end()) return parser.name;
  return {};
}

Result<void> each_stored_row(const Connection& connection,
                             const std::function<Result<void>(const Row&, std::string_view)>& each) {
  for (const RecordType* type : all_record_types()) {
    if (!connection.has_table(table_name(*type))) continue;
    // A table of an older version may lack a column: its records are then left to that version.
    auto rows = connection.prepare("SELECT " + select_columns(*type) + " FROM \"" + table_name(*type) +
                                   "\" ORDER BY record_id");
    if (!rows) continue;
    while (TRY(rows->step())) {
      const StoredRow stored = read_stored_row(*rows, *type, 0);
      TRY(each(Row{type, stored.values, stored.where}, stored.evidence_path));
    }
  }
  return {};
}

void enter_evidence_hashes(CheckReport& report) {
  std::map<std::string_view, std::string_view> by_path;
  for (const SourceCoverage& source : report.coverage)
    for (const SourceFile& file : source.files) by_path[file.path] = file.sha256;
  for (Finding& finding : report.findings) finding.evidence_sha256 = by_path[finding.evidence_path];
}

}  // namespace testudo
