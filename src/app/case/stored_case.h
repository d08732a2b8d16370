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

// Opens a case. Faults carry a key of the catalogue: "no_case_here", and "case_damaged" if its store.db cannot be read.
Result<CaseStore> open_case(const std::string& folder, Connection::Mode mode);

// Whether a check of this device may go into the folder: it holds no case yet, or one of the same device. Faults:
// "case_of_another" (both name a device and they differ), "case_damaged".
Result<void> check_case_is_of(const std::string& folder, const DeviceFacts& device);
// Whether both name a device, and name another one.
bool are_different(const DeviceFacts& a, const DeviceFacts& b);

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

// The SHA-256 of stored files, as coverage lists them, into the findings.
void enter_evidence_hashes(CheckReport& report);

}  // namespace testudo
