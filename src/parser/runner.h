// Runner: calls one parser for its files as parser.h promises: both states of a database that has a log, and once more
// after recovery where a database is damaged. Floor 4.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "parser/parser.h"
#include "record/coverage.h"

namespace testudo {

// What became of one source: the part of its coverage that reading decides.
struct RunResult {
  std::uint64_t records = 0;       // passed to the sink, whether it kept them or not
  std::vector<Anomaly> anomalies;  // of all files, each name once; an error that stopped a file is among them
  Result<void> outcome;            // the first error of a file; ok if every file was read to its end
  SourceStatus status = SourceStatus::absent;  // absent: no file in the role `primary` was given
  std::optional<Time> first_time, last_time;   // over all fields shown as events
};

// Runs the parser for each primary file, in order of domain and path; Locator::file is the index that the caller gave.
//   With a log: the rows of the main file alone are counted first, then the merged state is emitted, rows that the main
//   file lacks as RowState::wal_only, then what only the main file holds as before_wal. A row is known by the hash of
//   its type and of the fields that stand before Sink::emit's `complete`; equal rows are counted. Damage (malformed or
//   truncated in a file that is an SQLite database or was one): the recovered database is read too, and rows that did
//   not come before are emitted as RowState::recovered.
// The sink's anomaly() is not called: anomalies of repeated readings are counted once, in the result.
// An error with Fault::not_found makes a file unsupported (anomaly `table_missing`), any other partial (`file_empty`
// for zero octets, else `stopped_` and the fault's name). Memory: 12 octets a row for files with a log or damage only.
RunResult run_parser(const Parser& parser, std::span<const InputFile> files, Sink& out);

// The role in which a parser wants a file; the first want that matches decides.
std::optional<FileRole> wanted_role(const Parser& parser, std::string_view domain, std::string_view path);

// Anomalies that are worth telling and take nothing away: they leave a source `parsed`.
bool is_informational(std::string_view anomaly);

}  // namespace testudo
