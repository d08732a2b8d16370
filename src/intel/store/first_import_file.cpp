// FirstImport: the new file, from its making to its place.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/descriptor.h"
#include "intel/store/claim_columns.h"
#include "intel/store/first_import.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

Result<bool> is_empty(IntelStore& store) {
  Statement rows = TRY(store.connection().prepare(
      "SELECT EXISTS(SELECT 1 FROM generation) OR EXISTS(SELECT 1 FROM source) OR EXISTS(SELECT 1 FROM value) OR "
      "EXISTS(SELECT 1 FROM threat)"));
  TRY(rows.step());
  return rows.integer(0) == 0;
}

Result<std::uint32_t> root_of(const Connection& db, std::string_view name) {
  Statement find = TRY(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name=?1"));
  if (!TRY(find.bind(1, name).step())) return error(Fault::internal, "a table that the schema lacks");
  return static_cast<std::uint32_t>(find.integer(0));
}

// For sorting without a look at the text: the kind's name, then as much of the value as fits.
std::uint64_t order_of(std::uint8_t kind_rank, std::string_view value) {
  std::uint64_t key = kind_rank;
  for (std::size_t i = 0; i < 7; ++i) key = key << 8 | (i < value.size() ? static_cast<unsigned char>(value[i]) : 0U);
  return key;
}

std::array<std::uint8_t, kind_count> kind_ranks() {
  std::array<std::uint8_t, kind_count> ranks{};
  for (std::size_t i = 0; i < kind_count; ++i)
    for (std::size_t j = 0; j < kind_count; ++j)
      if (kind_name(static_cast<Kind>(j)) < kind_name(static_cast<Kind>(i))) ++ranks[i];
  return ranks;
}

}  // namespace

FirstImport::FirstImport(IntelStore& store, std::string path, std::string verb, std::string what, Time at)
    : store_(&store),
      fresh_(std::move(path)),
      verb_(std::move(verb)),
      what_(std::move(what)),
      at_(at),
      trees_{{RowTree::Type::table, 0}, {RowTree::Type::table, 0}, {RowTree::Type::index, 0}, {RowTree::Type::index, 0},
             {RowTree::Type::table, 0}, {RowTree::Type::table, 0}, {RowTree::Type::table, 0}} {}

FirstImport::~FirstImport() {
  if (sqlite3_get_autocommit(store_->connection().handle()) == 0) (void)store_->connection().execute("ROLLBACK");
}

Result<std::unique_ptr<FirstImport>> FirstImport::begin(IntelStore& store, std::string_view verb, std::string_view what,
                                                        Time at) {
  TRY(store.lock());
  std::unique_ptr<FirstImport> import;
  if (TRY(is_empty(store))) {
    import.reset(new FirstImport(store, store.folder() + "/store.db.new", std::string(verb), std::string(what), at));
    TRY(import->make_tables());
    import->file_ = TRY(PageFile::open(import->fresh_.path()));
  } else {
    TRY(store.connection().execute("ROLLBACK"));
  }
  return import;
}

// Empty tables by SQLite, whose first pages the trees then replace.
Result<void> FirstImport::make_tables() {
  ::unlink(fresh_.path().c_str());
  Connection db = TRY(Connection::open(fresh_.path(), Connection::Mode::create));
  TRY(db.execute(
      "PRAGMA page_size=8192; PRAGMA auto_vacuum=0; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
  TRY(make_intel_tables(db));
  Statement late = TRY(db.prepare("SELECT sql FROM sqlite_schema WHERE name IN ('pattern_object','object_object')"));
  while (TRY(late.step())) late_indexes_.push_back(late.text(0));
  late.reset();
  TRY(db.execute("DROP INDEX pattern_object; DROP INDEX object_object; COMMIT"));
  const auto table = [&](std::string_view name, RowTree& tree) -> Result<void> {
    tree = RowTree(RowTree::Type::table, TRY(root_of(db, name)));
    return {};
  };
  TRY(table("value", trees_.value));
  TRY(table("claim", trees_.claim));
  TRY(table("pattern", trees_.pattern));
  TRY(table("object", trees_.object));
  TRY(table("note", trees_.note));
  trees_.claim_source = RowTree(RowTree::Type::index, TRY(root_of(db, "claim_source")));
  trees_.claim_threat = RowTree(RowTree::Type::index, TRY(root_of(db, "claim_threat")));
  identity_root_ = TRY(root_of(db, "sqlite_autoindex_value_1"));
  claim_value_root_ = TRY(root_of(db, "claim_value"));
  return {};
}

void FirstImport::write_identities() {
  struct Order {
    std::uint64_t key;
    std::uint32_t value;
  };
  const auto ranks = kind_ranks();
  const auto& entries = values_.entries();
  std::vector<Order> order(entries.size());
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    order[i] = {order_of(ranks[static_cast<std::size_t>(entries[i].kind)], entries[i].value()), i};
  std::ranges::sort(order, [&](const Order& a, const Order& b) {
    return a.key != b.key ? a.key < b.key : entries[a.value].value() < entries[b.value].value();
  });
  RowTree tree(RowTree::Type::index, identity_root_);
  for (const Order& next : order) {
    const auto& entry = entries[next.value];
    row_.clear();
    row_.text(kind_name(entry.kind)).text(entry.value()).integer(std::int64_t{next.value} + 1);
    tree.add(*file_, row_.whole());
  }
  tree.finish(*file_);
}

void FirstImport::write_claims_by_value() {
  // Sorted by counting: where the claims of each value begin.
  std::vector<std::uint32_t> begins(values_.entries().size() + 1);
  for (const std::uint32_t value : claims_) ++begins[value + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<std::uint32_t> order(claims_.size());
  for (std::uint32_t i = 0; i < claims_.size(); ++i) order[begins[claims_[i]]++] = i;
  RowTree tree(RowTree::Type::index, claim_value_root_);
  for (const std::uint32_t claim : order) {
    row_.clear();
    tree.add(*file_, row_.integer(std::int64_t{claims_[claim]} + 1).integer(std::int64_t{claim} + 1).whole());
  }
  tree.finish(*file_);
}

Result<void> FirstImport::write_sources(Connection& db) {
  Statement source = TRY(db.prepare(
      "INSERT INTO source(id,name,format,address,licence,etag,last_modified,sha256) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)"));
  Statement import = TRY(db.prepare("INSERT INTO import VALUES(1,?1,?2,?3,?4,0,0,0)"));
  Statement marking = TRY(db.prepare("INSERT INTO marking(source,tlp,since) VALUES(?1,?2,1)"));
  std::uint64_t added = 0;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const Source& said = sources_[i];
    const auto id = static_cast<std::int64_t>(i) + 1, claims = static_cast<std::int64_t>(said.difference.added);
    added += said.difference.added;
    source.bind(1, id).bind(2, std::string_view(said.file.name)).bind(3, std::string_view(said.file.format));
    source.bind(4, text_or_null(said.file.address)).bind(5, text_or_null(said.file.licence));
    // A feed that was not read to its end is news again, whatever its publisher says of it.
    const auto remembered = [&](std::string_view text) { return text_or_null(said.difference.whole ? text : ""); };
    source.bind(6, remembered(said.file.etag)).bind(7, remembered(said.file.last_modified));
    TRY(source.bind(8, remembered(said.file.sha256)).run());
    import.bind(1, id).bind(2, text_or_null(said.file.sha256)).bind(3, static_cast<std::int64_t>(said.file.octets));
    TRY(import.bind(4, claims).run());
    if (said.file.tlp) TRY(marking.bind(1, id).bind(2, tlp_name(*said.file.tlp)).run());
  }
  Statement row = TRY(db.prepare("INSERT INTO generation(id,at,verb,what,added) VALUES(1,?1,?2,?3,?4)"));
  row.bind(1, at_.micros).bind(2, std::string_view(verb_)).bind(3, std::string_view(what_));
  return row.bind(4, static_cast<std::int64_t>(added)).run();
}

// What is little, by SQLite.
Result<void> FirstImport::write_the_rest() {
  Connection db = TRY(Connection::open(fresh_.path(), Connection::Mode::read_write));
  TRY(db.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
  Statement drop = TRY(db.prepare("DELETE FROM claim WHERE id=?1"));
  for (const std::uint32_t claim : dropped_) TRY(drop.bind(1, std::int64_t{claim}).run());
  TRY(write_sources(db));
  Statement threat = TRY(db.prepare("INSERT INTO threat(name) VALUES(?1)"));
  for (const std::string& name : threats_) TRY(threat.bind(1, std::string_view(name)).run());
  for (const std::string& index : late_indexes_) TRY(db.execute(index));
  return db.execute("COMMIT");
}

// What served the last feed, before the indexes and the image take its room.
void FirstImport::forget_feed() {
  mark_.reset();
  std::vector<Held>().swap(held_);
  std::vector<Tie>().swap(ties_);
  std::vector<std::uint32_t>().swap(places_);
  std::vector<std::uint32_t>().swap(last_of_value_);
  std::unordered_set<std::uint64_t>().swap(kept_);
}

Result<void> FirstImport::publish() {
  forget_feed();
  trees_.value.finish(*file_);
  trees_.claim.finish(*file_);
  trees_.claim_source.finish(*file_);
  trees_.claim_threat.finish(*file_);
  trees_.pattern.finish(*file_);
  trees_.object.finish(*file_);
  trees_.note.finish(*file_);
  write_identities();
  write_claims_by_value();
  std::vector<std::uint32_t>().swap(claims_);
  TRY(file_->finish());
  TRY(write_the_rest());
  return put_in_place();
}

// Writers that wait with the old file open are told so when they get the lock (IntelStore::lock()).
Result<void> FirstImport::put_in_place() {
  TRY(persist(fresh_.path()));
  if (std::rename(fresh_.path().c_str(), (store_->folder() + "/store.db").c_str()) != 0)
    return file_error(fresh_.path());
  fresh_.keep();
  TRY(persist(store_->folder()));
  return store_->connection().execute("ROLLBACK");
}

}  // namespace testudo
