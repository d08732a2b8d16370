#include "report/timeline.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

#include "base/acting_octets.h"
#include "base/json_text.h"
#include "base/text.h"

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

// Goes with its descriptor. Not every file system makes one without a name (those of memory sticks do not).
Result<Descriptor> nameless_file(const std::string& folder) {
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.valid() || errno != EOPNOTSUPP)
    return file.valid() ? Result<Descriptor>(std::move(file)) : file_error(folder);
  std::string name = folder + "/.timeline.XXXXXX";
  file.reset(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.valid()) return file_error(folder);
  ::unlink(name.c_str());
  return file;
}

using LineSize = std::uint32_t;  // stands before each line of a spool

// Spreadsheets of East Asia take the wide signs for the others.
bool is_formula(std::string_view cell) {
  if (cell.empty() || std::string_view("=+-@\t\r\xEF").find(cell.front()) == std::string_view::npos) return false;
  return cell.front() != '\xEF' || std::ranges::any_of(std::array<std::string_view, 4>{"＝", "＋", "－", "＠"},
                                                       [&](std::string_view sign) { return cell.starts_with(sign); });
}

// Where the comma is the decimal sign, spreadsheets part cells at semicolons, whatever stands in quotes by then: what
// would be a formula behind one gets the mark of a text as well.
std::string with_parts_marked(std::string_view cell) {
  std::string out;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(';'), cell.size() - 1) + 1;
    out += cell.substr(0, end);
    cell.remove_prefix(end);
    if (out.back() == ';' && is_formula(cell.substr(std::min(cell.find_first_not_of("\" "), cell.size()))))
      out.push_back('\'');
  }
  return out;
}

// What the octets of a cell ask for.
constexpr std::uint8_t must_quote = 1, may_act = 2, may_part = 4;
constexpr std::array<std::uint8_t, 256> octet_classes = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c) classes[c] = may_act;
  classes[0x7F] = may_act;
  for (const unsigned char c : acting_lead_octets) classes[c] = may_act;
  for (const char c : {',', '"'}) classes[static_cast<unsigned char>(c)] = must_quote;
  classes[static_cast<unsigned char>(';')] = may_part;
  for (const char c : {'\n', '\r'}) classes[static_cast<unsigned char>(c)] = must_quote | may_act;
  return classes;
}();

std::uint8_t classes_of(std::string_view cell) {
  std::uint8_t classes = 0;
  for (const char c : cell) classes |= octet_classes[static_cast<unsigned char>(c)];
  return classes;
}

// Lines of a spool in the order of time. Where that is nearly the order of the evidence a large window moves along;
// where it jumps (times of files) little more than the line is read.
class SpoolReader {
 public:
  explicit SpoolReader(int fd) : fd_(fd), window_(std::make_unique_for_overwrite<char[]>(chunk)) {}
  Result<void> append_line(std::string& out, std::uint64_t offset) {
    LineSize left = 0;
    if (!holds(offset, sizeof left)) TRY(load(offset));
    if (!holds(offset, sizeof left)) return error(Fault::internal, "an event without its line");
    std::memcpy(&left, window_.get() + (offset - begin_), sizeof left);
    offset += sizeof left;
    while (left > 0) {
      if (!holds(offset, 1)) TRY(load(offset));
      if (!holds(offset, 1)) return error(Fault::internal, "an event with half a line");
      const std::size_t part = std::min<std::uint64_t>(left, begin_ + size_ - offset);
      out.append(window_.get() + (offset - begin_), part);
      offset += part;
      left -= static_cast<LineSize>(part);
    }
    return {};
  }

 private:
  bool holds(std::uint64_t offset, std::size_t size) const {
    return offset >= begin_ && offset + size <= begin_ + size_;
  }
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
  std::uint8_t classes = classes_of(cell);
  if ((classes & may_act) != 0) classes = classes_of(cell = shown = visible(cell));
  if ((classes & may_part) != 0) cell = shown = with_parts_marked(cell);
  const bool formula = is_formula(cell);
  if (!formula && (classes & must_quote) == 0) {
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

Timeline::Spool::Spool(const RecordType& record_type) : type(&record_type), line(record_type) {
  for (std::size_t i = 0; i < type->fields.size(); ++i)
    if (type->fields[i].show == Show::event) event_fields.push_back(i);
}

Result<Timeline::Spool*> Timeline::spool_of(const RecordType& type) {
  if (last_ != nullptr && last_->type == &type) return last_;
  const auto [place, is_new] = spools_.try_emplace(type.name, type);
  Spool& spool = place->second;
  if (is_new) spool.index = spools_.size() - 1;
  if (!spool.event_fields.empty() && !spool.file.valid()) {
    spool.file = TRY(nameless_file(folder_));
  }
  return last_ = &spool;
}

void Timeline::append_line(Spool& spool, const Row& row, std::string_view evidence_path) {
  if (spool.path_cell.empty() || spool.path != evidence_path) {
    spool.path = evidence_path;
    spool.path_cell = ",";
    append_csv_cell(spool.path_cell, evidence_path);
    spool.path_cell.push_back(',');
  }
  std::string& out = spool.buffer;
  const std::size_t begin = out.size();
  out.resize(begin + sizeof(LineSize));
  append_csv_cell(out, spool.line.of(row));
  out += spool.path_cell;
  if (row.where.rowid != Locator::nowhere) append_json_integer(out, static_cast<std::int64_t>(row.where.rowid));
  out.append(",").append(row_state_name(row.where.state)).append("\n");
  const auto size = static_cast<LineSize>(out.size() - begin - sizeof(LineSize));
  std::memcpy(out.data() + begin, &size, sizeof size);
}

Result<void> Timeline::add(const Row& row, std::string_view evidence_path) {
  Spool& spool = *TRY(spool_of(*row.type));
  const std::uint64_t place = pack(spool.index, spool.flushed + spool.buffer.size());
  const std::size_t before = events_.size();
  for (const std::size_t i : spool.event_fields)
    if (row.values[i].type() == Value::Type::integer) events_.push_back({row.values[i].integer(), place | i});
  if (events_.size() == before) return {};
  append_line(spool, row, evidence_path);
  if (spool.buffer.size() < chunk) return {};
  TRY(write_all(spool.file.get(), as_bytes(spool.buffer)));
  spool.flushed += spool.buffer.size();
  spool.buffer.clear();
  return {};
}

Result<BufferedFile> Timeline::finish(const std::string& path) {
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
  TRY(file.publish());
  return file;
}

}  // namespace testudo
