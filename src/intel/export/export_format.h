// Exports: what the intelligence store holds, written for those who can use it. Every format is one file of this folder
// and one row of the table in export_format.cpp. Floor 3. For users: docs/manual/export.md.
//
// Two kinds of format. A *block list* acts by itself wherever it is loaded: it holds only what block_verdict() lets
// through, and says at its head how much was withheld and why. An *exchange* format carries everything that its marking
// allows, each value with its role, so that the reader can decide.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "intel/control/block_verdict.h"
#include "intel/store/stored_indicator.h"

namespace testudo {

// What a report of abuse shows its reader. `indicator` is a normalised value; empty: it goes with every report.
struct ExportEvidence {
  std::string indicator, content_type, description, payload;
};

struct ExportRequest {
  std::string title = "Testudo indicators";
  std::string author = "Testudo";
  Time as_of;  // the day for which the export is made; the only clock that enters it
  // The strictest marking that may leave. `green`, the default, lets out what is unmarked, clear or green. A block list
  // never carries `red`, whatever is asked.
  Tlp audience = Tlp::green;
  BlockRules rules;       // block lists: the user's warning lists, and whether age counts
  std::string action;     // what the reader shall do, in the format's own words (docs/manual/export.md); empty: block
  std::string zone;       // rpz: name of the zone; empty: "rpz.testudo.test"
  std::string reference;  // address of a page on this list: suricata's `reference`, sigma's `references`
  // suricata: the range that rules are numbered in. The default is the one kept for local use.
  std::uint32_t sid_base = 1000000, sid_count = 1000000;
  std::string previous;  // suricata: an earlier export whose numbers are kept; empty: the file to be replaced, if any
  std::string contact, domain;  // xarf: e-mail address and domain of the author; both are needed
  std::vector<ExportEvidence> evidence;
};

struct ExportSummary {
  std::uint64_t written = 0;                      // indicators and kept patterns
  std::map<std::string, std::uint64_t> withheld;  // by reason, snake_case
  std::vector<std::string> files;                 // what was written, main file or folder first
};

// Indicators in the order of the store, then kept patterns; read once, one at a time.
class ExportSource {
 public:
  virtual ~ExportSource() = default;
  // Fills `indicator`; false at the end.
  virtual Result<bool> next(StoredIndicator& indicator) = 0;
  virtual Result<bool> next_pattern(StoredPattern& pattern) = 0;
  // How many other objects of feeds there are, which no format carries: exchange formats say so (`object`).
  virtual Result<std::uint64_t> other_objects() { return std::uint64_t{0}; }
};

class ExportWriter;

struct ExportFormat {
  enum class Use : std::uint8_t { block_list, exchange };
  std::string_view name;
  std::string_view reader;  // who reads it
  Use use = Use::exchange;
  bool folder = false;  // the output is a folder of files
  bool exact = false;   // a block list that does not cover what is below a name
  // Fault::usage if the request makes no sense for this format.
  Result<std::unique_ptr<ExportWriter>> (*make)(const ExportRequest& request) = nullptr;
  // A long list goes on in files numbered -2, -3 …; those of a longer list before it are removed.
  bool numbered = false;
};

std::span<const ExportFormat> export_formats();
// Null if there is none of this name.
const ExportFormat* find_export_format(std::string_view name);

// Writes to `path` ("-": standard output, for formats of one file). A file appears whole or not at all; of a folder the
// file that lists the others is replaced last. Memory does not grow with the number of indicators, except for what each
// format needs to keep names apart (docs/manual/export.md). The same store and request give the same octets.
Result<ExportSummary> write_export(const ExportFormat& format, const ExportRequest& request, ExportSource& source,
                                   const std::string& path);

}  // namespace testudo
