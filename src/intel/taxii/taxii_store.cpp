#include "intel/taxii/taxii_store.h"

#include <openssl/rand.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "base/text.h"
#include "base/wall_clock.h"

namespace testudo {
namespace {

constexpr int schema_version = 1;
constexpr int wait_milliseconds = 5000;
constexpr std::int64_t kept_statuses = 10000;
constexpr std::string_view last_moment_fact = "last_moment";

constexpr const char* tables = R"(
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE collection(id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT NOT NULL,
  audience TEXT NOT NULL) STRICT;
CREATE TABLE access(collection TEXT NOT NULL, user TEXT NOT NULL, may_read INTEGER NOT NULL, may_write INTEGER NOT NULL,
  PRIMARY KEY(collection, user)) STRICT, WITHOUT ROWID;
CREATE TABLE object(added INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
  spec TEXT NOT NULL, version INTEGER NOT NULL, version_text TEXT NOT NULL, dated INTEGER NOT NULL, json TEXT NOT NULL,
  UNIQUE(collection, id, version, spec)) STRICT;
CREATE INDEX object_page ON object(collection, added);
CREATE TABLE status(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, json TEXT NOT NULL) STRICT;
)";

Result<std::int64_t> one_integer(const Connection& connection, std::string_view sql) {
  Statement statement = TRY(connection.prepare(sql));
  return TRY(statement.step()) ? statement.integer(0) : 0;
}

Error store_error(const Connection& connection, Error e) {
  const int code = sqlite3_errcode(connection.handle()) & 0xFF;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return error(Fault::denied, "intel_store_busy");
  return e;
}

TaxiiCollection collection_of(const Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

// A text without the value of its member `modified`, to see whether anything else changed.
std::string without_modified(std::string_view json) {
  constexpr std::string_view key = "\"modified\":\"";
  std::string text(json);
  const std::size_t at = text.find(key);
  const std::size_t end = at == std::string::npos ? at : text.find('"', at + key.size());
  if (end != std::string::npos) text.erase(at, end - at);
  return text;
}

}  // namespace

std::string random_uuid() {
  std::array<std::uint8_t, 16> octets{};
  RAND_bytes(octets.data(), static_cast<int>(octets.size()));
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0F) | 0x40);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3F) | 0x80);
  std::string text = to_hex(octets);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

Result<TaxiiStore> TaxiiStore::open(const std::string& folder) {
  TaxiiStore store(TRY(Connection::open(folder + "/taxii.db", Connection::Mode::create)));
  sqlite3_busy_timeout(store.connection_.handle(), wait_milliseconds);
  // Readers go on while somebody writes; a commit is on the disk before the client hears of it.
  TRY(store.connection_.execute("PRAGMA journal_mode=WAL"));
  TRY(store.connection_.execute("PRAGMA synchronous=FULL"));
  TRY(store.connection_.execute("PRAGMA cache_size=-65536"));  // ids come in no order
  TRY(store.change([&] { return store.make_tables(); }));
  if (TRY(one_integer(store.connection_, "PRAGMA user_version")) > schema_version)
    return error(Fault::unsupported, "intel_store_newer");
  store.cursor_key_ = from_hex(TRY(store.fact("cursor_key"))).value_or("");
  if (store.cursor_key_.size() != 32) return error(Fault::malformed, "taxii_store_broken");
  return store;
}

Result<void> TaxiiStore::make_tables() {
  if (TRY(one_integer(connection_, "PRAGMA user_version")) != 0) return {};
  TRY(connection_.execute(tables));
  std::array<std::uint8_t, 32> key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) return error(Fault::io, "no random numbers");
  TRY(set_fact("cursor_key", to_hex(key)));
  return connection_.execute("PRAGMA user_version=" + std::to_string(schema_version));
}

Result<void> TaxiiStore::change(const std::function<Result<void>()>& work) {
  if (auto began = connection_.execute("BEGIN IMMEDIATE"); !began)
    return store_error(connection_, std::move(began).error());
  last_moment_ = 0;
  auto done = work();
  // Kept apart from the rows: a cursor that stands behind an object that was removed must never see its moment again.
  if (done && last_moment_ != 0) done = set_fact(last_moment_fact, std::to_string(last_moment_));
  if (done) done = connection_.execute("COMMIT");
  if (done) return {};
  Error wrong = store_error(connection_, std::move(done).error());
  static_cast<void>(connection_.execute("ROLLBACK"));
  return wrong;
}

Result<Time> TaxiiStore::moment() {
  const std::int64_t now = wall_clock().micros;
  if (last_moment_ == 0) {
    const std::string kept = TRY(fact(last_moment_fact));
    std::from_chars(kept.data(), kept.data() + kept.size(), last_moment_);
  }
  last_moment_ = std::max(now, last_moment_ + 1);
  return Time{last_moment_};
}

Result<std::vector<TaxiiCollection>> TaxiiStore::collections() const {
  Statement find = TRY(connection_.prepare("SELECT id,name,title,description,audience FROM collection ORDER BY name"));
  std::vector<TaxiiCollection> all;
  while (TRY(find.step())) all.push_back(collection_of(find));
  return all;
}

Result<std::optional<TaxiiCollection>> TaxiiStore::collection(std::string_view id) const {
  Statement find = TRY(connection_.prepare("SELECT id,name,title,description,audience FROM collection WHERE id=?1"));
  if (!TRY(find.bind(1, id).step())) return std::optional<TaxiiCollection>();
  return std::optional(collection_of(find));
}

Result<std::optional<TaxiiCollection>> TaxiiStore::collection_named(std::string_view id_or_name) const {
  if (auto found = TRY(collection(id_or_name))) return found;
  Statement find = TRY(connection_.prepare("SELECT id,name,title,description,audience FROM collection WHERE name=?1"));
  if (!TRY(find.bind(1, id_or_name).step())) return std::optional<TaxiiCollection>();
  return std::optional(collection_of(find));
}

Result<TaxiiCollection> TaxiiStore::add_collection(TaxiiCollection collection) {
  if (TRY(collection_named(collection.name))) return error(Fault::usage, "taxii_collection_exists");
  collection.id = random_uuid();
  Statement add = TRY(connection_.prepare("INSERT INTO collection VALUES(?1,?2,?3,?4,?5)"));
  add.bind(1, std::string_view(collection.id)).bind(2, std::string_view(collection.name));
  add.bind(3, std::string_view(collection.title)).bind(4, std::string_view(collection.description));
  TRY(add.bind(5, std::string_view(collection.audience)).run());
  return collection;
}

Result<void> TaxiiStore::allow(std::string_view collection, std::string_view user, TaxiiRights rights) {
  Statement allow = TRY(connection_.prepare("INSERT OR REPLACE INTO access VALUES(?1,?2,?3,?4)"));
  allow.bind(1, collection).bind(2, user).bind(3, std::int64_t{rights.read}).bind(4, std::int64_t{rights.write});
  return allow.run();
}

Result<TaxiiRights> TaxiiStore::rights(std::string_view collection, const std::optional<std::string>& user) const {
  Statement find = TRY(connection_.prepare(
      "SELECT max(may_read),max(may_write) FROM access WHERE collection=?1 AND (user=?2 OR user=?3)"));
  TRY(find.bind(1, collection).bind(2, everybody).bind(3, std::string_view(user ? *user : std::string())).step());
  if (find.value(0).type() == Value::Type::null) return TaxiiRights{};
  return TaxiiRights{find.integer(0) != 0, find.integer(1) != 0};
}

Result<TaxiiPlaced> TaxiiStore::put(const std::string& collection, const PostedObject& object) {
  // An object without versions is there once: whatever is posted under its id later is the same version.
  Statement find = TRY(connection_.prepare(
      object.version ? "SELECT version_text FROM object WHERE collection=?1 AND id=?2 AND spec=?3 AND version=?4"
                     : "SELECT version_text FROM object WHERE collection=?1 AND id=?2 AND spec=?3 AND dated=0"));
  find.bind(1, std::string_view(collection)).bind(2, std::string_view(object.id));
  find.bind(3, std::string_view(object.spec_version));
  if (object.version) find.bind(4, object.version->micros);
  if (TRY(find.step())) return TaxiiPlaced{TaxiiPut::known, find.text(0)};
  Statement add = TRY(inserting());
  return insert(add, collection, object);
}

Result<Statement> TaxiiStore::inserting() const {
  return connection_.prepare("INSERT INTO object VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)");
}

Result<TaxiiPlaced> TaxiiStore::insert(Statement& add, const std::string& collection, const PostedObject& object) {
  const Time added = TRY(moment());
  const std::string version = object.version ? object.version_text : taxii_time(added);
  add.bind(1, added.micros).bind(2, std::string_view(collection)).bind(3, std::string_view(object.id));
  add.bind(4, std::string_view(object.type)).bind(5, std::string_view(object.spec_version));
  add.bind(6, object.version.value_or(added).micros).bind(7, std::string_view(version));
  add.bind(8, std::int64_t{object.version.has_value()}).bind(9, std::string_view(object.json));
  TRY(add.run());
  return TaxiiPlaced{TaxiiPut::added, version};
}

// The rows of one collection while its objects are replaced. What is added meanwhile is later than `begin`.
struct TaxiiStore::Replacement {
  TaxiiStore& store;
  const std::string& collection;
  std::int64_t begin;
  Statement find, add, forget;
  std::unordered_set<std::int64_t> kept = {};

  Result<void> take(const PostedObject& object) {
    if (!object.failure.empty()) return {};
    std::vector<std::int64_t> old;
    bool same = false, again = false;
    find.bind(1, std::string_view(collection)).bind(2, std::string_view(object.id));
    while (TRY(find.step())) {
      old.push_back(find.integer(0));
      again |= old.back() > begin || kept.contains(old.back());
      same = old.size() == 1 && without_modified(find.value(1).text()) == without_modified(object.json);
    }
    find.reset();
    if (again) return {};
    if (same) {
      kept.insert(old.front());
      return {};
    }
    for (const std::int64_t row : old) TRY(forget.bind(1, row).run());
    TRY(store.insert(add, collection, object));
    return {};
  }
  Result<void> forget_the_rest() {
    Statement all = TRY(store.connection_.prepare("SELECT added FROM object WHERE collection=?1 AND added<=?2"));
    all.bind(1, std::string_view(collection)).bind(2, begin);
    std::vector<std::int64_t> gone;
    while (TRY(all.step()))
      if (!kept.contains(all.integer(0))) gone.push_back(all.integer(0));
    for (const std::int64_t row : gone) TRY(forget.bind(1, row).run());
    return {};
  }
};

Result<void> TaxiiStore::replace_all(const std::string& collection,
                                     const std::function<Result<void>(const PostedUse&)>& each) {
  Replacement work{*this,
                   collection,
                   TRY(moment()).micros,
                   TRY(connection_.prepare("SELECT added,json FROM object WHERE collection=?1 AND id=?2")),
                   TRY(inserting()),
                   TRY(connection_.prepare("DELETE FROM object WHERE added=?1"))};
  TRY(each([&](const PostedObject& object) { return work.take(object); }));
  return work.forget_the_rest();
}

Result<void> TaxiiStore::keep_status(std::string_view id, std::string_view user, std::string_view json) {
  Statement add = TRY(connection_.prepare("INSERT INTO status(id,user,json) VALUES(?1,?2,?3)"));
  TRY(add.bind(1, id).bind(2, user).bind(3, json).run());
  return connection_.execute("DELETE FROM status WHERE number<=(SELECT max(number) FROM status)-" +
                             std::to_string(kept_statuses));
}

Result<std::optional<std::string>> TaxiiStore::status(std::string_view id, std::string_view user) const {
  Statement find = TRY(connection_.prepare("SELECT json FROM status WHERE id=?1 AND user=?2"));
  if (!TRY(find.bind(1, id).bind(2, user).step())) return std::optional<std::string>();
  return std::optional(find.text(0));
}

Result<std::string> TaxiiStore::fact(std::string_view name) const {
  Statement find = TRY(connection_.prepare("SELECT value FROM fact WHERE name=?1"));
  return TRY(find.bind(1, name).step()) ? find.text(0) : std::string();
}

Result<void> TaxiiStore::set_fact(std::string_view name, std::string_view value) {
  Statement set = TRY(connection_.prepare("INSERT OR REPLACE INTO fact VALUES(?1,?2)"));
  return set.bind(1, name).bind(2, value).run();
}

}  // namespace testudo
