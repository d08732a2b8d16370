// The whole program on generated phones: every planted trace is found, nothing else is, and what cannot be read is
// said.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "app/program.h"

namespace testudo::test {
namespace {

Ran check(const Phone& phone, const std::string& out, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"check", phone.backup, "--intel", phone.indicators, "--out", out, "--quiet"});
  return run("testudo", more);
}

bool run_sql(const std::string& database, const char* sql) {
  sqlite3* db = nullptr;
  const bool done =
      sqlite3_open(database.c_str(), &db) == SQLITE_OK && sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(db);
  return done;
}

bool names_indicator(const Trace& finding, const std::string& indicator) {
  return indicator.empty() || finding.indicator == indicator || std::ranges::count(finding.also, indicator) > 0;
}

bool found(const Trace& planted, const std::vector<Trace>& findings) {
  return std::ranges::any_of(findings, [&](const Trace& f) {
    return f.source == planted.source && f.rule == planted.rule && f.level() >= planted.level() &&
           names_indicator(f, planted.indicator);
  });
}

class EverySystem : public testing::TestWithParam<const char*> {};

TEST_P(EverySystem, PlantedTracesAreFoundAndDecoysAreNot) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "3", "--ios", GetParam(), "--wal"});
  const Ran ran = check(phone, folder / "out");
  EXPECT_EQ(ran.status, 1) << ran.err;
  const auto findings = read_findings(folder / "out/findings.ndjson");
  for (const Trace& planted : read_planted(phone.planted)) {
    if (planted.rule == "none") {
      for (const Trace& f : findings) EXPECT_NE(f.value, planted.value) << planted.name;
    } else {
      EXPECT_TRUE(found(planted, findings)) << planted.name << ": " << planted.rule << " " << planted.value;
    }
  }
}

TEST_P(EverySystem, CleanPhoneHasNoFindings) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--ios", GetParam(), "--clean"});
  const Ran ran = check(phone, folder / "out");
  EXPECT_EQ(ran.status, 0) << ran.err;
  for (const Trace& f : read_findings(folder / "out/findings.ndjson"))
    EXPECT_LT(f.level(), 2) << f.rule << " " << f.value << " in " << f.path;
  for (const auto& [source, status] : read_coverage(folder / "out/coverage.json"))
    EXPECT_NE(status, "partial") << source;
}

INSTANTIATE_TEST_SUITE_P(Generations, EverySystem, testing::Values("12", "14", "15", "17", "18", "26"));

// One value an option: what follows it is evidence, wherever both stand.
TEST(Check, IndicatorsAreNotTakenForEvidenceNorTheOtherWayRound) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4"});
  EXPECT_EQ(run("testudo", {"check", "--intel", phone.indicators, phone.backup, "--quiet"}).status, 1);
  const Ran feed = run("testudo", {"check", phone.backup, "--quiet", "--intel", phone.indicators, phone.indicators});
  EXPECT_NE(feed.err.find("write --intel before it"), std::string::npos) << feed.err;
}

TEST(Check, IndicatorsThatCouldNotBeLoadedAreNotNothingFound) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  std::filesystem::create_directory(folder / "empty");
  const Ran none = run("testudo", {"check", phone.backup, "--intel", folder / "empty", "--quiet"});
  EXPECT_EQ(none.status, 3);
  EXPECT_NE(none.err.find("hold no indicators"), std::string::npos) << none.err;
  // What could be loaded was compared.
  EXPECT_EQ(run("testudo", {"check", phone.backup, "--intel", folder / "empty", "--intel", phone.indicators, "--quiet"})
                .status,
            0);
}

TEST(Check, SameInputSameBytes) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "5", "--wal"});
  check(phone, folder / "one");
  check(phone, folder / "two", {"--jobs", "1"});
  // A copy under another name is the same input.
  std::filesystem::copy(phone.backup, folder / "renamed", std::filesystem::copy_options::recursive);
  check({folder / "renamed", phone.indicators, ""}, folder / "three");
  const auto files = files_below(folder / "one");
  EXPECT_EQ(files, files_below(folder / "two"));
  EXPECT_GT(files.size(), 10U);
  for (const std::string& file : files) {
    if (file == "run.json") continue;
    EXPECT_EQ(read_file(folder / ("one/" + file)), read_file(folder / ("two/" + file))) << file;
    EXPECT_EQ(read_file(folder / ("one/" + file)), read_file(folder / ("three/" + file))) << file;
  }
}

TEST(Check, FeedsOfOneNameAreToldApart) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "5"});
  for (const char* name : {"a", "b"}) {
    std::filesystem::create_directory(folder / name);
    std::ofstream(folder / (std::string(name) + "/feed.stix2"))
        << read_file(phone.indicators) << std::string(*name == 'b' ? 1 : 0, '\n');
  }
  const Ran ran = run("testudo", {"check", phone.backup, "--intel", folder / "a", "--intel", folder / "b/feed.stix2",
                                  "--out", folder / "out", "--quiet"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  const std::string summary = read_file(folder / "out/summary.json");
  for (const char* name : {"a/feed.stix2", "b/feed.stix2"})
    EXPECT_NE(summary.find("{\"name\":\"" + std::string(name) + "\""), std::string::npos) << name;
  EXPECT_NE(read_file(folder / "out/feed_remarks.ndjson").find("{\"file\":\"b/feed.stix2\""), std::string::npos);
}

// Of folders STIX alone is read; of what is named any format.
TEST(Check, AListIsReadWhereItIsNamed) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "5"});
  std::string host;
  for (const Trace& planted : read_planted(phone.planted))
    if (planted.rule == "indicator.host" && host.empty()) host = planted.indicator;
  ASSERT_FALSE(host.empty());
  std::filesystem::create_directory(folder / "lists");
  std::ofstream(folder / "lists/domains.txt") << "# from a report\n" << host << "\n";
  const auto found_with = [&](const std::string& intel) {
    run("testudo", {"check", phone.backup, "--intel", intel, "--out", folder / "out", "--quiet"});
    const auto findings = read_findings(folder / "out/findings.ndjson");
    std::filesystem::remove_all(folder / "out");
    return std::ranges::count_if(findings, [&](const Trace& finding) { return finding.indicator == host; });
  };
  EXPECT_GT(found_with(folder / "lists/domains.txt"), 0) << host;
  EXPECT_EQ(found_with(folder / "lists"), 0);
}

TEST(Check, FindingsDoNotDependOnWhatIsWritten) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "6"});
  check(phone, folder / "all");
  check(phone, folder / "none", {"--records", "none"});
  check(phone, folder / "case_too", {"--case", folder / "case"});
  const std::string all = read_file(folder / "all/findings.ndjson");
  EXPECT_FALSE(all.empty());
  const auto ids = [&](const std::string& out) {
    std::set<std::string> found;
    for (const Trace& f : read_findings(folder / (out + "/findings.ndjson"))) found.insert(f.id);
    return found;
  };
  EXPECT_EQ(ids("all"), ids("none"));
  EXPECT_EQ(read_file(folder / "case_too/findings.ndjson"), all);
}

TEST(Check, EncryptedBackupHoldsTheSameFindings) {
  const Folder folder, other;
  const Phone plain = make_phone(folder, {"--seed", "7"});
  const Phone locked = make_phone(other, {"--seed", "7", "--password", "correct horse!"});
  check(plain, folder / "out");
  const std::string password = other / "password";
  ASSERT_EQ(
      run("testudo", {"unlock", locked.backup, "--export-key", other / "key", "--password-file", "/dev/null"}).status,
      2);
  FILE* file = fopen(password.c_str(), "w");
  fputs("correct horse!\n", file);
  fclose(file);
  EXPECT_EQ(check(locked, other / "out", {"--password-file", password}).status, 1);
  std::set<std::string> a, b;
  // As editors of Windows write it.
  std::ofstream(other / "marked") << "\xEF\xBB\xBF"
                                     "correct horse!\r\n";
  EXPECT_EQ(run("testudo", {"check", locked.backup, "--quiet", "--password-file", other / "marked"}).status, 1);
  for (const Trace& f : read_findings(folder / "out/findings.ndjson")) a.insert(f.rule + f.value);
  for (const Trace& f : read_findings(other / "out/findings.ndjson")) b.insert(f.rule + f.value);
  for (const std::string& f : a) EXPECT_TRUE(b.contains(f)) << f;

  // The derived key opens it without the password, and the decrypted copy reads like the original.
  EXPECT_EQ(
      run("testudo", {"unlock", locked.backup, "--export-key", other / "key", "--password-file", password}).status, 0);
  EXPECT_EQ(check(locked, other / "by_key", {"--key-file", other / "key"}).status, 1);
  EXPECT_EQ(read_file(other / "by_key/findings.ndjson"), read_file(other / "out/findings.ndjson"));
  const Ran copied = run("testudo", {"unlock", locked.backup, "--out", other / "copy", "--key-file", other / "key"});
  EXPECT_EQ(copied.status, 0) << copied.out << copied.err;
  Phone copy = locked;
  copy.backup = other / "copy";
  EXPECT_EQ(check(copy, other / "of_copy").status, 1);
  std::set<std::string> c;
  for (const Trace& f : read_findings(other / "of_copy/findings.ndjson")) c.insert(f.rule + f.value);
  EXPECT_EQ(b, c);
}

TEST(Check, WhatCannotBeOpenedIsOneSentence) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--password", "secret"});
  const auto sentence = [&](std::vector<std::string> arguments) {
    const Ran ran = run("testudo", arguments);
    EXPECT_EQ(ran.status, 2) << ran.out;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    return ran.err;
  };
  std::set<std::string> sentences;
  sentences.insert(sentence({"check", phone.backup, "--password-file", "/dev/null"}));
  sentences.insert(sentence({"check", phone.backup}));
  sentences.insert(sentence({"check", folder / "nothing"}));
  sentences.insert(sentence({"check", folder.path()}));
  for (const char* damage : {"missing-manifest", "truncated-manifest", "half-copied"}) {
    const Folder other;
    const Phone damaged = make_phone(other, {"--seed", "8", "--damage", damage});
    sentences.insert(sentence({"check", damaged.backup, "--intel", damaged.indicators}));
  }
  EXPECT_EQ(sentences.size(), 7U) << "each in its own words";

  // Cut anywhere behind its header, the list is cut and not encrypted.
  const Folder cut;
  const Phone phone_cut = make_phone(cut, {"--seed", "8"});
  std::filesystem::resize_file(phone_cut.backup + "/" + file_named(phone_cut.backup, "Manifest.db"), 9000);
  EXPECT_NE(sentence({"check", phone_cut.backup}).find("cut short"), std::string::npos);
}

// "iPhone14,5" is no iPhone 14.
TEST(Check, ThePhoneIsNamedAsItIsSold) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  const Ran ran = run("testudo", {"check", phone.backup, "--out", folder / "out"});
  const std::string summary = read_file(folder / "out/summary.json");
  const std::string type = summary.substr(summary.find("iPhone", summary.find("\"product_type\"")));
  const std::string told = " (" + type.substr(0, type.find('"')) + "), system";
  EXPECT_NE(ran.out.find(told), std::string::npos) << ran.out;
  EXPECT_NE(read_file(folder / "out/report.html").find(told), std::string::npos);
}

TEST(Check, QuietIsQuietAndWhatIsNotWrittenIsSaid) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  EXPECT_EQ(run("testudo", {"check", phone.backup, "--quiet", "--json", "--case", folder / "case"}).out, "");
  EXPECT_EQ(run("testudo", {"check", phone.backup, "--as-of", ""}).status, 2);
  const std::string program = std::string(TESTUDO_BINARY_DIR) + "/testudo";
  for (const char* verb : {"check", "case show", "case list"}) {
    const std::string of = verb == std::string("check") ? phone.backup : folder / "case";
    for (const char* sink : {" > /dev/full 2> ", " >&- 2> "}) {
      const std::string command = program + " " + verb + " " + of + sink + (folder / "err");
      const int status = std::system(command.c_str());
      EXPECT_EQ(WEXITSTATUS(status), 2) << verb << sink;
      EXPECT_NE(read_file(folder / "err").find("standard output"), std::string::npos) << verb << sink;
    }
  }
}

// The shell's <(command) is a pipe, and people keep links to feeds and keys; in evidence a link is not followed.
TEST(Check, FilesThatTheUserNamesMayBeLinksAndPipes) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "11", "--password", "secret"});
  std::filesystem::create_symlink(phone.indicators, folder / "feed");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder / "pipe") << "secret\n"; });
  const std::vector<std::string> check{"check", phone.backup, "--quiet", "--intel", folder / "feed"};
  auto with_pipe = check;
  with_pipe.insert(with_pipe.end(), {"--password-file", folder / "pipe"});
  EXPECT_EQ(run("testudo", with_pipe).status, 1);
  writer.join();

  const std::string plist = phone.backup + "/" + file_named(phone.backup, "Manifest.plist");
  std::filesystem::rename(plist, folder / "plist");
  std::filesystem::create_symlink(folder / "plist", plist);
  const Ran ran = run("testudo", check);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("cannot be opened"), std::string::npos) << ran.err;
}

TEST(Check, NothingOutsideOfTheBackupIsRead) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "12"});
  const std::string id = "3d0d7e5fb2ce288813306e4d4636395e047a3d28";  // HomeDomain-Library/SMS/sms.db
  const std::filesystem::path shard =
      std::filesystem::path(phone.backup + "/" + file_named(phone.backup, id)).parent_path();
  std::filesystem::rename(shard, folder / "elsewhere");
  std::filesystem::create_directory_symlink(folder / "elsewhere", shard);
  check(phone, folder / "out");
  EXPECT_EQ(read_coverage(folder / "out/coverage.json")["ios.sms"], "partial");
  EXPECT_NE(read_file(folder / "out/coverage.json").find("file_not_openable"), std::string::npos);
}

TEST(Check, AnOddManifestHidesNothing) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "13"});
  check(phone, folder / "before");
  const std::string manifest = phone.backup + "/" + file_named(phone.backup, "Manifest.db");
  ASSERT_TRUE(run_sql(manifest,
                      "CREATE TABLE odd(fileID, domain, relativePath, flags, file);"
                      "INSERT INTO odd SELECT CAST(fileID AS BLOB), CAST(domain AS BLOB), CAST(relativePath AS BLOB),"
                      " CAST(flags AS TEXT), file FROM Files; DROP TABLE Files; ALTER TABLE odd RENAME TO Files"));
  // What only adds to the picture may be of any size.
  const std::string info = phone.backup + "/" + file_named(phone.backup, "Info.plist");
  std::filesystem::resize_file(info, 300ULL << 20);
  const Ran ran = check(phone, folder / "after");
  EXPECT_EQ(ran.status, 1) << ran.err;
  const auto before = read_coverage(folder / "before/coverage.json");
  for (const auto& [source, status] : read_coverage(folder / "after/coverage.json"))
    EXPECT_EQ(status == "absent", before.at(source) == "absent") << source;
}

TEST(Check, AFileThatIsListedManyTimesIsReadOnce) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "16"});
  check(phone, folder / "before");
  const std::string manifest = phone.backup + "/" + file_named(phone.backup, "Manifest.db");
  ASSERT_TRUE(run_sql(manifest,
                      "CREATE TABLE odd AS SELECT * FROM Files; DROP TABLE Files; ALTER TABLE odd RENAME TO Files;"
                      "INSERT INTO Files SELECT * FROM Files; INSERT INTO Files SELECT * FROM Files"));
  check(phone, folder / "after");
  EXPECT_EQ(read_file(folder / "before/records/ios.sms_message.ndjson"),
            read_file(folder / "after/records/ios.sms_message.ndjson"));
  EXPECT_EQ(read_coverage(folder / "after/coverage.json")["ios.sms"], "parsed");
}

class EveryDamage : public testing::TestWithParam<const char*> {};

TEST_P(EveryDamage, CostsOnlyItsSource) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "9", "--damage", GetParam()});
  const Ran ran = check(phone, folder / "out");
  EXPECT_TRUE(ran.status == 1 || ran.status == 3) << ran.status << " " << ran.err;
  const auto coverage = read_coverage(folder / "out/coverage.json");
  const auto read = std::ranges::count_if(coverage, [](const auto& row) { return row.second == "parsed"; });
  EXPECT_GT(read, static_cast<long>(coverage.size() / 3));
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryDamage,
                         testing::Values("corrupt-sms", "zero-byte", "null-everywhere", "missing-table",
                                         "missing-column", "not-utf8", "dates-out-of-range", "hostile-text"));

TEST(Check, HostileTextCannotActOnATerminal) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "10", "--damage", "hostile-text"});
  const Ran ran = run("testudo", {"check", phone.backup, "--intel", phone.indicators});
  EXPECT_FALSE(ran.out.empty());
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ran.out.find("\xE2\x80\xAE"), std::string::npos);  // right-to-left override
}

TEST(Check, SeveralPiecesOfEvidence) {
  const Folder one, two;
  const Phone infected = make_phone(one, {"--seed", "11"});
  const Phone clean = make_phone(two, {"--seed", "12", "--clean"});
  const Ran ran = run("testudo", {"check", clean.backup, infected.backup, "--intel", infected.indicators, "--out",
                                  one / "out", "--quiet"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_TRUE(read_findings(one / "out/1/findings.ndjson").empty());
  EXPECT_FALSE(read_findings(one / "out/2/findings.ndjson").empty());
  const Ran half = run("testudo", {"check", clean.backup, one / "nothing", "--quiet"});
  EXPECT_EQ(half.status, 2);
  EXPECT_NE(half.err.find(one / "nothing"), std::string::npos) << half.err;
  EXPECT_FALSE(half.err.empty());
}

}  // namespace
}  // namespace testudo::test
