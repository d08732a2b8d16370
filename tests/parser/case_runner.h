// Cases: the test data of all parsers, tests/parser/cases/<parser>/<case>/. A parser's test is data: evidence beside
// the records and anomalies that it must give. TESTUDO_BLESS=1 rewrites the expectations; read every changed line.
//
//   evidence/<domain>/<path…>   given byte by byte, except:
//     name.sql      run into an empty SQLite database, given as `name`; BLOB_FILE('x') in it is the case's file x
//     name.wal.sql  run after name.sql with journal_mode=WAL, not checkpointed: `name`, `name-wal` are given
//     name.zap      damage done to `name` last: lines "truncate SIZE" or "OFFSET HEXADECIMAL"
//     name.hex      hexadecimal with white space and comments (# to the end of the line), given as `name`
//   A domain named "@" stands for the empty domain: files beside the manifest.
//   expected.ndjson   {"record":name, fields without nulls, "rowid", "offset", "file", "state"}…, {"anomaly":name,…}…,
//                     then {"status":…}
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "parser/runner.h"

namespace testudo {

struct CaseFile {
  std::string domain, path;
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> log;  // empty: no log
  std::string sql;                // the script that made it; empty for other files
};

struct Case {
  std::filesystem::path folder;
  std::string parser, name;
  std::vector<CaseFile> files;
};

// All cases, in order of parser and name; a case that cannot be made (an error in its SQL) throws std::runtime_error.
std::vector<std::filesystem::path> case_folders();
Case load_case(const std::filesystem::path& folder);

struct CaseOutput {
  RunResult result;
  std::vector<std::string> lines;    // expected.ndjson
  std::vector<std::string> defects;  // of records: a value of the wrong type for its kind, an undeclared type, …
};
// Runs the case's parser over the files as the product does. `lines` is left empty unless asked for.
CaseOutput run_case(const Parser& parser, const std::vector<CaseFile>& files, bool want_lines);

// A database made from SQL, as bytes. Throws std::runtime_error.
std::vector<std::uint8_t> database_from_sql(const std::string& sql, const std::filesystem::path& folder);

}  // namespace testudo
