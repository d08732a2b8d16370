// Findings, summary, coverage, CSV and the picture's data: exact values, and back again.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>

#include "report/check_report.h"
#include "report/finding_groups.h"
#include "report/finding_json.h"
#include "report/life.h"
#include "report/sample_report.h"
#include "report/stored_report.h"
#include "report/time_axis.h"
#include "report/timeline.h"
#include "shared_data.h"

namespace testudo {

struct Happening {
  std::optional<Time> at, again;
  std::string_view what;
};
template <>
struct Schema<Happening> {
  static constexpr std::string_view name = "test.happening";
  static constexpr std::string_view prose = "Something that happened.";
  static constexpr std::string_view line = "{what}";
  static constexpr std::tuple fields{Field<&Happening::at>{"at", Kind::time, "when", Show::event},
                                     Field<&Happening::again>{"again", Kind::time, "when again", Show::event},
                                     Field<&Happening::what>{"what", Kind::text, "what", Show::content}};
};

namespace test {
namespace {

TEST(FindingJson, ComesBackAsItWas) {
  for (const std::string& text : {std::string("plain"), std::string("\"\\\n\t<é>\xE2\x80\xAE"), std::string()}) {
    for (Finding f : sample_report(text).findings) {
      f.fields_json = R"({"a":1,"c":1.5,"d":[true,null,{}],"e":-0.0,"g":1e+22,"h":123456789012345683968.0,"b":)";
      append_json_string(f.fields_json, text + "\x1B[31m\xE2\x80\xAE\xC2\x9B\x7F");
      f.fields_json_redacted = f.fields_json += "}";
      const std::string json = finding_to_json(f);
      const auto back = finding_from_json(json);
      ASSERT_TRUE(back.ok());
      EXPECT_EQ(finding_to_json(*back), json);
      EXPECT_EQ(back->fields_json, f.fields_json);
      EXPECT_EQ(back->time, f.time);
      EXPECT_EQ(back->rowid, f.rowid);
      EXPECT_EQ(back->indicator.has_value(), f.indicator.has_value());
    }
  }
  for (const char* broken :
       {"", "{", "[]", "{}", R"({"id":"x"})", R"({"id":"x","severity":"worse"})", R"({"severity":"low"})"})
    EXPECT_FALSE(finding_from_json(broken).ok()) << broken;
}

TEST(FindingJson, CutAnywhereIsNoCrash) {
  const std::string json = finding_to_json(sample_report("plain").findings.front());
  for (std::size_t i = 0; i < json.size(); ++i) EXPECT_FALSE(finding_from_json(json.substr(0, i)).ok());
}

TEST(Documents, AreJsonAndComeBack) {
  for (const std::string& text : {std::string("plain"), std::string("\"<\\\xFF\n")}) {
    CheckReport report = sample_report(text);
    if (text != "plain") report.interrupted.reset();
    report.coverage.push_back({"ios.sms", SourceStatus::absent, "not_used", 0, 0, {}, std::nullopt, std::nullopt, {}});
    simdjson::dom::parser parser;
    EXPECT_EQ(parser.parse(coverage_json(report)).error(), simdjson::SUCCESS);
    EXPECT_EQ(parser.parse(summary_json(report)).error(), simdjson::SUCCESS);
    EXPECT_EQ(parser.parse(summary_line(report)).error(), simdjson::SUCCESS);
    auto back = report_from_documents(summary_json(report), coverage_json(report));
    ASSERT_TRUE(back.ok());
    back->findings = report.findings;
    EXPECT_EQ(summary_json(*back), summary_json(report));
    EXPECT_EQ(coverage_json(*back), coverage_json(report));
    EXPECT_EQ(back->interrupted, report.interrupted);
  }
  EXPECT_FALSE(report_from_documents("", "[]").ok());
  EXPECT_FALSE(report_from_documents("{}", "").ok());
  EXPECT_TRUE(report_from_documents("{}", "[1,{}]").ok());
}

// A rule that could not be run found nothing for that reason alone.
TEST(Documents, ARuleThatDidNotRunIsNotNothingFound) {
  CheckReport report;
  EXPECT_EQ(report.verdict(), "nothing_found_in_what_could_be_read");
  report.rule_failures.push_back("ios.some_rule: integer overflow");
  EXPECT_TRUE(report.is_incomplete());
  EXPECT_EQ(report.verdict(), "nothing_found_but_incomplete");
}

TEST(Documents, FeedsAreOldAfterNinetyDays) {
  CheckReport report;
  constexpr std::int64_t day = 86'400'000'000;
  report.as_of = Time{noon.micros + 90 * day};
  EXPECT_FALSE(report.feeds_are_old()) << "there is none";
  report.feeds.push_back({.name = "old", .newest = noon});
  EXPECT_FALSE(report.feeds_are_old());
  report.as_of.micros += 1;
  EXPECT_TRUE(report.feeds_are_old());
  report.feeds.push_back({.name = "new", .newest = Time{noon.micros + day}});
  EXPECT_FALSE(report.feeds_are_old()) << "the newest counts";
}

std::string cell(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

TEST(Csv, CellsCannotAct) {
  EXPECT_EQ(cell("plain"), "plain");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(cell("+1"), "\"'+1\"");
  EXPECT_EQ(cell("-1"), "\"'-1\"");
  EXPECT_EQ(cell("@SUM(A1)"), "\"'@SUM(A1)\"");
  EXPECT_EQ(cell("a\nb"), "a\\x0ab");
  EXPECT_EQ(cell("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(cell("\xE2\x80\xAE"
                 "x"),
            "\\u202ex");
  EXPECT_EQ(cell("\t=1"), "\\x09=1");
  EXPECT_EQ(cell("＝1+1"), "\"'＝1+1\"");
  // Spreadsheets of half of Europe part cells at semicolons, also inside of what commas and quotes made one.
  EXPECT_EQ(cell("a;=1+1"), "a;'=1+1");
  EXPECT_EQ(cell("a,b; =1;-x;y;"), "\"a,b;' =1;'-x;y;\"");
  EXPECT_EQ(cell("a;\"=1\""), "\"a;'\"\"=1\"\"\"");
  EXPECT_EQ(cell(";=1;"), ";'=1;");
}

TEST(Timeline, IsInOrderOfTime) {
  char folder[] = "/tmp/testudo-timeline-XXXXXX";
  ASSERT_NE(::mkdtemp(folder), nullptr);
  Timeline timeline(folder);
  const auto add = [&](std::optional<Time> at, std::optional<Time> again, std::string_view what) {
    const Happening happening{at, again, what};
    const auto values = views(happening);
    ASSERT_TRUE(timeline.add(Row{&record_type<Happening>(), values, Locator::row(3)}, "a/b.db").ok());
  };
  add(Time{3'000'000}, Time{1'000'000}, "first, written");
  add(std::nullopt, std::nullopt, "without a time");
  add(Time{2'000'000}, std::nullopt, "=2");
  const std::string path = std::string(folder) + "/timeline.csv";
  {
    auto file = timeline.finish(path);
    ASSERT_TRUE(file.ok());
    file->keep();
  }
  EXPECT_EQ(content_of(path),
            "time,source,event,description,evidence,rowid,state\n"
            "1970-01-01T00:00:01Z,test.happening,again,\"first, written\",a/b.db,3,current\n"
            "1970-01-01T00:00:02Z,test.happening,at,\"'=2\",a/b.db,3,current\n"
            "1970-01-01T00:00:03Z,test.happening,at,\"first, written\",a/b.db,3,current\n");
  EXPECT_FALSE(timeline.finish(path).ok()) << "never over an existing file";
  std::filesystem::remove_all(folder);
}

std::vector<std::string> labels(std::string_view from, std::string_view to, std::size_t most) {
  std::vector<std::string> out;
  for (const Tick& tick : axis_ticks(*parse_rfc3339(from), *parse_rfc3339(to), most)) out.push_back(tick.label);
  return out;
}

TEST(TimeAxis, RoundDates) {
  using List = std::vector<std::string>;
  EXPECT_EQ(labels("2021-04-15", "2024-04-14", 9),
            (List{"2021-07", "2022-01", "2022-07", "2023-01", "2023-07", "2024-01"}));
  EXPECT_EQ(labels("2024-02-27", "2024-03-02", 9),
            (List{"02-27 00:00", "02-27 12:00", "02-28 00:00", "02-28 12:00", "02-29 00:00", "02-29 12:00",
                  "03-01 00:00", "03-01 12:00", "03-02 00:00"}));
  EXPECT_EQ(labels("2024-02-27", "2024-03-02", 5),
            (List{"2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"}));
  EXPECT_EQ(labels("2007-01-01", "2026-01-01", 5), (List{"2010", "2015", "2020", "2025"}));
  EXPECT_EQ(labels("1969-12-31", "1970-01-02", 3), (List{"1969-12-31", "1970-01-01", "1970-01-02"}));
  EXPECT_TRUE(labels("2024-01-02", "2024-01-01", 5).empty());
  EXPECT_TRUE(labels("2024-01-01", "2024-01-01", 5).empty());
}

TEST(TimeAxis, NeverMoreThanAskedForWhateverTheSpan) {
  const Time from = *parse_rfc3339("0001-01-01"), last = *parse_rfc3339("9999-12-31");
  for (std::size_t most = 1; most < 12; ++most)
    for (std::int64_t span = 1; span > 0 && from.micros + span < last.micros; span *= 7) {
      const auto ticks = axis_ticks(from, Time{from.micros + span}, most);
      EXPECT_LE(ticks.size(), most + 1);
      EXPECT_TRUE(std::ranges::is_sorted(ticks, {}, &Tick::at));
    }
}

TEST(Life, WrongClocksDoNotSquashThePicture) {
  CheckReport report = sample_report("plain");
  SourceCoverage wrong;
  wrong.source = "ios.sms";
  wrong.first_time = *parse_rfc3339("0001-01-01");
  wrong.last_time = *parse_rfc3339("9999-12-31");
  report.coverage.push_back(wrong);
  const Life life = life_of(report);
  EXPECT_EQ(life.drawn.first, Time{noon.micros - 30 * 86'400'000'000});
  EXPECT_EQ(life.drawn.last, noon);
  EXPECT_EQ(life.undrawn, 1U);
  EXPECT_EQ(life.lanes[static_cast<std::size_t>(Lane::messages)].covered.size(), 1U);
  EXPECT_EQ(life.lanes[static_cast<std::size_t>(Lane::other)].marks.size(), 3U);
  const auto busy = busy_part(life);
  ASSERT_TRUE(busy.has_value());
  EXPECT_EQ(busy->drawn.first, Time{noon.micros - 86'400'000'000});
}

TEST(Life, WithoutTimesThereIsNoPicture) {
  const Life life = life_of(CheckReport{});
  EXPECT_EQ(life.drawn.first, life.drawn.last);
  EXPECT_FALSE(busy_part(life).has_value());
}

TEST(Defang, OnlyWhatCouldBeFollowed) {
  EXPECT_EQ(defanged("https://a.b.example/x.html?q=1.2", Kind::host), "hxxps://a[.]b[.]example/x.html?q=1.2");
  EXPECT_EQ(defanged("HTTP://A.EXAMPLE", std::nullopt), "HXXP://A[.]EXAMPLE");
  EXPECT_EQ(defanged("a.example", Kind::host), "a[.]example");
  EXPECT_EQ(defanged("192.0.2.1", Kind::ipv4), "192[.]0[.]2[.]1");
  EXPECT_EQ(defanged("x@a.example", Kind::email), "x@a[.]example");
  EXPECT_EQ(defanged("com.apple.foo", Kind::app_id), "com.apple.foo");
  EXPECT_EQ(defanged("/private/var/tmp/x.dylib", Kind::path), "/private/var/tmp/x.dylib");
  EXPECT_EQ(defanged("", Kind::url), "");
}

TEST(Groups, OneForEachRuleAndIndicator) {
  const CheckReport report = sample_report("plain");
  const auto groups = group_findings(report.findings);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].findings.size(), 2U);
  EXPECT_EQ(&groups[0].front(), &report.findings[0]);
  EXPECT_EQ(groups[0].first, noon);
}

// Two addresses of one attacker are one kind; what that attacker's victims or another attacker hold is none of it.
TEST(Groups, OneForEachRuleAndThreat) {
  CheckReport report = sample_report("plain");
  Finding other = report.findings[0];
  other.indicator->value = "other";
  other.title = "told otherwise";
  other.severity = Severity::info;
  other.time = Time{noon.micros + 1};
  report.findings.push_back(other);
  other.indicator->role = "victim";
  report.findings.push_back(other);
  other.indicator->role.clear();
  other.indicator->threat = "another";
  report.findings.push_back(other);
  const auto kinds = group_findings(report.findings, GroupBy::kind);
  ASSERT_EQ(kinds.size(), 4U);
  EXPECT_EQ(kinds[0].findings.size(), 3U);
  EXPECT_EQ(kinds[0].front().severity, Severity::high);
  EXPECT_EQ(kinds[0].first, noon);
  EXPECT_EQ(kinds[0].last, (Time{noon.micros + 1}));
  EXPECT_EQ(kinds[1].findings.size(), 1U);
}

}  // namespace
}  // namespace test
}  // namespace testudo
