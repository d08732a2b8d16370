// Where recovered rows go: plain tables in memory, and the guess to which table a leaf without a tree belongs. Floor 2.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/recover_schema.h"
#include "evidence/sqlite_vfs.h"
#include "evidence/statement.h"
#include "record/value.h"

namespace testudo {

// Writes tables that have the columns, affinities and rowids of the evidence's, and nothing else of its schema: no
// constraints, indexes, generated columns or triggers.
class TableWriter {
 public:
  // `encoding` of the texts in records, as in DatabaseImage.
  TableWriter(Connection db, std::uint32_t encoding, std::uint64_t limit)
      : db_(std::move(db)), encoding_(encoding), left_(limit / 2) {}
  Result<void> begin();
  Result<void> end();
  Result<void> create(const RecoveredTable& table);
  // The first row with a rowid stays. Fault::limit when the memory is used up.
  Result<void> insert(const RecoveredTable& table, std::int64_t rowid, const std::vector<Value>& fields);
  // Finishes; the writer cannot be used afterwards.
  Connection take();

 private:
  void bind(sqlite3_stmt* statement, int index, const Value& value) const;
  Result<void> account(const std::vector<Value>& fields);
  Result<void> run(const char* sql);
  Connection db_;
  std::uint32_t encoding_;
  std::uint64_t left_;  // octets of rows; pages may be half empty
  std::uint32_t uncommitted_ = 0;
  std::map<const RecoveredTable*, Statement> inserts_;
};

// Compares the records of one page with the tables whose trees are damaged: number of columns, the stored class of each
// value against the column's affinity, NULL where a column holds the rowid or must not be NULL.
class TableGuess {
 public:
  explicit TableGuess(const std::vector<RecoveredTable>& tables);
  // One record. False once enough were seen.
  bool look(const std::vector<Value>& fields);
  std::size_t rows() const { return rows_; }
  // The table that fits all records, better than any other does; null if there is none or more than one.
  const RecoveredTable* best() const;

 private:
  struct Candidate {
    const RecoveredTable* table;
    double score;
  };
  std::vector<Candidate> candidates_;
  std::size_t rows_ = 0;
};

}  // namespace testudo
