// ScanProgram: a statement that reads a whole table, and rows of others by their number, run without SQLite: over half
// of the time of such a statement is SQLite's machine. SQLite plans it: its own program for the statement (EXPLAIN) is
// taken, and only if every operation of it is one of the few below, over tables with row numbers. Floor 2.
// Source: sqlite.org/opcode.html for the operations; what other versions of SQLite make of them is not taken.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/database_image.h"
#include "evidence/table_cursor.h"
#include "record/value.h"

struct sqlite3;

namespace testudo {

class ScanProgram {
 public:
  enum class End : std::uint8_t {
    done,     // all rows were visited
    stopped,  // the visitor had enough
    unusual,  // SQLite must run the statement; the rows that were visited are those that it begins with
  };
  // One result row; texts and bytes live until the visitor returns. False ends the run.
  using Visit = std::function<bool(const Value* columns)>;
  // What a column holds in rows that were written before it was added: (root page of the table, column, row of that
  // kind). The text or bytes must live as long as the program. Nothing if it cannot be told.
  using DefaultOf = std::function<std::optional<Value>(std::uint32_t root, std::size_t column, std::int64_t rowid)>;

  // Nothing if the statement needs more than this can do. `image` is what `db` reads, and must outlive the program.
  static std::optional<ScanProgram> of(sqlite3* db, DatabaseImage& image, std::string_view sql);

  End run(const Visit& visit, const DefaultOf& default_of);
  std::uint64_t visited() const { return visited_; }

 private:
  enum class Code : std::uint8_t {
    start,  // Init and Goto: on with operation p2
    skip,   // Transaction
    open,   // OpenRead: cursor p1 on the tree with the root p2
    rewind,
    next,
    seek,         // SeekRowid: cursor p1 to the row p3, or on with p2
    leave,        // NullRow
    column,       // p3 = column p2 of cursor p1
    rowid,        // p2 = row number of cursor p1
    to_real,      // RealAffinity
    null,         // p2 to p3 = NULL
    integer,      // p2 = p1
    if_positive,  // IfPos: on with p2 if register p1 is above 0
    result,       // ResultRow: registers from p1, p2 of them
    halt,
  };
  struct Operation {
    Code code = Code::halt;
    std::uint32_t p1 = 0, p2 = 0, p3 = 0;
  };
  struct Listed;

  explicit ScanProgram(DatabaseImage& image) : image_(&image) {}
  static std::optional<Operation> read(const Listed& listed);
  bool check();
  bool check_cursors();
  TableCursor& cursor(const Operation& operation) { return *cursors_[operation.p1]; }
  bool column(const Operation& operation, const DefaultOf& default_of);
  bool seek(const Operation& operation, std::size_t& at);

  DatabaseImage* image_;
  std::vector<Operation> operations_;
  std::vector<std::optional<TableCursor>> cursors_;
  std::vector<std::uint32_t> roots_;
  std::vector<std::optional<Value>> defaults_;  // one an operation
  std::vector<Value> registers_;
  std::uint64_t visited_ = 0;
};

}  // namespace testudo
