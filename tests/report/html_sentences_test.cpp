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
  report.seizure = Seizure{noon, Time{noon.micros + 1}};
  report.coverage.front().anomalies.push_back({"list_cut", std::nullopt, 1});
  EXPECT_TRUE(holds(Redaction::none, command + " --seized-from 2023-11-14T22:13:20Z --seized-to "
                                               "2023-11-14T22:13:20.000001Z --incomplete"));
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
