// What report.html says where nothing was found, where something is not known, and how its check is repeated.
#include <gtest/gtest.h>

#include "report/html_report.h"
#include "report/redaction.h"
#include "report/sample_report.h"

namespace testudo::test {
namespace {

Catalogue english() { return *Catalogue::load("en"); }

// "No finding" where a source was not read would be the worst answer there is.
TEST(HtmlReport, NothingFoundNamesWhatWasNotRead) {
  CheckReport report = sample_report("plain");
  report.findings.clear();
  report.coverage.front().source = "ios.sms";
  const auto found_section = [&] {
    const std::string page = html_report(report, english(), Redaction::none);
    const auto begin = page.find("id=\"findings\"");
    return page.substr(begin, page.find("</section>", begin) - begin);
  };
  EXPECT_NE(found_section().find("may hold something: Messages (SMS and iMessage)."), std::string::npos);
  report.coverage.front().status = SourceStatus::parsed;
  EXPECT_NE(found_section().find("Nothing was found in what could be read."), std::string::npos);
  EXPECT_EQ(found_section().find("Messages"), std::string::npos);
}

TEST(HtmlReport, TheCommandThatRepeatsTheCheckNamesEveryOption) {
  CheckReport report = sample_report("plain");
  const auto holds = [&](Redaction redaction, const std::string& command) {
    return html_report(report, english(), redaction).find("<code>" + command + "</code>") != std::string::npos;
  };
  const std::string command = "testudo check BACKUP --intel FEED --out RESULTS --as-of 2023-11-14T22:13:20Z";
  EXPECT_TRUE(holds(Redaction::none, command));
  EXPECT_TRUE(holds(Redaction::content, command + " --redact"));
  report.feeds.clear();
  EXPECT_TRUE(holds(Redaction::none, "testudo check BACKUP --out RESULTS --as-of 2023-11-14T22:13:20Z"));
  report = sample_report("plain");
  report.seizure = Seizure{noon, Time{noon.micros + 1}};
  report.coverage.front().anomalies.push_back({"list_cut", std::nullopt, 1});
  EXPECT_TRUE(holds(Redaction::none, command + " --seized-from 2023-11-14T22:13:20Z --seized-to "
                                               "2023-11-14T22:13:20.000001Z --incomplete"));
}

// sqlite3 shows a database without its log where that stands under another name.
TEST(HtmlReport, ARowThatStandsOnlyInTheLogCanBeLookedUp) {
  CheckReport report = sample_report("a.db");
  const auto shows = [&](const std::string& command) {
    return html_report(report, english(), Redaction::none).find(command) != std::string::npos;
  };
  EXPECT_FALSE(shows("look.db")) << "it has no log";
  report.coverage.front().files.push_back({"a.db-wal", "b.stored", 10, "hash"});
  const std::string look =
      "cp a.db look.db &amp;&amp; cp b.stored look.db-wal &amp;&amp; sqlite3 look.db &#39;SELECT * FROM TABLE_NAME "
      "WHERE "
      "ROWID = ";
  EXPECT_TRUE(shows(look + "ROW&#39;")) << "no finding stands only in the log";
  report.findings.back().state = "wal_only";
  report.findings.back().rowid = 8;
  EXPECT_TRUE(shows(look + "8&#39;"));
}

TEST(HtmlReport, ARuleThatDidNotRunIsNamedBesideTheVerdict) {
  CheckReport report = sample_report("plain");
  report.rule_failures = {"ios.some_rule: integer overflow"};
  const std::string sentence = english().say("report.verdict.rules_not_run", {{"names", "ios.some_rule"}});
  EXPECT_NE(html_report(report, english(), Redaction::none).find(sentence), std::string::npos);
  report.rule_failures.clear();
  EXPECT_EQ(html_report(report, english(), Redaction::none).find("could not be run"), std::string::npos);
}

TEST(HtmlReport, AFinishThatIsNotKnownIsSaid) {
  CheckReport report = sample_report("plain");
  const std::string sentence = english().say("report.verdict.interrupted_unknown");
  EXPECT_EQ(html_report(report, english(), Redaction::none).find(sentence), std::string::npos);
  report.interrupted.reset();
  EXPECT_NE(html_report(report, english(), Redaction::none).find(sentence), std::string::npos);
}

TEST(HtmlReport, NeverSaysClean) {
  CheckReport report = sample_report("plain");
  report.findings.clear();
  report.coverage.front().status = SourceStatus::parsed;
  const std::string html = html_report(report, english(), Redaction::none);
  EXPECT_NE(html.find("Nothing was found in what could be read."), std::string::npos);
  EXPECT_EQ(html.find("clean"), std::string::npos);
}

}  // namespace
}  // namespace testudo::test
