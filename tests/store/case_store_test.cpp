// A case: what is kept, what a new check carries over, and that no state is ever half there.
#include "store/case_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "store/sqlite.h"

namespace testudo {

struct Sighting {
  std::optional<Time> at;
  std::string_view what;
};
template <>
struct Schema<Sighting> {
  static constexpr std::string_view name = "test.sighting";
  static constexpr std::string_view prose = "Something that was seen.";
  static constexpr std::string_view line = "{what}";
  static constexpr std::tuple fields{Field<&Sighting::at>{"at", Kind::time, "when", Show::event},
                                     Field<&Sighting::what>{"what", Kind::text, "what"}};
};

namespace {

namespace fs = std::filesystem;

class Case : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/testudo-case-XXXXXX";
    root_ = ::mkdtemp(name);
    folder_ = root_ + "/case";
  }
  void TearDown() override { fs::remove_all(root_); }

  static Finding finding(const std::string& id, const std::string& value) {
    Finding f;
    f.id = id;
    f.value = value;
    f.severity = Severity::high;
    f.title = "a title";
    f.rule = "indicator.host";
    return f;
  }

  Result<CaseWriter> begin(const std::vector<const RecordType*>& types = {&record_type<Sighting>()}) {
    return CaseWriter::begin(TRY(CaseLock::make(folder_)), types);
  }

  void check(const std::vector<std::string>& ids, const std::string& summary = "{}", const CaseFacts& facts = {}) {
    auto writer = begin();
    ASSERT_TRUE(writer.ok()) << writer.error().what;
    const Sighting sighting{Time{5}, "a thing"};
    const auto values = views(sighting);
    ASSERT_TRUE(writer->insert(Row{&record_type<Sighting>(), values, Locator::row(1)}, "a.db").ok());
    for (const std::string& id : ids)
      ASSERT_TRUE(writer->add_finding(finding(id, "v"), "{\"id\":\"" + id + "\"}").ok());
    ASSERT_TRUE(writer->finish({summary, "[]", Time{0}}, facts).ok());
    ASSERT_TRUE(writer->put_in_place().ok());
  }

  std::string root_, folder_;
};

TEST_F(Case, KeepsWhatACheckGave) {
  check({"b", "a"}, "{\"x\":1}");
  auto store = CaseStore::open(folder_);
  ASSERT_TRUE(store.ok());
  const auto findings = store->findings();
  ASSERT_TRUE(findings.ok());
  ASSERT_EQ(findings->size(), 2U);
  EXPECT_EQ((*findings)[0].id, "b") << "in the order of the check";
  EXPECT_EQ((*findings)[0].json, "{\"id\":\"b\"}");
  EXPECT_EQ((*findings)[0].disposition.state, "open");
  EXPECT_EQ(store->documents()->summary, "{\"x\":1}");
  EXPECT_EQ(store->documents()->as_of, Time{0});
  EXPECT_TRUE(store->connection().has_table("test_sighting"));
  struct stat facts{};
  ASSERT_EQ(::stat(folder_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700U);
  ASSERT_EQ(::stat((folder_ + "/store.db").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

TEST_F(Case, FactsAndDispositionsOutliveTheNextCheck) {
  check({"a", "b"});
  {
    auto store = CaseStore::open(folder_);
    ASSERT_TRUE(store->set_facts({"Heron", "2024-04-14", "a note"}).ok());
    ASSERT_TRUE(store->set_disposition({"a", "benign", "our own test"}).ok());
    EXPECT_FALSE(store->set_disposition({"a", "maybe", ""}).ok());
  }
  check({"b"});
  check({"b", "a"}, "{}", {.pseudonym = "Stork", .consent = "", .notes = ""});
  auto store = CaseStore::open(folder_, Connection::Mode::read_only);
  EXPECT_EQ(store->facts()->pseudonym, "Stork") << "set by the last check";
  EXPECT_EQ(store->facts()->consent, "2024-04-14");
  EXPECT_EQ(store->facts()->notes, "a note");
  const auto findings = store->findings();
  EXPECT_EQ((*findings)[1].disposition.state, "benign") << "although a check between did not find it";
  EXPECT_EQ((*findings)[1].disposition.reason, "our own test");
  const auto states = CaseStore::states(folder_);
  ASSERT_EQ(states.size(), 3U);
  EXPECT_EQ(CaseStore::open_state(states[0])->findings()->size(), 2U);
  EXPECT_EQ(CaseStore::open_state(states[1])->findings()->size(), 1U);
  EXPECT_EQ(states[2], folder_ + "/store.db");
}

TEST_F(Case, AnInterruptedCheckLeavesTheStateBefore) {
  check({"a"});
  {
    auto writer = begin();
    ASSERT_TRUE(writer->add_finding(finding("b", "v"), "{}").ok());
  }
  EXPECT_EQ((*CaseStore::open(folder_)->findings())[0].id, "a");
  check({"c"});
  EXPECT_EQ((*CaseStore::open(folder_)->findings())[0].id, "c");
}

TEST_F(Case, WhatIsNotFinishedLeavesNothing) {
  check({"f1"});
  {
    auto writer = begin();
    ASSERT_TRUE(writer.ok());
    EXPECT_TRUE(fs::exists(folder_ + "/store.db.new"));
  }
  EXPECT_FALSE(fs::exists(folder_ + "/store.db.new"));
  EXPECT_TRUE(fs::exists(folder_ + "/store.db"));
}

// Whoever comes second is told at once, and what is there stays what it is; reading goes on.
TEST_F(Case, OneAtATimeChangesIt) {
  check({"f1"});
  {
    auto first = begin();
    ASSERT_TRUE(first.ok());
    ASSERT_TRUE(first->add_finding(finding("mine", "v"), "{}").ok());
    EXPECT_EQ(CaseLock::take(folder_).error().what, "case_busy");
    const auto second = begin();
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().what, "case_busy");
    EXPECT_TRUE(fs::exists(folder_ + "/store.db.new")) << "that of the first";
    EXPECT_EQ((*CaseStore::open(folder_, Connection::Mode::read_only)->findings())[0].id, "f1");
    ASSERT_TRUE(first->finish({"{}", "[]", Time{0}}).ok());
    EXPECT_EQ((*CaseStore::open(folder_, Connection::Mode::read_only)->findings())[0].id, "f1") << "not yet in place";
    ASSERT_TRUE(first->put_in_place().ok());
  }
  EXPECT_EQ((*CaseStore::open(folder_)->findings())[0].id, "mine");
  EXPECT_TRUE(CaseLock::take(folder_).ok());
}

TEST_F(Case, AFirstCheckThatIsNotFinishedLeavesNoFolder) {
  EXPECT_TRUE(begin().ok());
  EXPECT_FALSE(fs::exists(folder_));
  fs::create_directory(folder_);
  EXPECT_TRUE(begin().ok());
  EXPECT_TRUE(fs::exists(folder_)) << "somebody else made it";
}

TEST_F(Case, WhatReadsForLongIsNotCutOff) {
  check({"a"});
  auto reader = CaseStore::open(folder_, Connection::Mode::read_only);
  Statement all = std::move(reader->connection().prepare("SELECT * FROM finding")).value();
  ASSERT_TRUE(*all.step());
  auto writer = CaseStore::open(folder_);
  sqlite3_busy_timeout(writer->connection().handle(), 1);
  const auto set = writer->set_facts({"Heron", "", ""});
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.error().what, "store_busy");
}

TEST_F(Case, AFolderOfSomethingElseIsLeftAlone) {
  fs::create_directory(folder_);
  std::ofstream(folder_ + "/letter.txt") << "dear reader";
  const auto writer = begin({});
  ASSERT_FALSE(writer.ok());
  EXPECT_EQ(writer.error().what, "case_foreign_folder");
  EXPECT_FALSE(CaseStore::open(folder_).ok());
  EXPECT_FALSE(CaseStore::open(root_ + "/nothing", Connection::Mode::read_only).ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(Case, ReplacingFindingsKeepsDispositions) {
  check({"a", "b"});
  auto store = CaseStore::open(folder_);
  ASSERT_TRUE(store->set_disposition({"b", "confirmed", "seen by two people"}).ok());
  ASSERT_TRUE(store->replace_findings({finding("b", "v"), finding("n", "v")}, {"{}", "{}"}).ok());
  const auto findings = store->findings();
  ASSERT_EQ(findings->size(), 2U);
  EXPECT_EQ((*findings)[0].disposition.state, "confirmed");
  EXPECT_EQ((*findings)[1].id, "n");
}

}  // namespace
TEST(Sqlite, AFullDiskHasItsOwnName) {
  Connection db = std::move(Connection::in_memory()).value();
  ASSERT_TRUE(db.execute("PRAGMA max_page_count=3; CREATE TABLE t (x)").ok());
  const auto full = db.execute("INSERT INTO t VALUES (zeroblob(100000))");
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().what, "disk_full");
}

}  // namespace testudo
