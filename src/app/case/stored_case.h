// Stored case: what a case's store holds, as the rest of the program knows it: a report, records, their sources.
// Floor 7.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "record/row.h"
#include "report/check_report.h"
#include "store/case_store.h"

namespace testudo {

// The report of the case's last check or rematch, findings included, as `check` made it.
Result<CheckReport> stored_report(CaseStore& store);

// A finding as it was stored, with the part that may be shared computed again from the record's declaration.
Result<Finding> stored_finding(std::string_view json);

// The parser that emits a record type: the source's name in coverage. Empty if none does any more.
std::string_view source_of(const RecordType& type);

// Calls `each` for every stored record, by record type and in the order of the evidence. Streams: memory does not
// depend on how many there are. Values are borrowed for the time of the call.
Result<void> each_stored_row(const Connection& connection,
                             const std::function<Result<void>(const Row&, std::string_view evidence_path)>& each);

// Records in all tables of the store.
Result<std::uint64_t> count_stored_rows(const Connection& connection);

// The SHA-256 of stored files, as coverage lists them, into the findings.
void enter_evidence_hashes(CheckReport& report);

}  // namespace testudo
