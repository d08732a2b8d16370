#include "report/timeline.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

#include "base/json_text.h"
#include "base/text.h"
#include "report/record_files.h"

namespace testudo {
namespace {

constexpr std::size_t chunk = 256 * 1024;
// An event's place: the spool in the upper 10 bits, the line's offset in it in 48, the field in 6.
static_assert(max_fields <= 64);
constexpr unsigned field_bits = 6, spool_bits = 10;
constexpr std::uint64_t pack(std::uint64_t spool, std::uint64_t offset) {
  return spool << (64 - spool_bits) | offset << field_bits;
}
constexpr std::uint64_t spool_in(std::uint64_t place) { return place >> (64 - spool_bits); }
constexpr std::uint64_t offset_in(std::uint64_t place) { return place << spool_bits >> (spool_bits + field_bits); }
constexpr std::uint64_t field_in(std::uint64_t place) { return place & ((1U << field_bits) - 1); }

bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool has_control(std::string_view cell) {
  return std::ranges::any_of(cell, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }) ||
         cell.find('\xE2') != std::string_view::npos || cell.find("\xD8\x9C") != std::string_view::npos ||
         cell.find('\xC2') != std::string_view::npos;
}

// Lines of a spool in the order of time. Where that is nearly the order of the evidence a large window moves along;
// where it jumps (times of files) little more than the line is read.
class SpoolReader {
 public:
  explicit SpoolReader(int fd) : fd_(fd), window_(std::make_unique_for_overwrite<char[]>(chunk)) {}
  Result<void> append_line(std::string& out, std::uint64_t offset) {
    for (;;) {
      if (offset < begin_ || offset >= begin_ + size_) TRY(load(offset));
      const char* at = window_.get() + (offset - begin_);
      const std::size_t left = size_ - static_cast<std::size_t>(offset - begin_);
      if (left == 0) return error(Fault::internal, "an event without its line");
      const auto* end = static_cast<const char*>(std::memchr(at, '\n', left));
      const std::size_t size = end ? static_cast<std::size_t>(end - at) + 1 : left;
      out.append(at, size);
      if (end) return {};
      offset += size;
    }
  }

 private:
  static constexpr std::uint64_t jump = 1024, behind = 32 * 1024;
  Result<void> load(std::uint64_t offset) {
    const bool near = offset < begin_ + size_ + chunk && offset + chunk > begin_;
    near_ = near ? near_ + 1 : 0;
    const bool wide = near_ > 1;
    begin_ = wide && offset > behind ? offset - behind : offset;
    const ssize_t got = ::pread(fd_, window_.get(), wide ? chunk : jump, static_cast<off_t>(begin_));
    if (got < 0) return error(Fault::io, std::strerror(errno));
    size_ = static_cast<std::size_t>(got);
    return {};
  }
  int fd_;
  std::unique_ptr<char[]> window_;
  std::uint64_t begin_ = 0;
  std::size_t size_ = 0;
  unsigned near_ = 0;  // loads after each other that were close by
};

}  // namespace

void append_csv_cell(std::string& out, std::string_view cell) {
  std::string shown;
  if (has_control(cell)) cell = shown = visible(cell);
  const bool formula = is_formula(cell);
  if (!formula && cell.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += cell;
    return;
  }
  out.push_back('"');
  if (formula) out.push_back('\'');
  for (char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

Result<Timeline::Spool*> Timeline::spool_of(const RecordType* type) {
  Spool& spool = spools_[type->name];
  if (!spool.file.valid()) {
    spool.index = spools_.size() - 1;
    spool.type = type;
    spool.file.reset(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!spool.file.valid()) return error(Fault::io, folder_ + ": " + std::strerror(errno));
  }
  return &spool;
}

Result<void> Timeline::add(const Row& row, std::string_view evidence_path) {
  Spool* spool = nullptr;
  std::uint64_t place = 0;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const FieldInfo& field = row.type->fields[i];
    if (field.show != Show::event || row.values[i].type() != Value::Type::integer) continue;
    if (spool == nullptr) {
      spool = TRY(spool_of(row.type));
      place = pack(spool->index, spool->flushed + spool->buffer.size());
    }
    events_.push_back({row.values[i].integer(), place | i});
  }
  if (spool == nullptr) return {};
  std::string& out = spool->buffer;
  append_csv_cell(out, line_of(row));
  out.push_back(',');
  append_csv_cell(out, evidence_path);
  out.push_back(',');
  if (row.where.rowid != Locator::nowhere) append_json_integer(out, static_cast<std::int64_t>(row.where.rowid));
  out.append(",").append(row_state_name(row.where.state)).append("\n");
  if (out.size() < chunk) return {};
  TRY(write_all(spool->file.get(), as_bytes(out)));
  spool->flushed += out.size();
  out.clear();
  return {};
}

Result<void> Timeline::finish(const std::string& path) {
  BufferedFile file = TRY(BufferedFile::create(path));
  file.buffer() = "time,source,event,description,evidence,rowid,state";
  file.buffer() += seizure_ ? ",while_seized\n" : "\n";
  std::vector<SpoolReader> readers;
  std::vector<const RecordType*> types;
  std::vector<std::uint64_t> rank(spools_.size());  // by name: the order in which types were met must not show
  for (auto& [name, spool] : spools_) {
    rank[spool.index] = types.size();
    types.push_back(spool.type);
    TRY(write_all(spool.file.get(), as_bytes(spool.buffer)));
    readers.emplace_back(spool.file.get());
  }
  for (Event& event : events_)
    event.place = pack(rank[spool_in(event.place)], 0) | (event.place & ~pack(~std::uint64_t{0}, 0));
  std::ranges::sort(
      events_, [](const Event& a, const Event& b) { return a.time != b.time ? a.time < b.time : a.place < b.place; });
  for (const Event& event : events_) {
    const std::uint64_t spool = spool_in(event.place);
    std::string& out = file.buffer();
    append_rfc3339(out, Time{event.time});
    out.append(",")
        .append(types[spool]->name)
        .append(",")
        .append(types[spool]->fields[field_in(event.place)].name)
        .append(",");
    TRY(readers[spool].append_line(out, offset_in(event.place)));
    if (seizure_) {
      out.pop_back();
      out += seizure_->holds(Time{event.time}) ? ",yes\n" : ",\n";
    }
    TRY(file.pass());
  }
  return file.flush();
}

}  // namespace testudo
