// Cases: see case_runner.h.
#include "case_runner.h"

#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/json_text.h"
#include "base/text.h"
#include "record/row_frame.h"

namespace testudo {
namespace fs = std::filesystem;
namespace {

std::vector<std::uint8_t> slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string slurp_text(const fs::path& path) {
  const auto bytes = slurp(path);
  return std::string(as_text(bytes));
}

struct Connection {
  explicit Connection(const std::string& name) {
    if (sqlite3_open(name.c_str(), &handle) != SQLITE_OK) throw std::runtime_error("cannot open " + name);
    sqlite3_create_function(handle, "BLOB_FILE", 1, SQLITE_UTF8, this, &Connection::blob_file, nullptr, nullptr);
  }
  ~Connection() { sqlite3_close(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void run(const std::string& sql) {
    char* message = nullptr;
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string text = message != nullptr ? message : "unknown";
    sqlite3_free(message);
    throw std::runtime_error("SQL: " + text);
  }

  static void blob_file(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* self = static_cast<Connection*>(sqlite3_user_data(context));
    const auto* name = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
    try {
      const auto bytes = slurp(self->folder / (name != nullptr ? name : ""));
      sqlite3_result_blob(context, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
    } catch (const std::exception& e) {
      sqlite3_result_error(context, e.what(), -1);
    }
  }

  sqlite3* handle = nullptr;
  fs::path folder;
};

struct TemporaryFolder {
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "testudo-case-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
    path = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

// The main file as it stood before the log, and the log.
void database_with_log(CaseFile& file, const std::string& log_sql, const fs::path& folder) {
  const TemporaryFolder place;
  const fs::path name = place.path / "db";
  Connection db(name.string());
  db.folder = folder;
  db.run(file.sql);
  db.run("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint=0;");
  db.run(log_sql);
  file.bytes = slurp(name);
  file.log = slurp(name.string() + "-wal");
}

std::vector<std::uint8_t> from_commented_hex(const std::string& text) {
  std::string digits;
  bool comment = false;
  for (char c : text) {
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    if (!comment && c != ' ' && c != '\n' && c != '\r' && c != '\t') digits.push_back(c);
  }
  const auto bytes = from_hex(digits);
  if (!bytes) throw std::runtime_error("not hexadecimal");
  const Bytes view = as_bytes(*bytes);
  return {view.begin(), view.end()};
}

void damage(std::vector<std::uint8_t>& bytes, const std::string& script) {
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("truncate ")) {
      bytes.resize(std::min(bytes.size(), static_cast<std::size_t>(std::stoull(line.substr(9)))));
      continue;
    }
    std::size_t digits = 0;
    std::size_t at = static_cast<std::size_t>(std::stoull(line, &digits));
    for (std::uint8_t octet : from_commented_hex(line.substr(digits)))
      if (at < bytes.size()) bytes[at++] = octet;
  }
}

bool cut_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

CaseFile& file_named(Case& out, const std::string& domain, const std::string& path) {
  for (CaseFile& file : out.files)
    if (file.domain == domain && file.path == path) return file;
  CaseFile fresh;
  fresh.domain = domain;
  fresh.path = path;
  out.files.push_back(fresh);
  return out.files.back();
}

void add_file(Case& out, const fs::path& source, const std::string& domain, std::string path) {
  if (cut_suffix(path, ".wal.sql")) {
    database_with_log(file_named(out, domain, path), slurp_text(source), out.folder);
  } else if (cut_suffix(path, ".sql")) {
    CaseFile& file = file_named(out, domain, path);
    file.sql = slurp_text(source);
    file.bytes = database_from_sql(file.sql, out.folder);
  } else if (cut_suffix(path, ".zap")) {
    damage(file_named(out, domain, path).bytes, slurp_text(source));
  } else if (cut_suffix(path, ".hex")) {
    file_named(out, domain, path).bytes = from_commented_hex(slurp_text(source));
  } else if (cut_suffix(path, "-wal")) {
    file_named(out, domain, path).log = slurp(source);
  } else {
    file_named(out, domain, path).bytes = slurp(source);
  }
}

bool fits(Kind kind, Value::Type type) {
  if (type == Value::Type::null) return true;
  switch (kind) {
    case Kind::time:
    case Kind::duration:
    case Kind::integer:
    case Kind::boolean:
      return type == Value::Type::integer;
    case Kind::real:
      return type == Value::Type::real;
    case Kind::bytes:
      return type == Value::Type::bytes;
    case Kind::asn:
      return type == Value::Type::integer || type == Value::Type::text;
    default:
      return type == Value::Type::text;
  }
}

// Keeps every record as its line and looks for what no record may be, whatever the evidence was.
class RecordingSink : public Sink {
 public:
  RecordingSink(const Parser& parser, CaseOutput& out, bool want_lines, std::size_t files)
      : parser_(parser), out_(out), want_lines_(want_lines), files_(files) {}
  void anomaly(std::string_view, std::uint64_t) override {}

 protected:
  bool consider(const Row& row) override {
    check(row);
    return true;
  }
  void keep(const Row& row) override {
    check(row);
    if (want_lines_) out_.lines.push_back(line(row));
  }

 private:
  void defect(const Row& row, std::string what) {
    if (out_.defects.size() < 20) out_.defects.push_back(std::string(row.type->name) + ": " + std::move(what));
  }

  void check(const Row& row) {
    if (std::ranges::find(parser_.records, row.type) == parser_.records.end()) defect(row, "undeclared type");
    if (row.where.file >= files_) defect(row, "locator of no file");
    for (std::size_t i = 0; i < row.values.size(); ++i)
      if (!fits(row.type->fields[i].kind, row.values[i].type()))
        defect(row, "type of " + std::string(row.type->fields[i].name));
    frame_.clear();
    encode_row(frame_, 0, row);
    if (!decode_row(frame_, decoded_)) defect(row, "does not cross the wire");
    static_cast<void>(line_of(row));
  }

  static std::string line(const Row& row) {
    std::string out;
    JsonText json(out);
    json.object().key("record").string(row.type->name);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (row.values[i].is_null()) continue;
      std::string value;
      append_value_json(value, row.values[i], row.type->fields[i].kind);
      json.key(row.type->fields[i].name).raw(value);
    }
    if (row.where.rowid != Locator::nowhere) json.key("rowid").integer(static_cast<std::int64_t>(row.where.rowid));
    if (row.where.offset != Locator::nowhere) json.key("offset").integer(static_cast<std::int64_t>(row.where.offset));
    if (row.where.file != 0) json.key("file").integer(row.where.file);
    if (row.where.state != RowState::current) json.key("state").string(row_state_name(row.where.state));
    json.end();
    return out;
  }

  const Parser& parser_;
  CaseOutput& out_;
  bool want_lines_;
  std::size_t files_;
  std::string frame_;
  DecodedRow decoded_;
};

void append_result(CaseOutput& out) {
  for (const Anomaly& a : out.result.anomalies) {
    std::string text;
    JsonText json(text);
    json.object().key("anomaly").string(a.name).key("count").integer(static_cast<std::int64_t>(a.count));
    if (a.offset) json.key("where").integer(static_cast<std::int64_t>(*a.offset));
    json.end();
    out.lines.push_back(text);
  }
  std::string text;
  JsonText(text).object().key("status").string(source_status_name(out.result.status)).end();
  out.lines.push_back(text);
}

}  // namespace

std::vector<std::uint8_t> database_from_sql(const std::string& sql, const fs::path& folder) {
  Connection db(":memory:");
  db.folder = folder;
  db.run(sql);
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(db.handle, "main", &size, 0);
  if (bytes == nullptr) return {};
  std::vector<std::uint8_t> out(bytes, bytes + size);
  sqlite3_free(bytes);
  return out;
}

std::vector<fs::path> case_folders() {
  std::vector<fs::path> out;
  const fs::path root = fs::path(TESTUDO_SOURCE_DIR) / "tests/parser/cases";
  if (!fs::exists(root)) return out;
  for (const auto& parser : fs::directory_iterator(root)) {
    if (!parser.is_directory()) continue;
    for (const auto& folder : fs::directory_iterator(parser.path()))
      if (fs::exists(folder.path() / "evidence")) out.push_back(folder.path());
  }
  std::ranges::sort(out);
  return out;
}

Case load_case(const fs::path& folder) {
  Case out;
  out.folder = folder;
  out.name = folder.filename().string();
  out.parser = folder.parent_path().filename().string();
  std::vector<fs::path> sources;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "evidence"))
    if (entry.is_regular_file()) sources.push_back(entry.path());
  // In this order a database comes before its log (x.sql, x.wal.sql) and the damage last (x.zap).
  std::ranges::sort(sources);
  for (const fs::path& source : sources) {
    const std::string inside = source.lexically_relative(folder / "evidence").string();
    const auto slash = inside.find('/');
    if (slash == std::string::npos) throw std::runtime_error(inside + " stands beside the domains");
    const std::string domain = inside.substr(0, slash);
    add_file(out, source, domain == "@" ? "" : domain, inside.substr(slash + 1));
  }
  return out;
}

CaseOutput run_case(const Parser& parser, const std::vector<CaseFile>& files, bool want_lines) {
  CaseOutput out;
  std::vector<std::unique_ptr<Blob>> blobs;
  std::vector<InputFile> inputs;
  for (const CaseFile& file : files) {
    const auto role = wanted_role(parser, file.domain, file.path);
    if (!role) continue;
    InputFile input;
    input.domain = file.domain;
    input.path = file.path;
    input.role = *role;
    input.index = static_cast<std::uint32_t>(inputs.size());
    blobs.push_back(memory_blob(file.bytes));
    input.blob = blobs.back().get();
    if (!file.log.empty()) {
      blobs.push_back(memory_blob(file.log));
      input.log = blobs.back().get();
    }
    inputs.push_back(std::move(input));
  }
  RecordingSink sink(parser, out, want_lines, inputs.size());
  out.result = run_parser(parser, inputs, sink);
  if (want_lines) append_result(out);
  return out;
}

}  // namespace testudo
