// Recovery of what a damaged database still holds, rebuilt in memory. Page: docs/formats/sqlite.md.

#include <sqlite3.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "evidence/database_state.h"
#include "evidence/recover_pages.h"
#include "evidence/recover_schema.h"
#include "evidence/recover_tables.h"

namespace testudo {
namespace {

constexpr std::size_t max_tables = 4096;
constexpr std::uint32_t schema_root = 1;

class Recovery {
 public:
  Recovery(DatabaseImage& image, Connection db, const Report& report, std::uint64_t limit)
      : image_(image),
        walker_(image, report, limit),
        report_(report),
        writer_(std::move(db), image.encoding(), limit) {}

  Result<void> run() {
    TRY(read_schema());
    TRY(writer_.begin());
    for (RecoveredTable& table : tables_) TRY(read_table(table));
    TRY(read_orphans());
    return writer_.end();
  }
  Connection take() { return writer_.take(); }

 private:
  Result<void> read_schema();
  void take_schema_row(const std::vector<Value>& fields);
  void parse_schema();
  Result<void> read_table(RecoveredTable& table);
  Result<void> read_orphans();
  Result<void> read_orphan(std::uint32_t page);

  DatabaseImage& image_;
  PageWalker walker_;
  const Report& report_;
  TableWriter writer_;
  std::vector<SchemaRow> rows_;
  std::vector<RecoveredTable> tables_;
};

void Recovery::take_schema_row(const std::vector<Value>& fields) {
  if (rows_.size() < max_tables)
    if (auto row = schema_row(fields, image_.encoding())) rows_.push_back(std::move(*row));
}

Result<void> Recovery::read_schema() {
  const RecoveredRow take = [&](std::int64_t, const std::vector<Value>& fields) {
    take_schema_row(fields);
    return true;
  };
  if (walker_.walk(schema_root, take) != Walked::whole) {
    report_("recovery_schema", 0);
    walker_.each_orphan([&](std::uint32_t page) {
      const std::size_t before = rows_.size();
      walker_.peek(page, take);
      if (rows_.size() != before) walker_.mark_used(page);
      return true;
    });
  }
  if (rows_.size() >= max_tables) report_("recovery_limit", Error::no_offset);
  parse_schema();
  if (tables_.empty()) return error(Fault::malformed, "the database holds no schema that can be read", 0);
  return {};
}

void Recovery::parse_schema() {
  Result<SchemaParser> parser = SchemaParser::create();
  if (!parser) return;
  std::set<std::string> names;
  for (const SchemaRow& row : rows_) {
    if (row.name.starts_with("sqlite_") || !names.insert(lower_ascii(row.name)).second) continue;
    if (row.root == 0) {
      report_("recovery_virtual_table", Error::no_offset);
      continue;
    }
    Result<RecoveredTable> table = parser->parse(row);
    if (table) {
      tables_.push_back(std::move(table).value());
    } else {
      report_(table.error().fault == Fault::unsupported ? "recovery_without_rowid" : "recovery_schema",
              Error::no_offset);
    }
  }
}

Result<void> Recovery::read_table(RecoveredTable& table) {
  Result<void> written = writer_.create(table);
  if (!written) {
    if (written.error().fault == Fault::limit) return written;
    report_("recovery_schema", Error::no_offset);
    return {};
  }
  const Walked walked = walker_.walk(table.root, [&](std::int64_t rowid, const std::vector<Value>& fields) {
    written = writer_.insert(table, rowid, fields);
    return written.ok();
  });
  table.damaged = walked == Walked::damaged || walked == Walked::index;
  return written;
}

Result<void> Recovery::read_orphans() {
  if (std::none_of(tables_.begin(), tables_.end(), [](const RecoveredTable& t) { return t.damaged; })) return {};
  walker_.skip_free_pages();
  Result<void> written;
  walker_.each_orphan([&](std::uint32_t page) {
    written = read_orphan(page);
    return written.ok();
  });
  return written;
}

Result<void> Recovery::read_orphan(std::uint32_t page) {
  TableGuess guess(tables_);
  walker_.peek(page, [&](std::int64_t, const std::vector<Value>& fields) { return guess.look(fields); });
  const std::uint64_t offset = std::uint64_t{page - 1} * image_.page_size();
  const RecoveredTable* table = guess.best();
  if (table == nullptr) {
    if (guess.rows() != 0) report_("recovery_page_ambiguous", offset);
    return {};
  }
  report_("recovery_orphan_page", offset);
  Result<void> written;
  walker_.rows_of(page, [&](std::int64_t rowid, const std::vector<Value>& fields) {
    written = writer_.insert(*table, rowid, fields);
    return written.ok();
  });
  return written;
}

}  // namespace

Result<Database> Database::recover(const Blob& main, const Blob* log, Report report, std::uint64_t limit,
                                   DatabaseLimits limits) {
  auto state = std::make_unique<State>();
  state->report = std::move(report);
  state->limits = limits;
  const Report say = [&](std::string_view name, std::uint64_t where) { state->say(name, where); };
  DatabaseImage image = TRY(DatabaseImage::open(main, log, DatabaseView::merged, DatabaseImage::Damage::guess, say));
  Recovery recovery(image, TRY(connect_in_memory(limit)), say, limit);
  // Out of memory is an end, not a failure: what was recovered until then stands.
  if (Result<void> run = recovery.run(); !run) {
    if (run.error().fault != Fault::limit) return std::move(run).error();
    say("recovery_limit", Error::no_offset);
  }
  state->db = recovery.take();
  state->limit_instructions(main.size() + (log != nullptr ? log->size() : 0));
  TRY(state->load());
  return Database(std::move(state));
}

}  // namespace testudo
