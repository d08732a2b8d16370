// Runner: see runner.h. Floor 4.
#include "parser/runner.h"

#include <algorithm>
#include <array>
#include <new>
#include <tuple>

#include "parser/passes.h"

namespace testudo {
namespace {

// Whether the file is an SQLite database or was one before its first page was damaged: a schema in clear text near its
// start. Encrypted and random files hold none, so that no time is spent on recovering them.
bool was_database(const Blob& blob) {
  constexpr std::uint64_t searched = 256U << 10;
  std::vector<std::uint8_t> head(static_cast<std::size_t>(std::min(blob.size(), searched)));
  if (!blob.read(0, head)) return false;
  const std::string_view text = as_text(head);
  return text.starts_with("SQLite format 3") || text.find("CREATE TABLE") != std::string_view::npos;
}

Result<void> guarded(const Parser& parser, Input& in, Sink& out) {
  try {
    return parser.parse(in, out);
  } catch (const std::bad_alloc&) {
    return error(Fault::limit, "out of memory");
  } catch (const std::exception& e) {
    return error(Fault::internal, e.what());
  }
}

// The readings of one primary file.
class FileRun {
 public:
  FileRun(const Parser& parser, const InputFile& file, std::span<const InputFile> aids, Sink& out, Passed& passed)
      : parser_(parser), file_(file), aids_(aids), out_(out), passed_(passed) {}

  Result<void> run() {
    if (file_.blob->size() == 0 && (file_.log == nullptr || file_.log->size() == 0)) {
      anomalies_.add("file_empty", Locator::nowhere);
      return error(Fault::truncated, "the file is empty");
    }
    Result<void> outcome = file_.log != nullptr ? both_states() : read(PassMode::emit, DatabaseView::merged, nullptr);
    // In a damaged schema a table that is not there may be lost, whatever the parser made of its absence.
    const bool lost = anomalies_.has("database_corrupt");
    if (lost && !outcome && outcome.error().fault == Fault::not_found)
      outcome = error(Fault::malformed, "a table may be lost");
    // A log that was cut off inside a transaction holds rows that no sound state shows.
    if (outcome && (lost || anomalies_.has("wal_torn") || anomalies_.has("wal_bad_checksum"))) recover();
    if (outcome) return outcome;
    const Fault fault = outcome.error().fault;
    if ((fault == Fault::malformed || fault == Fault::truncated) && was_database(*file_.blob)) recover();
    note(outcome.error());
    return outcome;
  }

  const AnomalyList& anomalies() const { return anomalies_; }

 private:
  Result<void> read(PassMode mode, DatabaseView view, Tally* tally, bool recovering = false) {
    PassSink pass(out_, mode, tally, passed_);
    const Report report = [&pass](std::string_view name, std::uint64_t where) { pass.anomaly(name, where); };
    Input in(file_, aids_, view, recovering, report);
    auto outcome = guarded(parser_, in, pass);
    // The first reading that emits counts its anomalies; the others only add what it could not know.
    const bool first = !counted_ && mode != PassMode::count;
    counted_ = counted_ || first;
    if (first) {
      AnomalyList own = pass.anomalies();
      own.merge(anomalies_, true);
      anomalies_ = std::move(own);
    } else {
      // What the log only makes was no loss before it.
      AnomalyList more = pass.anomalies();
      if (view == DatabaseView::main_only) more.drop({"table_missing", "column_missing"});
      anomalies_.merge(more, true);
    }
    return outcome;
  }

  Result<void> both_states() {
    Tally main;
    static_cast<void>(read(PassMode::count, DatabaseView::main_only, &main));
    main.seal();
    if (main.overflowed()) {
      anomalies_.add("too_many_rows_to_compare", Locator::nowhere);
      return read(PassMode::emit, DatabaseView::merged, nullptr);
    }
    auto outcome = read(PassMode::mark_new, DatabaseView::merged, &main);
    if (main.any_left()) static_cast<void>(read(PassMode::only_left, DatabaseView::main_only, &main));
    return outcome;
  }

  // What was emitted is read again to be counted: only damaged files pay for it.
  void recover() {
    Tally merged, main;
    static_cast<void>(read(PassMode::count, DatabaseView::merged, &merged));
    if (file_.log != nullptr) static_cast<void>(read(PassMode::count, DatabaseView::main_only, &main));
    Tally emitted = Tally::larger_of(merged, main);
    if (emitted.overflowed()) return anomalies_.add("too_many_rows_to_compare", Locator::nowhere);
    Tally known = emitted;
    emitted.seal();
    if (!read(PassMode::not_in_tally, DatabaseView::merged, &emitted, true))
      anomalies_.add("recovery_incomplete", Locator::nowhere);
    if (file_.log != nullptr) recover_below_log(std::move(known));
  }

  // Pages that the log replaces may hold rows that it deleted or changed, and a reading that stopped did not reach
  // them.
  void recover_below_log(Tally known) {
    Tally recovered;
    static_cast<void>(read(PassMode::count, DatabaseView::merged, &recovered, true));
    known = Tally::larger_of(known, recovered);
    if (known.overflowed()) return anomalies_.add("too_many_rows_to_compare", Locator::nowhere);
    known.seal();
    static_cast<void>(read(PassMode::not_in_tally, DatabaseView::main_only, &known, true));
  }

  void note(const Error& e) {
    const std::uint64_t where = e.offset == Error::no_offset ? Locator::nowhere : e.offset;
    if (e.fault == Fault::not_found)
      anomalies_.add("table_missing", where);
    else
      anomalies_.add("stopped_" + std::string(fault_name(e.fault)), where);
  }

  const Parser& parser_;
  const InputFile& file_;
  std::span<const InputFile> aids_;
  Sink& out_;
  Passed& passed_;
  AnomalyList anomalies_;
  bool counted_ = false;
};

SourceStatus status_of(const Result<void>& outcome, const AnomalyList& anomalies) {
  if (!outcome) return outcome.error().fault == Fault::not_found ? SourceStatus::unsupported : SourceStatus::partial;
  const bool whole = std::ranges::all_of(anomalies.all(), [](const Anomaly& a) { return is_informational(a.name); });
  return whole ? SourceStatus::parsed : SourceStatus::partial;
}

// Several files are one source: it is whole if all are, unsupported if none could be read.
SourceStatus join(SourceStatus a, SourceStatus b) {
  if (a == SourceStatus::absent || a == b) return b;
  return SourceStatus::partial;
}

}  // namespace

RunResult run_parser(const Parser& parser, std::span<const InputFile> files, Sink& out) {
  std::vector<InputFile> primaries, aids;
  for (const InputFile& file : files) (file.role == FileRole::primary ? primaries : aids).push_back(file);
  const auto by_path = [](const InputFile& f) { return std::tie(f.domain, f.path); };
  std::ranges::stable_sort(primaries, {}, by_path);
  std::ranges::stable_sort(aids, {}, by_path);

  RunResult result;
  AnomalyList anomalies;
  Passed passed;
  for (const InputFile& file : primaries) {
    const std::uint64_t before = passed.records;
    FileRun run(parser, file, aids, out, passed);
    auto outcome = run.run();
    SourceStatus status = status_of(outcome, run.anomalies());
    if (status == SourceStatus::unsupported && passed.records > before) status = SourceStatus::partial;
    result.status = join(result.status, status);
    anomalies.merge(run.anomalies(), false);
    if (result.outcome && !outcome) result.outcome = std::move(outcome);
  }
  result.records = passed.records;
  result.first_time = passed.first;
  result.last_time = passed.last;
  result.anomalies = anomalies.take();
  return result;
}

std::optional<FileRole> wanted_role(const Parser& parser, std::string_view domain, std::string_view path) {
  for (const Want& want : parser.wants)
    if (matches_pattern(want.domain, domain) && matches_pattern(want.path, path)) return want.role;
  return std::nullopt;
}

bool is_informational(std::string_view anomaly) {
  // The phone deleted the other party's row itself: nothing more could be read.
  constexpr std::array<std::string_view, 1> names{"handle_missing"};
  return std::ranges::find(names, anomaly) != names.end();
}

}  // namespace testudo
