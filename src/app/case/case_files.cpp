#include "app/case/case_files.h"

#include <cstdio>
#include <filesystem>

#include "app/case/stored_case.h"
#include "base/json_text.h"
#include "base/text.h"
#include "report/html_report.h"
#include "report/redaction.h"
#include "report/timeline.h"

namespace testudo {
namespace {

std::string cell(const Value& value) {
  switch (value.type()) {
    case Value::Type::null:
      return "";
    case Value::Type::integer:
      return std::to_string(value.integer());
    case Value::Type::real:
      return value_as_text(value, Kind::real);
    case Value::Type::text:
      return visible(value.text());
    case Value::Type::bytes:
      return to_hex(value.bytes());
  }
  return "";
}

void write_value(JsonText& json, const Value& value) {
  switch (value.type()) {
    case Value::Type::null:
      json.null();
      break;
    case Value::Type::integer:
      json.integer(value.integer());
      break;
    case Value::Type::real:
      json.real(value.real());
      break;
    case Value::Type::text:
      json.string(value.text());
      break;
    case Value::Type::bytes:
      json.string(to_base64(value.bytes()));
      break;
  }
}

std::string line_of_row(const Statement& row, bool json) {
  std::string out;
  if (json) {
    JsonText text(out);
    text.object();
    for (int i = 0; i < row.columns(); ++i) {
      text.key(row.name(i));
      write_value(text, row.value(i));
    }
    text.end();
    return out + "\n";
  }
  for (int i = 0; i < row.columns(); ++i) out += (i == 0 ? "" : "\t") + cell(row.value(i));
  return out + "\n";
}

}  // namespace

Result<void> export_report(CheckReport report, OutputFolder& out, const Catalogue& words, Redaction redaction) {
  if (redaction == Redaction::content) redact(report);
  std::string findings;
  for (const Finding& finding : report.findings) findings += finding_to_json(finding) + "\n";
  TRY(out.write("findings.ndjson", findings));
  TRY(out.write("coverage.json", coverage_json(report)));
  TRY(out.write("summary.json", summary_json(report)));
  return out.write("report.html", html_report(report, words, redaction));
}

Result<std::uint64_t> write_case_timeline(const Connection& connection, const CheckReport& report,
                                          const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  Timeline timeline(folder.empty() ? "." : folder, report.seizure);
  std::uint64_t records = 0;
  TRY(each_stored_row(connection, [&](const Row& row, std::string_view path) {
    ++records;
    return timeline.add(row, path);
  }));
  TRY(timeline.finish(file)).keep();
  return records;
}

Result<void> print_query(CaseStore& store, const std::string& sql, bool json) {
  auto rows = store.connection().prepare(sql);
  if (!rows) return error(Fault::usage, rows.error().what);
  if (rows->columns() == 0) return error(Fault::usage, "case_query_one");
  if (!json) {
    std::string head;
    for (int i = 0; i < rows->columns(); ++i) head += (i == 0 ? "" : "\t") + visible(rows->name(i));
    std::fputs((head + "\n").c_str(), stdout);
  }
  while (TRY(rows->step())) {
    const std::string line = line_of_row(*rows, json);
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  return {};
}

}  // namespace testudo
