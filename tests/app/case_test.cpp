// The case verb on generated phones: what a rematch finds, what outlives it, what a comparison says.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/case_program.h"

namespace testudo::test {
namespace {

// Runs SQL on a stored file of a backup that is not encrypted.
void change_database(const std::string& backup, const std::string& stored, const std::string& sql) {
  for (const std::string& file : files_below(backup)) {
    if (!file.ends_with(stored)) continue;
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((backup + "/" + file).c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
    return;
  }
  ADD_FAILURE() << stored;
}

class EveryGeneration : public testing::TestWithParam<const char*> {};

// The rules of a check run over the records that pass their filter, those of a rematch over all: they must agree. So
// must records that came from a worker and records that came from a table.
TEST_P(EveryGeneration, RematchWithTheSameIndicatorsFindsTheSame) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "11", "--ios", GetParam(), "--wal"});
  EXPECT_EQ(check_into(folder, phone, {"--intel", phone.indicators}), 1);
  const auto before = findings_of(folder);
  EXPECT_GT(before.size(), 20U);
  const Ran ran = run("testudo", {"case", "rematch", folder / "case", "--intel", phone.indicators});
  EXPECT_TRUE(ran.status == 0 || ran.status == 3) << ran.out << ran.err;
  EXPECT_EQ(findings_of(folder), before);
}

INSTANTIATE_TEST_SUITE_P(Generations, EveryGeneration, testing::Values("12", "15", "17", "26"));

TEST(Case, RematchFindsWhatOnlyNewIndicatorsKnow) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "12"});
  check_into(folder, phone);
  const auto by_rules = findings_of(folder);
  const std::string kept = first_id(folder);
  ASSERT_EQ(run("testudo",
                {"case", "dispose", folder / "case", kept, "--state", "confirmed", "--reason", "seen by two people"})
                .status,
            0);
  std::filesystem::rename(phone.backup, phone.backup + ".gone");  // without the evidence
  // What cannot be done changes nothing.
  const std::string full = std::filesystem::path(phone.indicators).parent_path(), empty = folder / "empty";
  std::filesystem::create_directory(empty);
  for (const auto& [intel, out] : {std::pair{phone.indicators, full}, std::pair{empty, folder / "none"}}) {
    EXPECT_EQ(run("testudo", {"case", "rematch", folder / "case", "--intel", intel, "--out", out}).status, 2);
    EXPECT_EQ(findings_of(folder), by_rules) << intel;
  }
  const Ran ran =
      run("testudo", {"case", "rematch", folder / "case", "--intel", phone.indicators, "--out", folder / "out"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  const auto now = findings_of(folder);
  EXPECT_GT(now.size(), by_rules.size());
  EXPECT_NE(ran.out.find(std::to_string(now.size() - by_rules.size()) + " findings are new"), std::string::npos)
      << ran.out;
  const std::string shown = run("testudo", {"case", "show", folder / "case"}).out;
  EXPECT_NE(shown.find("confirmed: seen by two people"), std::string::npos);

  // The same as a check with them.
  const Folder other;
  std::filesystem::rename(phone.backup + ".gone", phone.backup);
  ASSERT_EQ(
      run("testudo", {"check", phone.backup, "--intel", phone.indicators, "--out", other / "out", "--quiet"}).status,
      1);
  for (const char* file : {"findings.ndjson", "summary.json", "coverage.json", "report.html"})
    EXPECT_EQ(read_file(folder / ("out/" + std::string(file))), read_file(other / ("out/" + std::string(file))))
        << file;
}

// A part of the records neither takes findings away nor makes new ones: a rule over it would miss rows that are there.
TEST(Case, RematchOfAPartKeepsWhatWasFound) {
  for (const char* records : {"findings", "none"}) {
    const Folder folder;
    const Phone phone = make_phone(folder, {"--seed", "13"});
    check_into(folder, phone, {"--records", records, "--intel", phone.indicators});
    const auto before = findings_of(folder);
    EXPECT_GT(before.size(), 20U);
    const Ran ran = run("testudo", {"case", "rematch", folder / "case", "--intel", phone.indicators});
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_NE(ran.out.find("traces may be missed"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("all rules"), std::string::npos) << ran.out;
    EXPECT_EQ(findings_of(folder), before) << records;
  }
}

// What moves on by itself between two backups makes no new finding.
TEST(Case, AFindingIsTheSameInTheNextBackup) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "19"});
  check_into(folder, phone, {"--intel", phone.indicators});
  const auto ids = [&] {
    return lines_of(run("testudo", {"case", "query", folder / "case",
                                    "SELECT id FROM finding WHERE json_extract(json, '$.record') IN "
                                    "('ios.sms_message', 'ios.safari_visit', 'ios.data_usage') ORDER BY id"})
                        .out);
  };
  const auto before = ids();
  EXPECT_GT(before.size(), 5U);
  for (const auto& [name, sql] :
       {std::pair("sms.db", "UPDATE message SET is_read = 1 - is_read, date_read = date_read + 60000000000"),
        std::pair("History.db", "UPDATE history_items SET visit_count = visit_count + 3"),
        std::pair("DataUsage.sqlite",
                  "UPDATE ZLIVEUSAGE SET ZWWANIN = ZWWANIN + 100; UPDATE ZPROCESS SET ZTIMESTAMP = ZTIMESTAMP + 90")}) {
    const auto files = lines_of(run("testudo", {"case", "query", folder / "case",
                                                "SELECT json_extract(f.value, '$.stored') FROM document AS d, "
                                                "json_each(d.json) AS s, json_each(s.value, '$.files') AS f WHERE "
                                                "d.name = 'coverage' AND json_extract(f.value, '$.path') LIKE '%/" +
                                                    std::string(name) + "'"})
                                    .out);
    ASSERT_GT(files.size(), 1U) << name;
    change_database(phone.backup, files[1], sql);
  }
  check_into(folder, phone, {"--intel", phone.indicators});
  EXPECT_EQ(ids(), before);
}

TEST(Case, AnotherPhoneIsNotLetIn) {
  const Folder folder, other;
  const Phone one = make_phone(folder, {"--seed", "20", "--ios", "15", "--clean"});
  const Phone two = make_phone(other, {"--seed", "20", "--ios", "17", "--clean"});
  check_into(folder, one);
  const std::string before = read_file(folder / "case/store.db");
  const Ran ran = run("testudo", {"check", two.backup, "--case", folder / "case", "--out", folder / "out"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("another phone"), std::string::npos) << ran.err;
  EXPECT_TRUE(read_file(folder / "case/store.db") == before);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  // Nor is what was decided lost behind a store that cannot be read.
  std::ofstream(folder / "case/store.db", std::ios::trunc) << "damaged";
  for (const auto& arguments :
       {std::vector<std::string>{"check", one.backup, "--case", folder / "case"}, {"case", "show", folder / "case"}}) {
    const Ran damaged = run("testudo", arguments);
    EXPECT_EQ(damaged.status, 2);
    EXPECT_NE(damaged.err.find("cannot be read as a case"), std::string::npos) << damaged.err;
  }
  EXPECT_NE(
      run("testudo", {"check", one.backup, "--case", folder / "x", "--out", folder / "./x"}).err.find("one folder"),
      std::string::npos);
}

TEST(Case, WhatIsPrintedForSharingNamesNobody) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "18"});
  check_into(folder, phone);
  const std::vector<std::string> rematch{"case", "rematch", folder / "case", "--intel", phone.indicators};
  auto shared = rematch;
  shared.insert(shared.end(), {"--json", "--redact"});
  const std::string out = run("testudo", shared).out;
  EXPECT_GT(out.size(), 1000U);
  const auto rows = lines_of(run("testudo", {"case", "query", folder / "case",
                                             "SELECT json_extract(json, '$.fields.text') FROM finding WHERE "
                                             "json_extract(json, '$.record') = 'ios.sms_message' "
                                             "AND json_extract(json, '$.fields.text') LIKE '% %' UNION ALL SELECT "
                                             "json_extract(json, '$.device.unique_id') FROM document WHERE name = "
                                             "'summary'"})
                                 .out);
  EXPECT_GT(rows.size(), 4U);
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_EQ(out.find(rows[i]), std::string::npos) << rows[i];
}

TEST(Case, CompareTellsNewFromGone) {
  const Folder folder, other;
  const Phone clean = make_phone(folder, {"--seed", "14", "--clean"});
  const Phone infected = make_phone(other, {"--seed", "14"});
  check_into(folder, clean, {"--intel", clean.indicators});
  EXPECT_EQ(run("testudo", {"case", "compare", folder / "case"}).status, 2) << "there is nothing to compare with";
  check_into(folder, clean, {"--intel", clean.indicators});
  EXPECT_EQ(run("testudo", {"case", "compare", folder / "case"}).status, 0);
  check_into(folder, infected, {"--intel", infected.indicators});
  const Ran worse = run("testudo", {"case", "compare", folder / "case"});
  EXPECT_EQ(worse.status, 1) << worse.err;
  EXPECT_EQ(worse.out.find("two different devices"), std::string::npos);
  check_into(folder, clean, {"--intel", clean.indicators});
  const Ran better = run("testudo", {"case", "compare", folder / "case"});
  EXPECT_EQ(better.status, 0);
  EXPECT_NE(better.out.find("findings are gone"), std::string::npos);
  EXPECT_EQ(run("testudo", {"case", "compare", folder / "case", "--to", "3"}).out, better.out);
  EXPECT_EQ(run("testudo", {"case", "compare", folder / "case", "--to", "9"}).status, 2);
  constexpr std::string_view other_feeds = "compared with different indicators";
  EXPECT_EQ(better.out.find(other_feeds), std::string::npos);
  std::ofstream(folder / "list.txt") << "nobody.test\n";
  check_into(folder, clean, {"--intel", folder / "list.txt"});
  EXPECT_NE(run("testudo", {"case", "compare", folder / "case"}).out.find(other_feeds), std::string::npos);
  EXPECT_NE(run("testudo", {"case", "list", folder.path()}).out.find("5 checks"), std::string::npos);
}

TEST(Case, FactsAndDispositionsOutliveASecondCheck) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "15"});
  check_into(folder, phone, {"--intel", phone.indicators, "--pseudonym", "Heron", "--consent", "2024-04-14"});
  const std::string id = first_id(folder);
  EXPECT_EQ(run("testudo", {"case", "dispose", folder / "case", id, "--state", "benign"}).status, 2)
      << "without a reason";
  EXPECT_EQ(run("testudo", {"case", "dispose", folder / "case", "ffff0000", "--state", "open"}).status, 2);
  EXPECT_EQ(run("testudo",
                {"case", "dispose", folder / "case", id.substr(0, 12), "--state", "benign", "--reason", "own test"})
                .status,
            0);
  EXPECT_EQ(run("testudo", {"case", "edit", folder / "case", "--notes", "\x1b[31mred"}).status, 0);
  check_into(folder, phone, {"--intel", phone.indicators});
  const std::string shown = run("testudo", {"case", "show", folder / "case"}).out;
  EXPECT_NE(shown.find("Heron"), std::string::npos);
  EXPECT_NE(shown.find("2024-04-14"), std::string::npos);
  EXPECT_NE(shown.find("benign: own test"), std::string::npos);
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
}

TEST(Case, QueriesCannotChangeIt) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "16"});
  check_into(folder, phone);
  const std::string before = read_file(folder / "case/store.db");
  for (const char* sql : {"DELETE FROM finding", "DROP TABLE finding", "UPDATE finding SET id = '' RETURNING id",
                          "nonsense", "SELECT 1; DROP TABLE finding", "SELECT 1; nonsense", ""})
    EXPECT_EQ(run("testudo", {"case", "query", folder / "case", sql}).status, 2) << sql;
  EXPECT_EQ(run("testudo", {"case", "query", folder / "case", "ATTACH '" + (folder / "other.db") + "' AS x"}).status,
            2);
  EXPECT_FALSE(std::filesystem::exists(folder / "other.db"));
  EXPECT_EQ(read_file(folder / "case/store.db"), before);
  EXPECT_EQ(run("testudo", {"case", "query", folder / "case", "SELECT 1 AS n, NULL AS m, 'a' AS t; -- done "}).out,
            "n\tm\tt\n1\t\ta\n");
}

TEST(Case, ExportAndTimelineAreThoseOfTheCheck) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "17", "--wal"});
  check_into(folder, phone, {"--intel", phone.indicators, "--out", folder / "out"});
  ASSERT_EQ(run("testudo", {"case", "export", folder / "case", "--out", folder / "export"}).status, 0);
  ASSERT_EQ(run("testudo", {"case", "timeline", folder / "case", "--out", folder / "timeline.csv"}).status, 0);
  for (const std::string& file : files_below(folder / "export"))
    EXPECT_EQ(read_file(folder / ("export/" + file)), read_file(folder / ("out/" + file))) << file;
  EXPECT_EQ(read_file(folder / "timeline.csv"), read_file(folder / "out/timeline.csv"));
  EXPECT_EQ(run("testudo", {"case", "export", folder / "case", "--out", folder / "export"}).status, 2)
      << "never over another";
}

TEST(Case, SharedExportIsThatOfASharedCheckAndNamesNobody) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "18"});
  check_into(folder, phone, {"--intel", phone.indicators});
  ASSERT_EQ(run("testudo",
                {"check", phone.backup, "--intel", phone.indicators, "--out", folder / "shared", "--redact", "--quiet"})
                .status,
            1);
  ASSERT_EQ(run("testudo", {"case", "export", folder / "case", "--out", folder / "export", "--redact"}).status, 0);
  std::string all = read_file(folder / "shared/run.json");
  EXPECT_EQ(all.find(folder.path()), std::string::npos) << all;
  for (const std::string& file : files_below(folder / "export")) {
    EXPECT_EQ(read_file(folder / ("export/" + file)), read_file(folder / ("shared/" + file))) << file;
    all += read_file(folder / ("export/" + file));
  }
  // Every message that a finding is about, and what names the device.
  const auto texts = lines_of(run("testudo", {"case", "query", folder / "case",
                                              "SELECT json_extract(json, '$.fields.text') FROM finding WHERE "
                                              "json_extract(json, '$.record') = 'ios.sms_message' "
                                              "AND json_extract(json, '$.fields.text') LIKE '% %'"})
                                  .out);
  EXPECT_GT(texts.size(), 3U);
  for (std::size_t i = 1; i < texts.size(); ++i) EXPECT_EQ(all.find(texts[i]), std::string::npos) << texts[i];
  const auto device = lines_of(run("testudo", {"case", "query", folder / "case",
                                               "SELECT json_extract(json, '$.device.name'), json_extract(json, "
                                               "'$.device.serial'), json_extract(json, '$.device.unique_id') "
                                               "FROM document WHERE name = 'summary'"})
                                   .out)
                          .at(1);
  for (std::size_t at = 0, end = 0; at < device.size(); at = end + 1) {
    end = std::min(device.find('\t', at), device.size());
    EXPECT_EQ(all.find(device.substr(at, end - at)), std::string::npos) << device.substr(at, end - at);
  }
}

TEST(Case, WhatIsNoCaseIsOneSentence) {
  const Folder folder;
  for (const char* verb : {"show", "list", "rematch", "compare"}) {
    std::vector<std::string> arguments = {"case", verb, folder.path()};
    if (std::string(verb) == "rematch") arguments.insert(arguments.end(), {"--intel", folder.path()});
    const Ran ran = run("testudo", arguments);
    EXPECT_EQ(ran.status, 2) << verb;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
  EXPECT_EQ(run("testudo", {"check", folder.path(), "--pseudonym", "x"}).status, 2);
}

TEST(Case, OneThatIsDamagedHidesNoOtherInTheList) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  check_into(folder, phone);
  std::filesystem::create_directory(folder / "a");
  std::ofstream(folder / "a/store.db") << "SQLite format 3";
  const Ran ran = run("testudo", {"case", "list", folder.path()});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.out.find(folder / "case"), std::string::npos);
  EXPECT_NE(ran.err.find(folder / "a: "), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace testudo::test
