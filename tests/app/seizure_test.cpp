// The time in which a phone was out of its owner's hands: what a check points out in it, and what a case keeps of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "app/program.h"
#include "base/time.h"

namespace testudo::test {
namespace {

constexpr std::int64_t micros_an_hour = 3'600'000'000;

std::string part(const std::string& line, const char* key) {
  std::smatch found;
  const std::regex pattern("\"" + std::string(key) + "\":\"([^\"]*)\"");
  return std::regex_search(line, found, pattern) ? found[1].str() : std::string();
}

Ran check(const Phone& phone, const std::string& out, std::vector<std::string> more) {
  more.insert(more.begin(), {"check", phone.backup, "--intel", phone.indicators, "--out", out, "--quiet"});
  return run("testudo", more);
}

// The time of the first act on a profile that the laboratory planted.
Time profile_act(const std::string& findings) {
  for (const std::string& line : lines_of(findings))
    if (part(line, "rule") == "ios.profile_event")
      if (const auto time = parse_rfc3339(part(line, "time"))) return *time;
  ADD_FAILURE() << "no dated profile event";
  return {};
}

TEST(Seizure, WhatFallsInItIsPointedOut) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "21", "--ios", "17"});
  EXPECT_EQ(check(phone, folder / "plain", {}).status, 1);
  const std::string plain = read_file(folder / "plain/findings.ndjson");
  EXPECT_EQ(plain.find("while_seized"), std::string::npos);
  EXPECT_EQ(plain.find("ios.seized_"), std::string::npos);
  EXPECT_NE(read_file(folder / "plain/summary.json").find("\"seized\":null"), std::string::npos);
  const Time act = profile_act(plain);
  const std::vector<std::string> span{"--seized-from", to_rfc3339(Time{act.micros - micros_an_hour}), "--seized-to",
                                      to_rfc3339(Time{act.micros + micros_an_hour})};

  EXPECT_EQ(check(phone, folder / "out", {span[0], span[1], span[2], span[3], "--case", folder / "case"}).status, 1);
  const std::string seized = read_file(folder / "out/findings.ndjson");
  std::size_t inside = 0, acts = 0;
  for (const std::string& line : lines_of(seized)) {
    const bool marked = line.find("\"while_seized\":true") != std::string::npos;
    inside += marked ? 1U : 0U;
    acts += part(line, "rule") == "ios.seized_profile_event" ? 1U : 0U;
    EXPECT_TRUE(marked || !part(line, "rule").starts_with("ios.seized_")) << line;
    if (part(line, "rule") == "ios.profile_event") {
      const Time time = *parse_rfc3339(part(line, "time"));
      EXPECT_EQ(marked, std::abs(time.micros - act.micros) <= micros_an_hour) << line;
    }
  }
  EXPECT_GE(acts, 1U);
  EXPECT_GT(inside, acts);
  EXPECT_NE(read_file(folder / "out/summary.json").find("\"findings\":" + std::to_string(inside) + "}"),
            std::string::npos);
  EXPECT_NE(read_file(folder / "out/report.html").find("class=\"seized\""), std::string::npos);

  // Every event of the timeline is in it or not, by its own time.
  const auto events = lines_of(read_file(folder / "out/timeline.csv"));
  ASSERT_GT(events.size(), 1U);
  EXPECT_TRUE(events[0].ends_with(",while_seized"));
  for (std::size_t i = 1; i < events.size(); ++i) {
    const auto time = parse_rfc3339(events[i].substr(0, events[i].find(',')));
    if (!time) continue;  // the rest of a cell that holds a line break
    EXPECT_EQ(events[i].ends_with(",yes"), std::abs(time->micros - act.micros) <= micros_an_hour) << events[i];
  }

  // A case keeps it.
  const Ran again = run("testudo", {"case", "rematch", folder / "case", "--intel", phone.indicators});
  EXPECT_TRUE(again.status == 0 || again.status == 3) << again.out;
  run("testudo", {"case", "export", folder / "case", "--out", folder / "exported"});
  EXPECT_EQ(read_file(folder / "exported/findings.ndjson"), seized);
  EXPECT_EQ(read_file(folder / "exported/summary.json"), read_file(folder / "out/summary.json"));
}

TEST(Seizure, ItsEndsAreChecked) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "22"});
  const std::vector<std::vector<std::string>> wrong{{"--seized-from", "2024-05-02"},
                                                    {"--seized-to", "2024-05-02"},
                                                    {"--seized-from", "2024-05-03", "--seized-to", "2024-05-02"},
                                                    {"--seized-from", "May", "--seized-to", "2024-05-02"}};
  for (const auto& ends : wrong) {
    std::vector<std::string> arguments{"check", phone.backup};
    arguments.insert(arguments.end(), ends.begin(), ends.end());
    const Ran ran = run("testudo", arguments);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
  // A date alone is a whole day.
  check(phone, folder / "day", {"--seized-from", "2024-05-02", "--seized-to", "2024-05-02"});
  EXPECT_NE(read_file(folder / "day/summary.json")
                .find(R"("seized":{"from":"2024-05-02T00:00:00Z","to":"2024-05-02T23:59:59.999999Z")"),
            std::string::npos);
}

}  // namespace
}  // namespace testudo::test
