// Parser: one file of src/parser says which paths of the evidence it wants, is handed them, and emits records.
// It registers itself; no list, switch or build file names it. CONTRIBUTING.md walks through one. Floor 4.
//
//   namespace {
//   struct Call { std::optional<Time> at; std::optional<std::string_view> number; };
//   Result<void> parse(Input& in, Sink& out) {
//     const Database db = TRY(in.database());
//     return db.each("SELECT {?ZCALLRECORD.ZDATE}, Z_PK … FROM ZCALLRECORD", [&](const QueryRow& row) { … return true;
//     });
//   }
//   const Registration registration{{.name = "ios.calls", .page = "ios-calls.md", .wants = wants, .records = records,
//                                    .parse = parse}};
//   }
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/blob.h"
#include "evidence/database.h"
#include "record/sink.h"

namespace testudo {

enum class FileRole : std::uint8_t {
  primary,  // parse() is called once for each file that matches
  aid,      // handed along with every primary (a contact list that names numbers, say)
};

// A file of the evidence, by where an application keeps it. `*` stands for any run of characters but '/', `**` for any
// run. In a backup `domain` is the manifest's domain ("HomeDomain", "AppDomain-com.google.chrome.ios", "*" for all) and
// `path` its relativePath; files beside the manifest (Info.plist) have the domain "". Matching is case-sensitive.
// A database's "-wal" needs no want of its own.
struct Want {
  std::string_view domain;
  std::string_view path;
  FileRole role = FileRole::primary;
};

// When a phone writes this source into a backup; decides the reason given where it is absent.
enum class Presence : std::uint8_t {
  always,          // in every backup of a phone in use
  if_used,         // only when the app or feature was used
  encrypted_only,  // Apple keeps it out of backups without a password
};

struct InputFile {
  std::string domain, path;  // as in the manifest
  const Blob* blob = nullptr;
  const Blob* log = nullptr;  // the database's "-wal", where the backup holds it
  FileRole role = FileRole::primary;
  std::uint32_t index = 0;  // for Locator::file
};

class Input {
 public:
  Input(const InputFile& file, std::span<const InputFile> aids, DatabaseView view, bool recovering, Report report)
      : file_(file), aids_(aids), view_(view), recovering_(recovering), report_(std::move(report)) {}
  const InputFile& file() const { return file_; }
  std::span<const InputFile> aids() const { return aids_; }
  // The file as a database, in the state that this call is about. A parser is called again for the other state where
  // there is a log, and for a damaged database after recovery: it needs to know nothing of that.
  Result<Database> database() const { return open(file_); }
  Result<Database> database(const InputFile& aid) const { return open(aid); }
  // The whole file.
  Result<std::vector<std::uint8_t>> bytes(std::uint64_t limit = 512U << 20) const { return file_.blob->all(limit); }
  const Report& report() const { return report_; }
  // A locator for a row of this file; and for an offset.
  Locator row(std::int64_t rowid) const {
    Locator l = Locator::row(rowid);
    l.file = file_.index;
    return l;
  }
  Locator at(std::uint64_t offset) const {
    Locator l = Locator::at(offset);
    l.file = file_.index;
    return l;
  }

 private:
  Result<Database> open(const InputFile& file) const;
  const InputFile& file_;
  std::span<const InputFile> aids_;
  DatabaseView view_;
  bool recovering_;
  Report report_;
};

struct Parser {
  std::string_view name;  // "ios.sms": the source in coverage
  std::string_view page;  // docs/formats/<page>
  std::span<const Want> wants;
  std::span<const RecordType* const> records;  // every type that it emits; a type belongs to one parser
  Presence presence = Presence::if_used;
  // Called for each primary file. Records emitted before an Error stay. An Error with Fault::not_found for a table
  // means an unknown schema generation (`unsupported`), any other makes the source `partial`.
  Result<void> (*parse)(Input& in, Sink& out) = nullptr;
};

// All parsers, in order of name.
const std::vector<Parser>& parsers();
const Parser* find_parser(std::string_view name);
// All record types of all parsers, in order of name: the index is the wire's type number.
const std::vector<const RecordType*>& all_record_types();

struct Registration {
  explicit Registration(Parser parser);
};

// Whether a path matches a want's pattern ("*" and "**" as above).
bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace testudo
