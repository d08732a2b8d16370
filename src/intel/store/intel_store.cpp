#include "intel/store/intel_store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/descriptor.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr int wait_milliseconds = 5000;

Result<std::int64_t> one_integer(const Connection& connection, std::string_view sql) {
  Statement statement = TRY(connection.prepare(sql));
  return TRY(statement.step()) ? statement.integer(0) : 0;
}

Result<void> make_folder(const std::string& folder) {
  std::error_code fault;
  fs::create_directories(fs::path(folder).parent_path(), fault);
  if (::mkdir(folder.c_str(), 0700) == 0) return {};
  if (errno != EEXIST) return file_error(folder);
  if (!TRY(IntelStore::is_in(folder)) && !fs::is_empty(folder, fault))
    return error(Fault::usage, "intel_foreign_folder");
  return {};
}

Error change_error(Connection& connection, Error e) {
  const int code = sqlite3_errcode(connection.handle()) & 0xFF;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return error(Fault::denied, "intel_store_busy");
  return e;
}

// The tables whose rows come and go with generations, with the columns that a copy of a row carries over.
struct DatedTable {
  std::string_view name, columns;
};
constexpr DatedTable dated_tables[] = {
    {"pattern", "source,language,text,object,name,why,tlp,revoked"},
    {"object", "source,type,object,json"},
    {"marking", "source,tlp"},
    {"sighting", "value,at,count,who,note"},
    {"retraction", "value,reason"},
};

// How many rows ended, and how many are there again.
struct Restored {
  std::uint64_t ended = 0, copied = 0;
};

std::uint64_t rows_of(const Connection& connection) {
  return static_cast<std::uint64_t>(sqlite3_changes64(connection.handle()));
}

// Ends rows that hold now but did not at `then`, and copies those that held at `then` but do not now.
Result<Restored> restore_rows(StoreChange& change, const DatedTable& table, const std::string& then) {
  const std::string name(table.name), columns(table.columns), now = std::to_string(change.generation());
  Restored restored;
  TRY(change.connection().execute("UPDATE " + name + " SET until=" + now + " WHERE until IS NULL AND since>" + then));
  restored.ended = rows_of(change.connection());
  TRY(change.connection().execute("INSERT INTO " + name + "(" + columns + ",since) SELECT " + columns + "," + now +
                                  " FROM " + name + " WHERE since<=" + then + " AND until>" + then + " AND until<" +
                                  now));
  restored.copied = rows_of(change.connection());
  return restored;
}

// Claims have threats beside them, which are copied with them.
Result<Restored> restore_claims(StoreChange& change, const std::string& then) {
  Connection& connection = change.connection();
  const std::string now = std::to_string(change.generation());
  TRY(connection.execute("UPDATE claim SET until=" + now + " WHERE until IS NULL AND since>" + then));
  const std::uint64_t ended = rows_of(connection);
  const std::string first = std::to_string(TRY(one_integer(connection, "SELECT coalesce(max(id),0) FROM claim")));
  TRY(connection.execute("CREATE TEMP TABLE again AS SELECT id FROM claim WHERE since<=" + then + " AND until>" + then +
                         " AND until<" + now + " ORDER BY id"));
  TRY(connection.execute(
      "INSERT INTO claim SELECT " + first +
      "+again.rowid,value,source,object,role,tlp,confidence,created,modified,valid_from,valid_until,first_seen,"
      "last_seen,revoked,comment," +
      now + ",NULL FROM again JOIN claim USING(id)"));
  const std::uint64_t copied = rows_of(connection);
  TRY(connection.execute("INSERT INTO claim_threat SELECT " + first +
                         "+again.rowid,place,threat FROM again JOIN claim_threat ON claim=again.id"));
  TRY(connection.execute("DROP TABLE again"));
  return Restored{ended, copied};
}

// Claims that ended and are there again as they were before.
Result<std::uint64_t> changed_claims(StoreChange& change) {
  const std::string now = std::to_string(change.generation());
  return static_cast<std::uint64_t>(TRY(one_integer(
      change.connection(),
      "SELECT count(*) FROM claim AS again WHERE since=" + now +
          " AND EXISTS (SELECT 1 FROM claim AS ended WHERE ended.value=again.value AND ended.source=again.source AND "
          "ended.object=again.object AND ended.until=" +
          now + ")")));
}

// The generations that led to the state at ?1: all before it, but for those that a rollback took back.
constexpr std::string_view way =
    "WITH RECURSIVE way(id) AS (SELECT max(id) FROM generation WHERE id<=?1 UNION ALL SELECT CASE WHEN verb='rollback' "
    "THEN (SELECT max(id) FROM generation WHERE id<=CAST(substr(here.what,15) AS INTEGER)) ELSE (SELECT max(id) FROM "
    "generation AS before WHERE before.id<here.id) END FROM way JOIN generation AS here USING(id)) ";
constexpr std::string_view rolled_back = "to generation ";  // what such a generation says of itself, before the number
static_assert(rolled_back.size() == 14);

}  // namespace

Result<bool> IntelStore::is_in(const std::string& folder) {
  const std::string file = folder + "/store.db";
  const auto there = is_there(file);
  const bool denied = there ? *there && ::access(file.c_str(), R_OK) != 0 : there.error().fault == Fault::denied;
  return denied ? Result<bool>(error(Fault::denied, "intel_denied")) : there;
}

Result<IntelStore> IntelStore::open(const std::string& folder, Mode mode) {
  const std::string file = folder + "/store.db";
  if (mode == Mode::write) TRY(make_folder(folder));
  const bool fresh = !TRY(is_in(folder));
  if (mode == Mode::read && fresh) return error(Fault::not_found, "intel_no_store");
  const auto how = mode == Mode::write ? Connection::Mode::create : Connection::Mode::read_only;
  IntelStore store(folder, TRY(Connection::open(file, how)));
  sqlite3_busy_timeout(store.connection_.handle(), wait_milliseconds);
  // Empty tables that a power failure takes away are no loss; waiting for the disk would be.
  if (fresh) TRY(store.connection_.execute("PRAGMA page_size=8192; PRAGMA synchronous=OFF"));
  // An import into a large store goes to and fro in the index of values: that much of it stays in memory.
  TRY(store.connection_.execute(mode == Mode::write ? "PRAGMA cache_size=-196608" : "PRAGMA cache_size=-16384"));
  if (mode == Mode::write) {
    TRY(store.lock());
    if (TRY(one_integer(store.connection_, "PRAGMA user_version")) == 0 && !store.connection_.has_table("generation"))
      TRY(make_intel_tables(store.connection_));
    if (TRY(one_integer(store.connection_, "PRAGMA user_version")) == intel_schema_version)
      TRY(add_later_tables(store.connection_));
    TRY(store.connection_.execute("COMMIT; PRAGMA synchronous=FULL"));
  }
  const std::int64_t version = TRY(one_integer(store.connection_, "PRAGMA user_version"));
  if (version > intel_schema_version) return error(Fault::unsupported, "intel_store_newer");
  if (version == 0) return error(Fault::not_found, "intel_no_store");
  return store;
}

Result<void> IntelStore::lock() {
  if (auto began = connection_.execute("BEGIN IMMEDIATE"); !began)
    return change_error(connection_, std::move(began).error());
  // A first import may have put a new file into the place of the one that is open here (first_import.h).
  int moved = 0;
  if (sqlite3_file_control(connection_.handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0) {
    TRY(connection_.execute("ROLLBACK"));
    return error(Fault::denied, "intel_store_busy");
  }
  return {};
}

Result<std::int64_t> IntelStore::generation() const {
  return one_integer(connection_, "SELECT coalesce(max(id),0) FROM generation");
}

Result<std::int64_t> IntelStore::generation_at(Time at) const {
  Statement find = TRY(connection_.prepare("SELECT coalesce(max(id),0) FROM generation WHERE at<=?1"));
  TRY(find.bind(1, at.micros).step());
  return find.integer(0);
}

Result<std::vector<Generation>> IntelStore::history() const {
  Statement rows =
      TRY(connection_.prepare("SELECT id,at,verb,what,added,changed,withdrawn FROM generation ORDER BY id"));
  std::vector<Generation> all;
  while (TRY(rows.step()))
    all.push_back({rows.integer(0), Time{rows.integer(1)}, rows.text(2), rows.text(3),
                   static_cast<std::uint64_t>(rows.integer(4)), static_cast<std::uint64_t>(rows.integer(5)),
                   static_cast<std::uint64_t>(rows.integer(6))});
  return all;
}

// Of a feed that was not read to its end no digest is remembered. After a rollback it is what it was before.
Result<std::set<std::int64_t>> IntelStore::sources_read_in_part() const {
  std::string defects;
  for (const std::string_view defect : losing_defects)
    defects.append(defects.empty() ? "'" : ",'").append(defect).append("'");
  Statement rows = TRY(connection_.prepare(
      "SELECT i.source,max(i.generation) AS last FROM import i JOIN source s ON s.id=i.source AND s.sha256 IS NULL "
      "GROUP BY i.source HAVING EXISTS (SELECT 1 FROM note n WHERE n.generation=last AND n.source=i.source AND "
      "n.defect IN (" +
      defects + ")) AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.id>last AND g.verb='rollback')"));
  std::set<std::int64_t> cut;
  while (TRY(rows.step())) cut.insert(rows.integer(0));
  return cut;
}

Result<std::vector<StoredSource>> IntelStore::sources(std::int64_t generation) const {
  const std::set<std::int64_t> in_part = TRY(sources_read_in_part());
  // A value that the desk took out of use counts for no source, but its date is one that the feed has.
  Statement rows = TRY(connection_.prepare(
      std::string(way) +
      "SELECT s.id,s.name,s.format,s.address,s.licence,s.etag,s.last_modified,s.sha256,max(coalesce(c.modified,c."
      "created)),(SELECT max(at) FROM import i JOIN generation g ON g.id=i.generation WHERE i.source=s.id AND "
      "g.id IN way),count(DISTINCT CASE WHEN c.revoked=0 AND c.value NOT IN (SELECT value FROM retraction r WHERE "
      "r.since<=?1 AND (r.until IS NULL OR r.until>?1)) THEN c.value END) "
      "FROM source s LEFT JOIN claim c ON c.source=s.id AND c.since<=?1 AND (c.until IS NULL OR c.until>?1) "
      "WHERE EXISTS (SELECT 1 FROM import i WHERE i.source=s.id AND i.generation IN way) GROUP BY s.id ORDER BY "
      "s.name"));
  rows.bind(1, generation);
  std::vector<StoredSource> all;
  while (TRY(rows.step())) {
    StoredSource s{.id = rows.integer(0),
                   .name = rows.text(1),
                   .format = rows.text(2),
                   .address = rows.text(3),
                   .licence = rows.text(4),
                   .etag = rows.text(5),
                   .last_modified = rows.text(6),
                   .sha256 = rows.text(7)};
    if (!rows.value(8).is_null()) s.newest = Time{rows.integer(8)};
    if (!rows.value(9).is_null()) s.updated = Time{rows.integer(9)};
    s.indicators = static_cast<std::uint64_t>(rows.integer(10));
    s.whole = !in_part.contains(s.id);
    all.push_back(std::move(s));
  }
  return all;
}

Result<std::map<std::string, Tlp>> IntelStore::markings() const {
  std::map<std::string, Tlp> all;
  if (!connection_.has_table("marking")) return all;
  Statement rows = TRY(
      connection_.prepare("SELECT s.name,m.tlp FROM marking m JOIN source s ON s.id=m.source WHERE m.until IS NULL"));
  while (TRY(rows.step()))
    if (const std::optional<Tlp> tlp = tlp_from_name(rows.text(1))) all[rows.text(0)] = *tlp;
  return all;
}

Result<StoreChange> StoreChange::begin(IntelStore& store, std::string_view verb, std::string_view what, Time at) {
  Connection& connection = store.connection();
  TRY(store.lock());
  StoreChange change(store, TRY(store.generation()) + 1);
  // The history's clock never runs back, whatever the computer's does: `--as-of` depends on it.
  Statement insert = TRY(connection.prepare(
      "INSERT INTO generation(id,at,verb,what) SELECT ?1,max(?2,coalesce(max(at),?2)),?3,?4 FROM generation"));
  TRY(insert.bind(1, change.generation_).bind(2, at.micros).bind(3, verb).bind(4, what).run());
  return change;
}

StoreChange::~StoreChange() { abandon(); }

void StoreChange::abandon() {
  if (store_ != nullptr && sqlite3_get_autocommit(store_->connection().handle()) == 0)
    (void)store_->connection().execute("ROLLBACK");
  store_ = nullptr;
}

Result<void> StoreChange::count(std::uint64_t added, std::uint64_t changed, std::uint64_t withdrawn) {
  Statement update = TRY(connection().prepare("UPDATE generation SET added=?2,changed=?3,withdrawn=?4 WHERE id=?1"));
  update.bind(1, generation_).bind(2, static_cast<std::int64_t>(added)).bind(3, static_cast<std::int64_t>(changed));
  return update.bind(4, static_cast<std::int64_t>(withdrawn)).run();
}

Result<void> StoreChange::commit() {
  if (auto done = connection().execute("COMMIT"); !done) return change_error(connection(), std::move(done).error());
  store_ = nullptr;
  return {};
}

Result<void> roll_back(StoreChange& change, std::int64_t generation) {
  if (generation < 0 || generation >= change.generation()) return error(Fault::usage, "intel_no_generation");
  const std::string then = std::to_string(generation);
  const Restored claims = TRY(restore_claims(change, then));
  std::uint64_t changed = TRY(changed_claims(change)), added = claims.copied - changed,
                withdrawn = claims.ended - changed;
  for (const DatedTable& table : dated_tables) {
    const Restored rows = TRY(restore_rows(change, table, then));
    // As the verbs count that are taken back: what was taken out of use comes back, or goes again.
    if (table.name == "sighting") changed += rows.ended + rows.copied;
    if (table.name == "retraction") added += rows.ended, withdrawn += rows.copied;
  }
  TRY(change.count(added, changed, withdrawn));
  Statement say = TRY(change.connection().prepare("UPDATE generation SET what=?2 WHERE id=?1"));
  TRY(say.bind(1, change.generation()).bind(2, std::string(rolled_back) + then).run());
  // What was read last is not what the store holds any more: the same file, or the same ETag, is news again.
  return change.connection().execute(
      "UPDATE source SET sha256=NULL,etag=NULL,last_modified=NULL WHERE id IN (SELECT source FROM import WHERE "
      "generation>" +
      then + ")");
}

}  // namespace testudo
