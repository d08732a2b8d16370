// timeline.csv: every event time of every record, in order of time. Floor 5.
// Columns: time (UTC), source, event, description, evidence, rowid, state. Cells that a spreadsheet would run as a
// formula are disarmed by an apostrophe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "record/row.h"
#include "record/seizure.h"
#include "report/record_files.h"

namespace testudo {

// Appends one CSV cell (RFC 4180), quoted where needed. What a spreadsheet would take for a formula ('=', '+', '-',
// '@', TAB, CR and their wide forms at its start or behind a semicolon) gets a ' before it; characters that act on a
// display are made visible.
void append_csv_cell(std::string& out, std::string_view cell);

// What the lines of a record's events share waits in an unlinked file of the output folder, one a record type; memory
// holds 16 octets an event.
class Timeline {
 public:
  // With a seizure a last column, while_seized, says "yes" for the events that fall in it.
  explicit Timeline(std::string folder, std::optional<Seizure> seizure = {})
      : folder_(std::move(folder)), seizure_(seizure) {}
  Result<void> add(const Row& row, std::string_view evidence_path);
  // Sorts and writes `path`, which is then to be kept.
  Result<BufferedFile> finish(const std::string& path);

 private:
  struct Spool {
    explicit Spool(const RecordType& record_type);
    const RecordType* type;
    std::vector<std::size_t> event_fields;
    LinePattern line;
    std::string path, path_cell;  // of the row before
    Descriptor file;
    std::string buffer;
    std::uint64_t flushed = 0;
    std::uint64_t index = 0;
  };
  struct Event {
    std::int64_t time;
    std::uint64_t place;  // record type, line and field: orders equal times
  };
  Result<Spool*> spool_of(const RecordType& type);
  static void append_line(Spool& spool, const Row& row, std::string_view evidence_path);
  std::string folder_;
  std::optional<Seizure> seizure_;
  std::map<std::string_view, Spool> spools_;
  Spool* last_ = nullptr;  // rows of one type come one after another
  std::vector<Event> events_;
};

}  // namespace testudo
