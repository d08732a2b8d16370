#include "evidence/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/json_text.h"
#include "base/text.h"
#include "evidence/database_image.h"
#include "evidence/database_state.h"
#include "evidence/query_template.h"
#include "evidence/recover_pages.h"
#include "evidence/sqlite_vfs.h"
#include "evidence/statement.h"
#include "evidence/table_catalogue.h"

namespace testudo {
namespace {

constexpr std::uint64_t nowhere = Error::no_offset;
constexpr int instructions_a_check = 10'000;
constexpr std::uint64_t largest_schema = 16U << 20;  // the largest of iOS 17 is below 1 MiB

int spend_instructions(void* context) {
  auto& left = *static_cast<std::uint64_t*>(context);
  if (left < instructions_a_check) return 1;
  left -= instructions_a_check;
  return 0;
}

// SQLite parses the whole schema before anything else, without a limit of time or memory. Schema rows that share their
// overflow pages would multiply a small file into gigabytes of SQL.
Result<void> check_schema_size(DatabaseImage& image) {
  const std::uint64_t stored = std::uint64_t{image.stored_pages()} * image.page_size();
  const Report silent;
  const std::uint64_t stated = PageWalker(image, silent, std::numeric_limits<std::uint64_t>::max()).stated_size(1);
  if (stated > stored) return error(Fault::malformed, "the rows of the schema share their pages", 0);
  if (stated > largest_schema) return error(Fault::limit, "the schema is larger than the limit", 0);
  return {};
}

// Only reading; the pragma is the catalogue's own. Views are switched off by harden().
int authorise(void*, int action, const char* first, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_PRAGMA:
      return std::string_view(first) == "table_xinfo" ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

}  // namespace

Result<Statement> prepare(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  Statement statement(raw);
  if (code != SQLITE_OK) return sqlite_error(db, code, "preparing");
  const auto used = static_cast<std::size_t>(tail - sql.data());
  if (raw == nullptr || !trim(sql.substr(used)).empty()) return error(Fault::usage, "one statement was expected");
  return statement;
}

Result<void> Database::State::load() {
  Result<void> loaded = catalogue.load(db.get());
  if (!loaded && loaded.error().fault == Fault::malformed) {
    // What the schema still holds can be read if SQLite passes over the objects that make no sense. DEFENSIVE and the
    // authorizer keep it from being written.
    say("database_corrupt", nowhere);
    damaged = true;
    sqlite3_db_config(db.get(), SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);
    // A tree that leads to the same rows again and again would no longer end at the first table that exists already.
    constexpr int longest_statement = 1 << 15;
    constexpr std::uint64_t instructions = 200'000;
    sqlite3_limit(db.get(), SQLITE_LIMIT_SQL_LENGTH, longest_statement);
    const std::uint64_t all = std::exchange(left, std::min(left, instructions));
    loaded = catalogue.load(db.get());
    left = all;
    if (!loaded && catalogue.tables() != 0) loaded = {};
  }
  TRY(std::move(loaded));
  TRY(catalogue.number_rows(db.get()));
  sqlite3_exec(db.get(), "PRAGMA cache_size=-8192; PRAGMA query_only=ON", nullptr, nullptr, nullptr);
  sqlite3_set_authorizer(db.get(), authorise, nullptr);
  return {};
}

void Database::State::limit_instructions(std::uint64_t size) {
  // A tree whose pages name the same children over and over has more rows than its file has octets.
  constexpr std::uint64_t base = 200'000'000, an_octet = 200;
  if (size < limits.instructions / an_octet)
    limits.instructions = std::min(limits.instructions, base + an_octet * size);
  left = limits.instructions;
  sqlite3_progress_handler(db.get(), instructions_a_check, spend_instructions, &left);
}

Result<std::string> Database::State::resolve(const Placeholder& p) {
  const CatalogueEntry* entry = catalogue.find(p.table);
  if (entry == nullptr || entry->kind != ObjectKind::table) {
    if (entry != nullptr) say(entry->kind == ObjectKind::view ? "view_not_read" : "virtual_table_not_read", nowhere);
    // In a damaged schema an absent table may be a lost one.
    return error(damaged ? Fault::malformed : Fault::not_found, "no such table: " + std::string(p.table));
  }
  if (catalogue.has_column(db.get(), p.table, p.column))
    return quoted_identifier(p.alias) + '.' + quoted_identifier(p.column);
  if (!p.optional && missing.insert(lower_ascii(p.table) + '.' + lower_ascii(p.column)).second)
    say("column_missing", nowhere);
  return std::string("NULL");
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const Blob& main, const Blob* log, DatabaseView view, Report report,
                                DatabaseLimits limits) {
  auto state = std::make_unique<State>();
  state->report = std::move(report);
  state->limits = limits;
  const Report say = [&](std::string_view name, std::uint64_t where) { state->say(name, where); };
  state->image =
      std::make_unique<DatabaseImage>(TRY(DatabaseImage::open(main, log, view, DatabaseImage::Damage::refuse, say)));
  TRY(check_schema_size(*state->image));
  state->db = TRY(connect(*state->image));
  state->limit_instructions(main.size() + (log != nullptr ? log->size() : 0));
  TRY(state->load());
  return Database(std::move(state));
}

bool Database::has_table(std::string_view table) const {
  const CatalogueEntry* entry = state_->catalogue.find(table);
  return entry != nullptr && entry->kind == ObjectKind::table;
}

bool Database::has_column(std::string_view table, std::string_view column) const {
  return state_->catalogue.has_column(state_->db.get(), table, column);
}

std::vector<std::string> Database::columns(std::string_view table) const {
  const auto* names = state_->catalogue.columns(state_->db.get(), table);
  return names != nullptr ? *names : std::vector<std::string>();
}

Result<std::string> Database::State::expand(std::string_view sql) {
  return expand_query(sql, [&](const Placeholder& p) { return resolve(p); });
}

Error Database::State::lost_or(Error fault) const {
  // In a damaged schema what is absent may be lost.
  if (damaged && fault.fault == Fault::not_found) fault.fault = Fault::malformed;
  return fault;
}

Result<void> Database::State::spending(const std::function<Result<void>()>& visit) {
  const std::uint64_t outer = std::exchange(left, limits.instructions);
  Result<void> result = visit();
  left = outer;
  return result;
}

Result<void> Database::each(std::string_view sql, const std::function<bool(const QueryRow&)>& row) const {
  State& state = *state_;
  return state.spending([&]() -> Result<void> {
    const std::string expanded = TRY(state.expand(sql));
    const Result<Statement> prepared = prepare(state.db.get(), expanded);
    if (!prepared) return state.lost_or(prepared.error());
    return state.run(prepared->get(), expanded, row);
  });
}

}  // namespace testudo
