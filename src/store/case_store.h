// Case: a folder (0700) that keeps what one person's devices showed, for as long as it is needed. `store.db` is the
// latest check; earlier checks stand whole in `history/`. A new check replaces store.db only when it is complete, so
// that a crash leaves the old state. Floor 2.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/time.h"
#include "base/unfinished_file.h"
#include "record/finding.h"
#include "record/row.h"
#include "store/case_lock.h"
#include "store/record_table.h"
#include "store/sqlite.h"

namespace testudo {

// What is known of the person and the agreement with them; never more than the desk typed in.
struct CaseFacts {
  std::string pseudonym, consent, notes;
};

struct CheckDocuments {
  std::string summary, coverage;  // JSON documents
  Time as_of;
};

// Writes the state of one check. What is not finished leaves nothing.
class CaseWriter {
 public:
  // Keeps the lock until it goes. Fault::usage ("case_foreign_folder") if the folder holds something that is no case.
  static Result<CaseWriter> begin(CaseLock lock, const std::vector<const RecordType*>& types);
  CaseWriter(CaseWriter&&) noexcept = default;
  CaseWriter& operator=(CaseWriter&&) noexcept = default;
  Result<void> insert(const Row& row, std::string_view evidence_path);
  // Findings come after the last record.
  Result<void> add_finding(const Finding& finding, std::string_view json);
  // Carries facts and dispositions over from the state before and sets the facts that are given (those that are not
  // empty). The state is then complete on the disk, and not yet the case's.
  Result<void> finish(const CheckDocuments& documents, const CaseFacts& facts = {});
  // Moves the state before to history/ and puts the finished one in its place.
  Result<void> put_in_place();

 private:
  CaseWriter(CaseLock lock, UnfinishedFile fresh, PageFile file)
      : lock_(std::move(lock)), fresh_(std::move(fresh)), file_(std::move(file)) {}
  Result<void> end_records();
  Result<void> carry_over();
  CaseLock lock_;
  UnfinishedFile fresh_;
  // Records are written as pages; then SQLite opens the same file for the rest.
  PageFile file_;
  std::map<const RecordType*, RecordPages> tables_;
  std::optional<Connection> connection_;
  std::int64_t findings_ = 0;
};

// What a person decided about a finding; kept by finding id across checks and rematches.
struct Disposition {
  std::string finding, state, reason;  // state: open, confirmed, benign
};

struct StoredFinding {
  std::string id, severity, json;
  Disposition disposition;
};

// Reads and edits a case. Whoever edits holds its CaseLock.
class CaseStore {
 public:
  static Result<CaseStore> open(const std::string& folder, Connection::Mode mode = Connection::Mode::read_write);
  // The folder's states: "store.db" is the last; earlier ones in order.
  static std::vector<std::string> states(const std::string& folder);
  static Result<CaseStore> open_state(const std::string& file);

  Connection& connection() { return connection_; }
  Result<std::vector<StoredFinding>> findings() const;
  Result<void> replace_findings(const std::vector<Finding>& findings, const std::vector<std::string>& json);
  Result<CaseFacts> facts() const;
  Result<void> set_facts(const CaseFacts& facts);
  Result<void> set_disposition(const Disposition& disposition);
  Result<CheckDocuments> documents() const;
  Result<void> set_documents(const CheckDocuments& documents);

 private:
  explicit CaseStore(Connection connection) : connection_(std::move(connection)) {}
  Connection connection_;
};

}  // namespace testudo
