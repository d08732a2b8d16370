#include "store/case_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view case_tables =
    "CREATE TABLE case_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;"
    "CREATE TABLE finding (id TEXT PRIMARY KEY, severity TEXT NOT NULL, rule TEXT NOT NULL, time INTEGER, "
    "title TEXT NOT NULL, value TEXT NOT NULL, json TEXT NOT NULL, place INTEGER NOT NULL) STRICT;"
    "CREATE TABLE disposition (finding TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN "
    "('open','confirmed','benign')), reason TEXT NOT NULL) STRICT;";

std::string next_history(const std::string& folder) {
  char name[32];
  for (unsigned i = 1;; ++i) {
    std::snprintf(name, sizeof name, "/history/%04u.db", i);
    if (!fs::exists(folder + name)) return folder + name;
  }
}

Result<void> put_finding(Statement& insert, const Finding& f, std::string_view json, std::int64_t place) {
  insert.bind(1, std::string_view(f.id)).bind(2, severity_name(f.severity)).bind(3, std::string_view(f.rule));
  insert.bind(4, f.time ? Value::of_integer(f.time->micros) : Value());
  insert.bind(5, std::string_view(f.title)).bind(6, std::string_view(f.value)).bind(7, json).bind(8, place);
  return insert.run();
}

constexpr std::string_view insert_finding = "INSERT OR IGNORE INTO finding VALUES(?1,?2,?3,?4,?5,?6,?7,?8)";
constexpr std::string_view set_document = "INSERT OR REPLACE INTO document VALUES(?1,?2)";

Result<void> write_documents(Connection& connection, const CheckDocuments& documents) {
  Statement put = TRY(connection.prepare(set_document));
  const std::string as_of = to_rfc3339(documents.as_of);
  const std::pair<std::string_view, std::string_view> all[] = {
      {"summary", documents.summary}, {"coverage", documents.coverage}, {"as_of", as_of}};
  for (const auto& [name, json] : all) TRY(put.bind(1, name).bind(2, json).run());
  return {};
}

enum class Empty : bool { skip, write };
Result<void> write_facts(Connection& connection, const CaseFacts& facts, Empty empty) {
  Statement put = TRY(connection.prepare("INSERT OR REPLACE INTO case_fact VALUES(?1,?2)"));
  const std::pair<std::string_view, std::string_view> all[] = {
      {"pseudonym", facts.pseudonym}, {"consent", facts.consent}, {"notes", facts.notes}};
  for (const auto& [name, value] : all)
    if (empty == Empty::write || !value.empty()) TRY(put.bind(1, name).bind(2, value).run());
  return {};
}

// Nobody else sees this file before it is complete, so a journal would only cost.
Result<Connection> open_fresh(const std::string& path) {
  Connection connection = TRY(Connection::open(path, Connection::Mode::read_write));
  TRY(connection.execute(
      "PRAGMA page_size=32768; PRAGMA auto_vacuum=NONE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; "
      "PRAGMA locking_mode=EXCLUSIVE"));
  return connection;
}

// Makes a case's tables; gives the root page of each type's.
Result<std::vector<std::uint32_t>> create_tables(const std::string& path, const std::vector<const RecordType*>& types) {
  Connection connection = TRY(open_fresh(path));
  TRY(connection.execute("BEGIN;" + std::string(case_tables)));
  for (const RecordType* type : types) TRY(connection.execute(create_table_sql(*type)));
  TRY(connection.execute("COMMIT"));
  Statement root = TRY(connection.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1"));
  std::vector<std::uint32_t> roots;
  for (const RecordType* type : types) {
    if (!TRY(root.bind(1, std::string_view(table_name(*type))).step()))
      return error(Fault::internal, "a table that was created is absent");
    roots.push_back(static_cast<std::uint32_t>(root.integer(0)));
    root.reset();
  }
  return roots;
}

// A case may be written to while it is read: each waits for the other's instant.
Result<Connection> open_store(const std::string& file, Connection::Mode mode) {
  constexpr int wait_milliseconds = 5000;
  Connection connection = TRY(Connection::open(file, mode));
  sqlite3_busy_timeout(connection.handle(), wait_milliseconds);
  return connection;
}

}  // namespace

Result<CaseWriter> CaseWriter::begin(CaseLock lock, const std::vector<const RecordType*>& types) {
  const std::string& folder = lock.folder();
  std::error_code fault;
  if (!fs::exists(folder + "/store.db", fault) && !fs::is_empty(folder, fault)) {
    // An interrupted first check leaves only its unfinished state.
    if (!fs::exists(folder + "/store.db.new", fault)) return error(Fault::usage, "case_foreign_folder");
  }
  fs::remove(folder + "/store.db.new", fault);
  UnfinishedFile fresh(folder + "/store.db.new");
  const Descriptor made(::open(fresh.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made.valid()) return file_error(fresh.path());
  const std::vector<std::uint32_t> roots = TRY(create_tables(fresh.path(), types));
  PageFile file = TRY(PageFile::open(fresh.path()));
  CaseWriter writer(std::move(lock), std::move(fresh), std::move(file));
  for (std::size_t i = 0; i < types.size(); ++i) writer.tables_.emplace(types[i], RecordPages(*types[i], roots[i]));
  return writer;
}

Result<void> CaseWriter::insert(const Row& row, std::string_view evidence_path) {
  const auto table = tables_.find(row.type);
  if (table == tables_.end()) return error(Fault::internal, "no table for this record");
  table->second.insert(file_, row, evidence_path);
  if (file_.wrong()) return *file_.wrong();
  return {};
}

Result<void> CaseWriter::end_records() {
  if (connection_) return {};
  for (auto& [type, table] : tables_) table.finish(file_);
  TRY(file_.finish());
  tables_.clear();
  connection_ = TRY(open_fresh(fresh_.path()));
  return connection_->execute("BEGIN");
}

Result<void> CaseWriter::add_finding(const Finding& finding, std::string_view json) {
  TRY(end_records());
  Statement put = TRY(connection_->prepare(insert_finding));
  return put_finding(put, finding, json, findings_++);
}

Result<void> CaseWriter::carry_over() {
  auto before = CaseStore::open(lock_.folder(), Connection::Mode::read_only);
  if (!before) return {};
  for (const char* table : {"case_fact", "disposition"}) {
    Statement from = TRY(before->connection().prepare(std::string("SELECT * FROM ") + table));
    Statement to = TRY(connection_->prepare(std::string("INSERT INTO ") + table +
                                            (from.columns() == 2 ? " VALUES(?1,?2)" : " VALUES(?1,?2,?3)")));
    while (TRY(from.step())) {
      for (int i = 0; i < from.columns(); ++i) to.bind(i + 1, from.value(i));
      TRY(to.run());
    }
  }
  return {};
}

Result<void> CaseWriter::finish(const CheckDocuments& documents, const CaseFacts& facts) {
  TRY(end_records());
  TRY(write_documents(*connection_, documents));
  TRY(carry_over());
  TRY(write_facts(*connection_, facts, Empty::skip));
  TRY(connection_->execute("COMMIT"));
  connection_.reset();
  return persist(fresh_.path());
}

Result<void> CaseWriter::put_in_place() {
  const EndHeld held;
  const std::string &folder = lock_.folder(), current = folder + "/store.db";
  std::error_code fault;
  UnfinishedFile past;
  if (fs::exists(current, fault)) {
    if (::mkdir((folder + "/history").c_str(), 0700) != 0 && errno != EEXIST) return file_error(folder + "/history");
    // A second name for the old state first: at no instant is there no store.db.
    std::string name = next_history(folder);
    const bool linked = ::link(current.c_str(), name.c_str()) == 0;
    if (!linked && errno != EPERM && errno != EOPNOTSUPP) return file_error(current);
    past = UnfinishedFile(std::move(name));
    // The file systems of memory sticks (FAT, exFAT) know no second name.
    if (!linked && !fs::copy_file(current, past.path(), fault))
      return error(Fault::io, current + ": " + fault.message());
    if (!linked) TRY(persist(past.path()));
  }
  if (::rename(fresh_.path().c_str(), current.c_str()) != 0) return file_error(current);
  fresh_.keep();
  past.keep();
  lock_.keep_folder();
  return persist(folder);
}

Result<CaseStore> CaseStore::open(const std::string& folder, Connection::Mode mode) {
  CaseStore store(TRY(open_store(folder + "/store.db", mode)));
  if (!store.connection_.has_table("finding")) return error(Fault::malformed, "this folder holds no case");
  return store;
}

std::vector<std::string> CaseStore::states(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code fault;
  for (const auto& entry : fs::directory_iterator(folder + "/history", fault))
    if (entry.path().extension() == ".db") files.push_back(entry.path().string());
  std::ranges::sort(files);
  files.push_back(folder + "/store.db");
  return files;
}

Result<CaseStore> CaseStore::open_state(const std::string& file) {
  return CaseStore(TRY(open_store(file, Connection::Mode::read_only)));
}

Result<std::vector<StoredFinding>> CaseStore::findings() const {
  Statement all = TRY(connection_.prepare(
      "SELECT f.id, f.severity, f.json, coalesce(d.state, 'open'), coalesce(d.reason, '') FROM finding f "
      "LEFT JOIN disposition d ON d.finding = f.id ORDER BY f.place"));
  std::vector<StoredFinding> found;
  while (TRY(all.step()))
    found.push_back({all.text(0), all.text(1), all.text(2), {all.text(0), all.text(3), all.text(4)}});
  return found;
}

Result<void> CaseStore::replace_findings(const std::vector<Finding>& findings, const std::vector<std::string>& json) {
  TRY(connection_.execute("SAVEPOINT replace_findings; DELETE FROM finding"));
  Statement put = TRY(connection_.prepare(insert_finding));
  for (std::size_t i = 0; i < findings.size(); ++i)
    TRY(put_finding(put, findings[i], json[i], static_cast<std::int64_t>(i)));
  return connection_.execute("RELEASE replace_findings");
}

Result<CaseFacts> CaseStore::facts() const {
  CaseFacts facts;
  Statement all = TRY(connection_.prepare("SELECT name, value FROM case_fact"));
  while (TRY(all.step())) {
    if (all.text(0) == "pseudonym") facts.pseudonym = all.text(1);
    if (all.text(0) == "consent") facts.consent = all.text(1);
    if (all.text(0) == "notes") facts.notes = all.text(1);
  }
  return facts;
}

Result<void> CaseStore::set_facts(const CaseFacts& facts) { return write_facts(connection_, facts, Empty::write); }

Result<void> CaseStore::set_disposition(const Disposition& disposition) {
  Statement put = TRY(connection_.prepare("INSERT OR REPLACE INTO disposition VALUES(?1,?2,?3)"));
  put.bind(1, std::string_view(disposition.finding)).bind(2, std::string_view(disposition.state));
  return put.bind(3, std::string_view(disposition.reason)).run();
}

Result<CheckDocuments> CaseStore::documents() const {
  CheckDocuments documents;
  Statement all = TRY(connection_.prepare("SELECT name, json FROM document"));
  while (TRY(all.step())) {
    if (all.text(0) == "summary") documents.summary = all.text(1);
    if (all.text(0) == "coverage") documents.coverage = all.text(1);
    if (all.text(0) == "as_of") documents.as_of = parse_rfc3339(all.text(1)).value_or(Time{});
  }
  return documents;
}

Result<void> CaseStore::set_documents(const CheckDocuments& documents) {
  return write_documents(connection_, documents);
}

}  // namespace testudo
