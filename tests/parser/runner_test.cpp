// The runner: what becomes of a source, whatever its parser does.
#include "parser/runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "case_runner.h"
#include "parser/passes.h"

namespace testudo {
namespace {

struct Number {
  std::int64_t number;
  std::optional<Time> at;
};

}  // namespace

template <>
struct Schema<Number> {
  static constexpr std::string_view name = "test.number";
  static constexpr std::string_view prose = "A row of the table n.";
  static constexpr std::string_view line = "{number}";
  static constexpr std::tuple fields{Field<&Number::number>{"number", Kind::integer, "number"},
                                     Field<&Number::at>{"at", Kind::time, "time", Show::event}};
};

namespace {

class Kept : public Sink {
 public:
  std::vector<std::string> seen;
  int anomalies = 0;
  void anomaly(std::string_view, std::uint64_t) override { ++anomalies; }

 protected:
  bool consider(const Row&) override { return true; }
  void keep(const Row& row) override {
    std::string text = std::to_string(row.get("number").integer());
    if (row.where.state != RowState::current) text.append(" ").append(row_state_name(row.where.state));
    seen.push_back(text);
  }
};

Result<void> read_numbers(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  return db.each("SELECT {n.v} FROM n", [&](const QueryRow& row) {
    const std::int64_t v = row.integer(0).value_or(0);
    if (v == 7) out.anomaly("seven", 7);
    out.emit(Number{v, Time{v}}, in.row(v));
    return true;
  });
}

constexpr Want wants[]{{"D", "*.db"}, {"D", "aid", FileRole::aid}};
const RecordType* const records[]{&record_type<Number>()};

Parser parser_of(Result<void> (*parse)(Input&, Sink&)) {
  return {.name = "test.numbers", .page = "", .wants = wants, .records = records, .parse = parse};
}

struct Files {
  std::vector<std::vector<std::uint8_t>> bytes;
  std::vector<std::unique_ptr<Blob>> blobs;
  std::vector<InputFile> inputs;

  void add(std::string path, std::vector<std::uint8_t> octets) {
    bytes.push_back(std::move(octets));
    blobs.push_back(memory_blob(bytes.back()));
    InputFile file;
    file.domain = "D";
    file.path = std::move(path);
    file.blob = blobs.back().get();
    file.index = static_cast<std::uint32_t>(inputs.size());
    inputs.push_back(std::move(file));
  }
  void add_sql(std::string path, const std::string& sql) { add(std::move(path), database_from_sql(sql, {})); }
};

TEST(Runner, ReadsPrimariesInOrderOfPath) {
  Files files;
  files.add_sql("b.db", "CREATE TABLE n(v); INSERT INTO n VALUES (3), (4)");
  files.add_sql("a.db", "CREATE TABLE n(v); INSERT INTO n VALUES (1), (2)");
  Kept kept;
  const RunResult result = run_parser(parser_of(read_numbers), files.inputs, kept);
  EXPECT_EQ((std::vector<std::string>{"1", "2", "3", "4"}), kept.seen);
  EXPECT_EQ(4U, result.records);
  EXPECT_EQ(SourceStatus::parsed, result.status);
  EXPECT_TRUE(result.outcome.ok());
  EXPECT_EQ(1, result.first_time->micros);
  EXPECT_EQ(4, result.last_time->micros);
}

TEST(Runner, CountsAnomaliesInTheResultAlone) {
  Files files;
  files.add_sql("a.db", "CREATE TABLE n(v); INSERT INTO n VALUES (7), (7)");
  Kept kept;
  const RunResult result = run_parser(parser_of(read_numbers), files.inputs, kept);
  ASSERT_EQ(1U, result.anomalies.size());
  EXPECT_EQ("seven", result.anomalies[0].name);
  EXPECT_EQ(2U, result.anomalies[0].count);
  EXPECT_EQ(7U, result.anomalies[0].offset);
  EXPECT_EQ(SourceStatus::partial, result.status);
  EXPECT_EQ(0, kept.anomalies);
}

TEST(Runner, TellsAbsentUnsupportedAndPartialApart) {
  Kept kept;
  Files none;
  EXPECT_EQ(SourceStatus::absent, run_parser(parser_of(read_numbers), none.inputs, kept).status);

  Files other;
  other.add_sql("a.db", "CREATE TABLE m(v)");
  const RunResult unsupported = run_parser(parser_of(read_numbers), other.inputs, kept);
  EXPECT_EQ(SourceStatus::unsupported, unsupported.status);
  EXPECT_EQ(Fault::not_found, unsupported.outcome.error().fault);
  EXPECT_EQ("table_missing", unsupported.anomalies.at(0).name);

  other.add_sql("b.db", "CREATE TABLE n(v); INSERT INTO n VALUES (1)");
  EXPECT_EQ(SourceStatus::partial, run_parser(parser_of(read_numbers), other.inputs, kept).status);

  Files empty;
  empty.add("a.db", {});
  const RunResult result = run_parser(parser_of(read_numbers), empty.inputs, kept);
  EXPECT_EQ(SourceStatus::partial, result.status);
  EXPECT_EQ("file_empty", result.anomalies.at(0).name);

  Files random;
  random.add("a.db", std::vector<std::uint8_t>(8192, 0xA5));
  EXPECT_EQ(SourceStatus::partial, run_parser(parser_of(read_numbers), random.inputs, kept).status);
}

TEST(Runner, TakesWhatIsAbsentFromADamagedSchemaForLost) {
  const std::string damage =
      "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'CREATE NONSENSE' WHERE name = 'n'";
  Kept kept;
  Files files;
  files.add_sql("a.db", "CREATE TABLE m(v); CREATE TABLE n(v);" + damage);
  const auto looks_itself = parser_of([](Input& in, Sink&) -> Result<void> {
    const Database db = TRY(in.database());
    if (!db.has_table("o")) return error(Fault::not_found, "o");
    return {};
  });
  const RunResult result = run_parser(looks_itself, files.inputs, kept);
  EXPECT_EQ(SourceStatus::partial, result.status);
  EXPECT_EQ(Fault::malformed, result.outcome.error().fault);
}

TEST(Runner, SurvivesAParserThatThrows) {
  Files files;
  files.add("a.db", {1});
  Kept kept;
  const auto throws = parser_of([](Input&, Sink&) -> Result<void> { throw std::runtime_error("x"); });
  EXPECT_EQ(Fault::internal, run_parser(throws, files.inputs, kept).outcome.error().fault);
  const auto hungry = parser_of([](Input&, Sink&) -> Result<void> { throw std::bad_alloc(); });
  EXPECT_EQ(Fault::limit, run_parser(hungry, files.inputs, kept).outcome.error().fault);
}

TEST(Runner, EmitsEqualRowsOfADamagedDatabaseOnce) {
  std::string sql = "PRAGMA page_size=512; CREATE TABLE n(v, filler);";
  for (int i = 0; i < 60; ++i) sql += "INSERT INTO n VALUES (" + std::to_string(i / 2) + ", zeroblob(40));";
  std::vector<std::uint8_t> bytes = database_from_sql(sql, {});
  ASSERT_GT(bytes.size(), 512U * 6);
  std::fill_n(bytes.begin() + 512 * 4, 16, std::uint8_t{0xFF});
  Files files;
  files.add("a.db", bytes);
  Kept kept;
  const RunResult result = run_parser(parser_of(read_numbers), files.inputs, kept);
  EXPECT_EQ(SourceStatus::partial, result.status);
  EXPECT_GT(std::ranges::count_if(kept.seen, [](const auto& s) { return s.ends_with("recovered"); }), 10);
  for (int v = 0; v < 30; ++v) {
    const std::string name = std::to_string(v);
    EXPECT_LE(std::ranges::count(kept.seen, name) + std::ranges::count(kept.seen, name + " recovered"), 2) << v;
  }
}

TEST(Runner, RecoversATransactionWhoseEndTheLogLost) {
  Case logged = load_case(std::string(TESTUDO_SOURCE_DIR) + "/tests/parser/cases/ios.safari_history/log_only");
  const auto log = std::ranges::find_if(logged.files, [](const CaseFile& f) { return !f.log.empty(); });
  ASSERT_NE(log, logged.files.end());
  const auto recovered_from = [&](std::size_t size) {
    auto files = logged.files;
    files[static_cast<std::size_t>(log - logged.files.begin())].log.resize(size);
    const CaseOutput out = run_case(*find_parser(logged.parser), files, true);
    return std::ranges::count_if(out.lines, [](const auto& l) { return l.find("\"recovered\"") != std::string::npos; });
  };
  const std::size_t frame = 24 + 4096, whole = log->log.size();
  EXPECT_EQ(recovered_from(whole), 0);
  std::ptrdiff_t most = 0;
  for (std::size_t size = whole; size > frame; size -= frame) most = std::max(most, recovered_from(size - 1));
  EXPECT_GT(most, 0);
}

TEST(Runner, GivesEachFileItsFirstRole) {
  const Parser parser = parser_of(read_numbers);
  EXPECT_EQ(FileRole::primary, wanted_role(parser, "D", "x.db"));
  EXPECT_EQ(FileRole::aid, wanted_role(parser, "D", "aid"));
  EXPECT_EQ(std::nullopt, wanted_role(parser, "D", "folder/x.db"));
  EXPECT_EQ(std::nullopt, wanted_role(parser, "E", "x.db"));
}

TEST(Tally, IsAMultiset) {
  Tally tally;
  for (const std::uint64_t hash : {5U, 3U, 5U}) tally.add(hash);
  tally.seal();
  EXPECT_TRUE(tally.take(5));
  EXPECT_TRUE(tally.take(5));
  EXPECT_FALSE(tally.take(5));
  EXPECT_FALSE(tally.take(4));
  EXPECT_TRUE(tally.any_left());
  EXPECT_TRUE(tally.take(3));
  EXPECT_FALSE(tally.any_left());
}

TEST(Tally, KeepsTheLargerCountOfTwo) {
  Tally a, b;
  a.add(1), a.add(1), a.add(2);
  b.add(1), b.add(3);
  Tally both = Tally::larger_of(a, b);
  both.seal();
  EXPECT_TRUE(both.take(1));
  EXPECT_TRUE(both.take(1));
  EXPECT_FALSE(both.take(1));
  EXPECT_TRUE(both.take(2));
  EXPECT_TRUE(both.take(3));
}

TEST(AnomalyList, IsBounded) {
  AnomalyList list;
  for (int i = 0; i < 1000; ++i) list.add("name_" + std::to_string(i), 0);
  EXPECT_EQ(AnomalyList::most_names + 1, list.all().size());
  EXPECT_EQ("more_anomalies", list.all().back().name);
  EXPECT_EQ(1000 - AnomalyList::most_names, list.all().back().count);
}

}  // namespace
}  // namespace testudo
