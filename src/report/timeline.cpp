#include "report/timeline.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/json_text.h"
#include "base/text.h"
#include "report/record_files.h"

namespace testudo {
namespace {

constexpr std::size_t chunk = 256 * 1024;
constexpr unsigned offset_bits = 48;

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
  explicit SpoolReader(int fd) : fd_(fd) {}
  Result<void> append_line(std::string& out, std::uint64_t offset) {
    for (;;) {
      if (offset < begin_ || offset >= begin_ + window_.size()) TRY(load(offset));
      const char* at = window_.data() + (offset - begin_);
      const std::size_t left = window_.size() - static_cast<std::size_t>(offset - begin_);
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
    const std::uint64_t end = begin_ + window_.size();
    const bool near = offset < end + chunk && offset + chunk > begin_;
    near_ = near ? near_ + 1 : 0;
    const bool wide = near_ > 1;
    begin_ = wide && offset > behind ? offset - behind : offset;
    window_.resize(wide ? chunk : jump);
    const ssize_t got = ::pread(fd_, window_.data(), window_.size(), static_cast<off_t>(begin_));
    if (got < 0) return error(Fault::io, std::strerror(errno));
    window_.resize(static_cast<std::size_t>(got));
    return {};
  }
  int fd_;
  std::string window_;
  std::uint64_t begin_ = 0;
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
    spool.index = static_cast<std::uint16_t>(spools_.size() - 1);
    spool.file.reset(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!spool.file.valid()) return error(Fault::io, folder_ + ": " + std::strerror(errno));
  }
  return &spool;
}

Result<void> Timeline::add(const Row& row, std::string_view evidence_path) {
  Spool* spool = nullptr;
  std::string rest;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const FieldInfo& field = row.type->fields[i];
    if (field.show != Show::event || row.values[i].type() != Value::Type::integer) continue;
    if (spool == nullptr) {
      spool = TRY(spool_of(row.type));
      append_csv_cell(rest, line_of(row));
      rest.push_back(',');
      append_csv_cell(rest, evidence_path);
      rest.push_back(',');
      if (row.where.rowid != Locator::nowhere) append_json_integer(rest, static_cast<std::int64_t>(row.where.rowid));
      rest.append(",").append(row_state_name(row.where.state)).append("\n");
    }
    const std::int64_t time = row.values[i].integer();
    events_.push_back({time, spool->end() | std::uint64_t{spool->index} << offset_bits});
    append_rfc3339(spool->buffer, Time{time});
    spool->buffer.append(",").append(row.type->name).append(",").append(field.name).append(",").append(rest);
  }
  if (spool == nullptr || spool->buffer.size() < chunk) return {};
  TRY(write_all(spool->file.get(), as_bytes(spool->buffer)));
  spool->flushed += spool->buffer.size();
  spool->buffer.clear();
  return {};
}

Result<void> Timeline::finish(const std::string& path) {
  BufferedFile file = TRY(BufferedFile::create(path));
  file.buffer() = "time,source,event,description,evidence,rowid,state\n";
  std::vector<SpoolReader> readers;
  std::vector<std::uint64_t> rank(spools_.size());  // by name: the order in which types were met must not show
  for (auto& [name, spool] : spools_) {
    rank[spool.index] = readers.size();
    TRY(write_all(spool.file.get(), as_bytes(spool.buffer)));
    spool.buffer.clear();
    readers.emplace_back(spool.file.get());
  }
  constexpr std::uint64_t offset_mask = (1ULL << offset_bits) - 1;
  for (Event& event : events_)
    event.place = rank[event.place >> offset_bits] << offset_bits | (event.place & offset_mask);
  std::ranges::sort(
      events_, [](const Event& a, const Event& b) { return a.time != b.time ? a.time < b.time : a.place < b.place; });
  for (const Event& event : events_) {
    TRY(readers[event.place >> offset_bits].append_line(file.buffer(), event.place & offset_mask));
    TRY(file.pass());
  }
  return file.flush();
}

}  // namespace testudo
