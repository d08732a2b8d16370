// Files to hunt in: which format a file has, and reading it. Each format is one file of this folder. Floor 3.
// Everything read is hostile: what is broken is left out and noted; no format needs the whole file in memory, so that
// compressed files are read as they unpack.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "intel/hunt/fact.h"

namespace testudo {

// Reads a file that comes in blocks.
class HuntReader {
 public:
  virtual ~HuntReader() = default;
  // Takes the whole units (lines, objects, rows) at the beginning of `text`, which is everything that was not taken
  // before and what follows, and says how many octets they have; with `last` everything is taken. `at`: where `text`
  // begins in the file, for notes.
  virtual std::size_t read(std::string_view text, std::uint64_t at, bool last) = 0;
};

struct HuntFormat {
  std::string_view name;
  bool (*looks_like)(std::string_view head);  // the first 64 KiB
  // What it is given outlives the reader.
  std::unique_ptr<HuntReader> (*open)(const HuntReceiver& use, HuntNotes& notes);
};

template <typename Reader>
std::unique_ptr<HuntReader> open_reader(const HuntReceiver& use, HuntNotes& notes) {
  return std::make_unique<Reader>(use, notes);
}

// In the order in which they are tried. The last one, a plain list of names, takes every text.
std::span<const HuntFormat> hunt_formats();
const HuntFormat& hunt_format_of(std::string_view text);
// Nothing for a name that is no format's.
const HuntFormat* hunt_format_named(std::string_view name);

extern const HuntFormat zone_format, hunt_json_format, zeek_dns_format, hunt_table_format, query_log_format,
    certificate_format, name_list_format;

// Cuts the next line from `rest`, without its line end.
std::string_view next_line(std::string_view& rest);

// A format of lines that stand for themselves.
class LineReader : public HuntReader {
 public:
  LineReader(const HuntReceiver& use, HuntNotes& notes) : use_(use), notes_(notes) {}
  std::size_t read(std::string_view text, std::uint64_t at, bool last) override;

 protected:
  virtual void line(std::string_view line, std::uint64_t at) = 0;
  const HuntReceiver& use_;
  HuntNotes& notes_;
};

// A file, plain or compressed by gzip or Zstandard. The octets are borrowed.
class HuntSource {
 public:
  // `done` is told, as a plain file is read, that the octets before a place are not looked at again in this reading.
  using Done = std::function<void(std::size_t until)>;
  explicit HuntSource(std::string_view octets, Done done = {}) : octets_(octets), done_(std::move(done)) {}
  // By its content; of a compressed file by what the first octets unpack to.
  const HuntFormat& format() const;
  // How many octets there may be to read: of a compressed file an estimate.
  std::uint64_t size() const;
  // Notes: `unpacking_damaged` and `unpacking_truncated`, after which the rest of the file is missing; `too_large`,
  // where more than 64 GiB unpack from one file; `packing_unread` for a packing that is not unpacked here.
  void read(const HuntFormat& format, const HuntReceiver& use, HuntNotes& notes) const;

 private:
  void read_plain(HuntReader& reader) const;
  std::string_view octets_;
  Done done_;
};

}  // namespace testudo
