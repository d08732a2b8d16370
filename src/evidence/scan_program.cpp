#include "evidence/scan_program.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/statement.h"

namespace testudo {
namespace {

constexpr std::uint32_t most_registers = 1024, most_cursors = 8;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::uint32_t be32(const std::uint8_t* octets) {
  return std::uint32_t{octets[0]} << 24 | std::uint32_t{octets[1]} << 16 | std::uint32_t{octets[2]} << 8 | octets[3];
}

// Texts are in UTF-8, and SQLite takes the database to have as many pages as the image does (file format §1.3).
bool is_plain(DatabaseImage& image) {
  std::array<std::uint8_t, 100> header{};
  if (!image.read(0, header)) return false;
  const std::uint32_t counter = be32(&header[24]), pages = be32(&header[28]), encoding = be32(&header[56]);
  const bool states_pages = pages != 0 && counter == be32(&header[92]);
  return encoding == 1 && (!states_pages || pages == image.pages());
}

}  // namespace

// A line of EXPLAIN.
struct ScanProgram::Listed {
  std::string_view name, p4;
  std::int64_t p1 = 0, p2 = 0, p3 = 0, p5 = 0;
};

std::optional<ScanProgram::Operation> ScanProgram::read(const Listed& listed) {
  struct Known {
    std::string_view name;
    Code code;
  };
  static constexpr Known known[] = {
      {"Init", Code::start},      {"Goto", Code::start},           {"Transaction", Code::skip},
      {"OpenRead", Code::open},   {"Rewind", Code::rewind},        {"Next", Code::next},
      {"SeekRowid", Code::seek},  {"NullRow", Code::leave},        {"Column", Code::column},
      {"Rowid", Code::rowid},     {"RealAffinity", Code::to_real}, {"Null", Code::null},
      {"Integer", Code::integer}, {"IfPos", Code::if_positive},    {"ResultRow", Code::result},
      {"Halt", Code::halt}};
  const auto* const found = std::ranges::find(known, listed.name, &Known::name);
  if (found == std::end(known)) return std::nullopt;
  for (const std::int64_t p : {listed.p1, listed.p2, listed.p3})
    if (p < 0 || p > INT32_MAX) return std::nullopt;
  const auto narrow = [](std::int64_t p) { return static_cast<std::uint32_t>(p); };
  const Operation operation{found->code, narrow(listed.p1), narrow(listed.p2), narrow(listed.p3)};
  switch (operation.code) {
    case Code::open:  // of the main database, and no index: that has the order of its columns in p4
      return operation.p3 == 0 && listed.p5 == 0 && is_number(listed.p4) ? std::optional(operation) : std::nullopt;
    case Code::column:
    case Code::seek:
      return listed.p5 == 0 ? std::optional(operation) : std::nullopt;
    case Code::if_positive:
      return operation.p3 == 0 ? std::optional(operation) : std::nullopt;
    case Code::halt:  // without an error
      return operation.p1 == 0 ? std::optional(operation) : std::nullopt;
    default:
      return operation;
  }
}

std::optional<ScanProgram> ScanProgram::of(sqlite3* db, DatabaseImage& image, std::string_view sql) {
  if (!is_plain(image)) return std::nullopt;
  const Result<Statement> listing = prepare(db, "EXPLAIN " + std::string(sql));
  if (!listing) return std::nullopt;
  ScanProgram program(image);
  sqlite3_stmt* const line = listing->get();
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(line)) == SQLITE_ROW) {
    const auto operation = read({.name = column_text(line, 1),
                                 .p4 = column_text(line, 5),
                                 .p1 = sqlite3_column_int64(line, 2),
                                 .p2 = sqlite3_column_int64(line, 3),
                                 .p3 = sqlite3_column_int64(line, 4),
                                 .p5 = sqlite3_column_int64(line, 6)});
    if (!operation) return std::nullopt;
    program.operations_.push_back(*operation);
  }
  if (code != SQLITE_DONE || !program.check()) return std::nullopt;
  return program;
}

// Every jump leads to an operation, every register and cursor exists, and the last operation does not fall off the end.
bool ScanProgram::check() {
  const auto target = [&](std::uint32_t at) { return at < operations_.size(); };
  const auto registers = [&](std::uint64_t from, std::uint64_t count) {
    const std::uint64_t end = from + std::max<std::uint64_t>(count, 1);
    if (end > most_registers) return false;
    if (registers_.size() < end) registers_.resize(static_cast<std::size_t>(end));
    return true;
  };
  for (const Operation& o : operations_) {
    bool good = true;
    switch (o.code) {
      case Code::start:
        good = target(o.p2);
        break;
      case Code::open:
        good = o.p1 < most_cursors;
        if (good && roots_.size() <= o.p1) roots_.resize(o.p1 + 1);
        if (good && std::exchange(roots_[o.p1], o.p2) != 0) good = false;
        break;
      case Code::rewind:
      case Code::next:
        good = target(o.p2);
        break;
      case Code::seek:
        good = target(o.p2) && registers(o.p3, 1);
        break;
      case Code::column:
        good = registers(o.p3, 1);
        break;
      case Code::rowid:
      case Code::integer:
        good = registers(o.p2, 1);
        break;
      case Code::to_real:
        good = registers(o.p1, 1);
        break;
      case Code::null:
        good = registers(o.p2, 1) && registers(o.p3, 1);
        break;
      case Code::if_positive:
        good = target(o.p2) && registers(o.p1, 1);
        break;
      case Code::result:
        good = registers(o.p1, o.p2);
        break;
      case Code::leave:
      case Code::skip:
      case Code::halt:
        break;
    }
    if (!good) return false;
  }
  return !operations_.empty() && operations_.back().code == Code::start && check_cursors();
}

// Each cursor is opened, and either walks or is sent to row numbers.
bool ScanProgram::check_cursors() {
  std::vector<int> walks(roots_.size()), seeks(roots_.size());
  for (const Operation& o : operations_) {
    const bool moves = o.code == Code::rewind || o.code == Code::next, sent = o.code == Code::seek;
    if (!moves && !sent && o.code != Code::column && o.code != Code::rowid && o.code != Code::leave) continue;
    if (o.p1 >= roots_.size() || roots_[o.p1] == 0) return false;
    walks[o.p1] += moves;
    seeks[o.p1] += sent;
    if (walks[o.p1] != 0 && seeks[o.p1] != 0) return false;
  }
  return true;
}

bool ScanProgram::column(const Operation& o, const DefaultOf& default_of) {
  Value& to = registers_[o.p3];
  TableCursor& from = cursor(o);
  if (!from.on_row()) return to = Value(), true;
  const TableRow::Field field = from.row().field(o.p2, to);
  if (field != TableRow::Field::absent) return field == TableRow::Field::stored;
  std::optional<Value>& known = defaults_[static_cast<std::size_t>(&o - operations_.data())];
  if (!known) known = default_of(roots_[o.p1], o.p2, from.rowid());
  if (known) to = *known;
  return known.has_value();
}

// A key that is no integer has to be made one as SQLite does. False for what only SQLite can judge.
bool ScanProgram::seek(const Operation& o, std::size_t& at) {
  const Value& key = registers_[o.p3];
  auto step = TableCursor::Step::none;
  if (key.type() == Value::Type::integer)
    step = cursor(o).seek(key.integer());
  else if (!key.is_null())
    step = TableCursor::Step::unusual;
  if (step == TableCursor::Step::none) at = o.p2;
  return step != TableCursor::Step::unusual;
}

ScanProgram::End ScanProgram::run(const Visit& visit, const DefaultOf& default_of) {
  using Step = TableCursor::Step;
  cursors_.clear();
  for (const std::uint32_t root : roots_) {
    cursors_.emplace_back();
    if (root != 0) cursors_.back().emplace(*image_, root);
  }
  defaults_.assign(operations_.size(), std::nullopt);
  std::ranges::fill(registers_, Value());
  for (std::size_t at = 0;;) {
    const Operation& o = operations_[at++];
    switch (o.code) {
      case Code::start:
        at = o.p2;
        break;
      case Code::open:
      case Code::skip:
        break;
      case Code::rewind:
      case Code::next: {
        // Rewind leaves the loop where there is no row, Next goes on with it where there is one.
        const bool is_next = o.code == Code::next;
        const Step step = is_next ? cursor(o).next() : cursor(o).first();
        if (step == Step::unusual) return End::unusual;
        if ((step == Step::row) == is_next) at = o.p2;
        break;
      }
      case Code::seek:
        if (!seek(o, at)) return End::unusual;
        break;
      case Code::leave:
        cursor(o).leave();
        break;
      case Code::column:
        if (!column(o, default_of)) return End::unusual;
        break;
      case Code::rowid:
        registers_[o.p2] = cursor(o).on_row() ? Value::of_integer(cursor(o).rowid()) : Value();
        break;
      case Code::to_real:
        if (const Value& v = registers_[o.p1]; v.type() == Value::Type::integer)
          registers_[o.p1] = Value::of_real(static_cast<double>(v.integer()));
        break;
      case Code::null:
        for (std::uint32_t r = o.p2; r <= std::max(o.p2, o.p3); ++r) registers_[r] = Value();
        break;
      case Code::integer:
        registers_[o.p2] = Value::of_integer(o.p1);
        break;
      case Code::if_positive:
        if (registers_[o.p1].integer() > 0) at = o.p2;
        break;
      case Code::result:
        ++visited_;
        if (!visit(registers_.data() + o.p1)) return End::stopped;
        break;
      case Code::halt:
        return End::done;
    }
  }
}

}  // namespace testudo
