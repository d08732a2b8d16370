// report.html: no text of the evidence can act in it, it refers to nothing outside, says nothing untranslated, and
// leaks nothing when it is redacted.
#include "report/html_report.h"

#include <gtest/gtest.h>

#include <simdjson.h>
#include <array>
#include <chrono>
#include <cstdio>
#include <pugixml.hpp>
#include <set>

#include "base/embedded.h"
#include "report/html_writer.h"
#include "report/redaction.h"
#include "report/sample_report.h"
#include "shared_data.h"

namespace testudo::test {
namespace {

Catalogue english() { return *Catalogue::load("en"); }

// The page is well formed as XML too, which makes it easy to take apart.
struct Parsed {
  explicit Parsed(const std::string& html) {
    const auto result = document.load_buffer(html.data(), html.size(),
                                             pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata);
    EXPECT_TRUE(result) << result.description() << " at " << html.substr(static_cast<std::size_t>(result.offset), 80);
  }
  pugi::xml_document document;
};

template <typename Each>
void each_node(pugi::xml_node node, Each&& each) {
  for (pugi::xml_node child : node.children()) {
    each(child);
    each_node(child, each);
  }
}

// Elements and attribute names in order: what a text would change if it acted.
std::string skeleton(const std::string& html) {
  std::string out;
  const Parsed parsed(html);
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (node.type() != pugi::node_element) return;
    out += std::string("<") + node.name();
    for (const auto& attribute : node.attributes()) out += std::string(" ") + attribute.name();
  });
  return out;
}

std::vector<std::string> attacks() {
  return {"<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "</style><script>",
          "]]></title><b>",
          "<!--",
          "-->",
          "javascript:alert(1)",
          "&lt;script&gt;",
          "&#60;b&#62;",
          "</textarea></code></td></tr></table>",
          "<svg onload=a>",
          "\xff\xfe<b>",
          "\x01\x1b[31m",
          "\xE2\x80\xAE"
          "gpj.exe",
          "http://evil.example/x",
          "HTTPS://evil.example",
          "=1+1",
          "{name}",
          "{{7*7}}",
          "a\nb\tc",
          "<math><mi//xlink:href=\"data:x,<script>\">",
          "\xC0\xBC"
          "b>",
          "`${x}`",
          "{\"a\":1}",
          "</details>",
          "%3Cb%3E"};
}

TEST(HtmlReport, NoTextOpensOrClosesAnything) {
  const Catalogue words = english();
  const std::string expected = skeleton(html_report(sample_report("plain"), words, Redaction::none));
  EXPECT_GT(expected.size(), 2000U);
  for (const std::string& text : attacks())
    EXPECT_EQ(skeleton(html_report(sample_report(text), words, Redaction::none)), expected) << text;
}

TEST(HtmlReport, NaughtyStringsDoNotAct) {
  const auto file = shared_data() / "hostile/blns/blns.json";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "hostile/blns is absent";
  const Catalogue words = english();
  const std::string expected = skeleton(html_report(sample_report("plain"), words, Redaction::none));
  simdjson::dom::parser parser;
  std::size_t count = 0;
  for (std::string_view text : simdjson::dom::array(parser.load(file.string()))) {
    ++count;
    if (text.empty()) continue;  // fields without content have no place on the page
    EXPECT_EQ(skeleton(html_report(sample_report(std::string(text)), words, Redaction::none)), expected) << text;
  }
  EXPECT_EQ(count, 515U);
}

// What a browser's own reading of HTML sees, not XML's: the same elements.
TEST(HtmlReport, PythonsHtmlParserSeesTheSameElements) {
  if (std::system("python3 -c 'import html.parser' 2>/dev/null") != 0) GTEST_SKIP() << "python3 is absent";
  const auto count = [](const std::string& html) {
    char name[] = "/tmp/testudo-html-XXXXXX";
    const int fd = ::mkstemp(name);
    EXPECT_EQ(::write(fd, html.data(), html.size()), static_cast<ssize_t>(html.size()));
    ::close(fd);
    const std::string command = std::string(
                                    "python3 -c \"import html.parser,sys\nn=[]\nclass P(html.parser.HTMLParser):\n"
                                    " def handle_starttag(s,t,a): n.append(t+str(sorted(x for x,_ in "
                                    "a)))\nP().feed(open(sys.argv[1],encoding='utf-8').read())\n"
                                    "import hashlib;print(len(n),hashlib.sha256(str(n).encode()).hexdigest())\" ") +
                                name;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 200> line{};
    EXPECT_NE(std::fgets(line.data(), line.size(), pipe), nullptr);
    ::pclose(pipe);
    std::remove(name);
    return std::string(line.data());
  };
  const Catalogue words = english();
  std::string all;
  for (const std::string& text : attacks()) all += text;
  EXPECT_EQ(count(html_report(sample_report(all), words, Redaction::none)),
            count(html_report(sample_report("plain"), words, Redaction::none)));
}

TEST(HtmlReport, RefersToNothingOutsideAndRunsNothing) {
  const std::string html = html_report(sample_report("https://evil.example/x"), english(), Redaction::none);
  const Parsed parsed(html);
  const std::set<std::string> known = {
      "html",    "head", "meta",    "title",  "style",   "body",    "main",   "header",     "section", "nav",
      "article", "div",  "p",       "h1",     "h2",      "h3",      "h4",     "ul",         "ol",      "li",
      "dl",      "dt",   "dd",      "a",      "code",    "pre",     "table",  "caption",    "thead",   "tbody",
      "tr",      "th",   "td",      "time",   "details", "summary", "figure", "figcaption", "svg",     "g",
      "rect",    "line", "polygon", "circle", "text",    "desc",    "br",     "bdi",        "span"};
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (node.type() != pugi::node_element) return;
    EXPECT_TRUE(known.contains(node.name())) << node.name();
    for (const auto& attribute : node.attributes()) {
      const std::string name = attribute.name(), value = attribute.value();
      EXPECT_FALSE(name.starts_with("on")) << name;
      EXPECT_TRUE(name != "src" && name != "style" && name != "srcset" && name != "action") << name;
      // What is shown on paper is text, and no link either.
      EXPECT_EQ(value.find(name == "data-on-paper" ? "http" : "://"), std::string::npos) << name << ": " << value;
      if (name == "href") {
        EXPECT_EQ(value.front(), '#');
      }
    }
  });
  EXPECT_NE(html.find("default-src &#39;none&#39;"), std::string::npos);
  const std::string css(*embedded_file("knowledge/report/report.css"));
  EXPECT_EQ(css.find("url("), std::string::npos);
  EXPECT_EQ(css.find("@import"), std::string::npos);
  EXPECT_EQ(css.find('<'), std::string::npos);
}

TEST(HtmlReport, LinksOnThePageAreDefangedOutsideTheExpertsPart) {
  CheckReport report = sample_report("plain");
  Finding& f = report.findings.front();
  f.value = "https://bad.example/path.html";
  f.indicator->value = "bad.example";
  f.title = "Contact with bad.example";
  f.why = "\"bad.example\" was seen at https://bad.example/path.html";
  f.detail = "";
  report.findings.resize(1);
  const std::string html = html_report(report, english(), Redaction::none);
  EXPECT_NE(html.find("hxxps://bad[.]example/path.html"), std::string::npos);
  EXPECT_NE(html.find("<span>https://bad.example/path.html</span>"), std::string::npos) << "exact for experts";
  const Parsed parsed(html);
  std::size_t on_paper = 0;
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (const auto harmless = node.attribute("data-on-paper")) {
      ++on_paper;
      EXPECT_EQ(std::string_view(harmless.value()).find("bad.example"), std::string_view::npos) << harmless.value();
    }
    if (node.type() != pugi::node_pcdata) return;
    for (pugi::xml_node up = node.parent(); up; up = up.parent())
      if (std::string_view(up.attribute("class").value()).find("expert") != std::string_view::npos) return;
    EXPECT_EQ(std::string_view(node.value()).find("bad.example"), std::string_view::npos) << node.value();
  });
  EXPECT_EQ(on_paper, 4U) << "the value, two indicators, a field of the record";
}

TEST(HtmlReport, SameReportSameBytes) {
  const CheckReport report = sample_report("plain");
  EXPECT_EQ(html_report(report, english(), Redaction::none), html_report(report, english(), Redaction::none));
}

TEST(HtmlReport, HeadingsNeverSkipALevelAndTablesHaveCaptions) {
  const Parsed parsed(html_report(sample_report("plain"), english(), Redaction::none));
  int level = 0;
  each_node(parsed.document, [&](pugi::xml_node node) {
    const std::string name = node.name();
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
      EXPECT_LE(name[1] - '0', level + 1) << node.child_value();
      level = name[1] - '0';
    }
    if (name == "table") {
      EXPECT_EQ(std::string(node.first_child().name()), "caption");
    }
    if (name == "svg" && !node.attribute("aria-hidden")) {
      EXPECT_FALSE(std::string(node.child("desc").child_value()).empty());
    }
  });
  const auto html = parsed.document.child("html");
  EXPECT_EQ(std::string(html.attribute("lang").value()), "en");
  EXPECT_EQ(std::string(html.attribute("dir").value()), "ltr");
}

// On a narrow screen rows and cells are blocks: the label tells what a value is, the role what the element is.
TEST(HtmlReport, EachValueOfATableHasItsLabelAndItsRole) {
  const Parsed parsed(html_report(sample_report("plain"), english(), Redaction::none));
  std::size_t tables = 0;
  each_node(parsed.document, [&](pugi::xml_node table) {
    if (table.attribute("class").value() != std::string("stacked")) return;
    ++tables;
    EXPECT_EQ(std::string(table.attribute("role").value()), "table");
    std::vector<std::string> columns;
    for (const auto head : table.child("thead").child("tr")) {
      EXPECT_EQ(std::string(head.attribute("role").value()), "columnheader");
      columns.emplace_back(head.child_value());
    }
    for (const auto row : table.child("tbody").children("tr")) {
      EXPECT_EQ(std::string(row.attribute("role").value()), "row");
      std::size_t column = 0;
      for (const auto cell : row) {
        ASSERT_LT(column, columns.size());
        const bool names_row = cell.name() == std::string("th");
        EXPECT_EQ(std::string(cell.attribute("role").value()), names_row ? "rowheader" : "cell");
        EXPECT_EQ(std::string(cell.attribute("data-label").value()), names_row ? "" : columns[column]);
        ++column;
      }
      EXPECT_EQ(column, columns.size());
    }
  });
  EXPECT_EQ(tables, 6U);  // the life, instances and indicators of a finding, coverage, feeds, files
}

TEST(HtmlReport, IdsAreUniqueAndAnchorsExist) {
  const Parsed parsed(html_report(sample_report("plain"), english(), Redaction::none));
  std::set<std::string> ids;
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (const auto id = node.attribute("id")) {
      EXPECT_TRUE(ids.insert(id.value()).second) << id.value();
    }
  });
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (const auto href = node.attribute("href")) {
      EXPECT_TRUE(ids.contains(href.value() + 1)) << href.value();
    }
  });
}

// Every letter on the page is a sentence of the catalogue (between its marks), data, or code.
TEST(HtmlReport, PseudoLanguageLeavesNothingUntranslated) {
  const Catalogue words = *Catalogue::load("qps-rtl");
  for (const bool empty : {false, true}) {
    CheckReport report = sample_report("70.7");
    if (empty) {
      report.findings.clear();
      report.feeds.clear();
      report.coverage.front().status = SourceStatus::absent;
      report.coverage.front().first_time.reset();
    } else {
      report.findings.back().rule = "70.8";
    }
    const Parsed parsed(html_report(report, words, Redaction::none));
    EXPECT_EQ(std::string(parsed.document.child("html").attribute("dir").value()), "rtl");
    each_node(parsed.document, [&](pugi::xml_node node) {
      if (node.type() != pugi::node_pcdata) return;
      for (const char* code : {"style", "code", "time"})
        if (std::string_view(node.parent().name()) == code) return;
      std::string left;
      int depth = 0;
      const std::string text = node.value();
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 3, "⟦") == 0) ++depth;
        if (text.compare(i, 3, "⟧") == 0) --depth;
        if (depth == 0 && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z')))
          left.push_back(text[i]);
      }
      const std::set<std::string> fixed = {"", "UTC", "SHA", "host", "url", "why"};
      EXPECT_TRUE(fixed.contains(left)) << text;
    });
  }
}

TEST(HtmlReport, AThousandVisitsAreOneCard) {
  CheckReport report = sample_report("plain");
  const Finding first = report.findings.front();
  report.findings.clear();
  for (int i = 0; i < 1000; ++i) {
    report.findings.push_back(first);
    report.findings.back().id = std::to_string(i);
    report.findings.back().time = Time{noon.micros - i * 1'000'000};
  }
  const std::string html = html_report(report, english(), Redaction::none);
  const Parsed parsed(html);
  std::size_t cards = 0, rows = 0;
  each_node(parsed.document, [&](pugi::xml_node node) {
    if (std::string(node.name()) == "article") {
      ++cards;
      for (auto details : node.children("details"))
        if (!details.attribute("class"))
          each_node(details, [&](pugi::xml_node inner) { rows += std::string(inner.name()) == "tr" ? 1 : 0; });
    }
  });
  EXPECT_EQ(cards, 1U);
  EXPECT_EQ(rows, 21U);  // the heading and twenty instances
  EXPECT_NE(html.find("1000 times:"), std::string::npos);
  EXPECT_NE(html.find("980 more traces"), std::string::npos);
}

// Who wrote the message decides how often the indicator stands in it.
TEST(HtmlReport, AFieldFullOfOneAddressTakesTimeInProportion) {
  CheckReport report = sample_report("bad.example");
  report.findings.resize(1);
  Finding& f = report.findings.front();
  f.indicator->value = f.value = "bad.example";
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "bad.example ";
  f.fields_json = one_field("text", text);
  const auto began = std::chrono::steady_clock::now();
  const std::string html = html_report(report, english(), Redaction::none);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  EXPECT_LT(html.size(), text.size());
  EXPECT_NE(html.find("data-on-paper=\"bad[.]example bad[.]example "), std::string::npos);
}

CheckReport with_canaries(const std::string& canary) {
  CheckReport report = sample_report("plain");
  for (Finding& f : report.findings) {
    f.value = canary;
    f.detail = f.indicator ? "" : "it read " + canary;
    f.why = f.indicator ? "listed" : "proves it it read " + canary + " and more";
    f.record_key = canary;
    f.fields_json = one_field("text", canary);
    f.fields_json_redacted = "{}";
  }
  report.device.name = report.device.serial = report.device.unique_id = report.device.phone_number = canary;
  return report;
}

TEST(Redaction, NothingThatNamesPeopleIsLeft) {
  const CheckReport report = with_canaries("CANARY");
  CheckReport shared = report;
  redact(shared);
  std::string all = html_report(report, english(), Redaction::content) + summary_json(shared) + summary_line(shared) +
                    coverage_json(shared);
  for (const Finding& f : report.findings) all += finding_to_json(f, Redaction::content);
  EXPECT_EQ(all.find("CANARY"), std::string::npos);
  EXPECT_NE(all.find("***"), std::string::npos);
  EXPECT_NE(html_report(report, english(), Redaction::none).find("CANARY"), std::string::npos);
  // The indicator itself stays, and redacting twice is redacting once.
  EXPECT_EQ(shared.findings.front().value, "plain");
  EXPECT_EQ(shared.findings.back().why, "proves it and more");
  CheckReport twice = shared;
  redact(twice);
  // A rule's value stays as its field does.
  Finding setting = report.findings.back();
  setting.field = "setting";
  setting.fields_json_redacted = R"({"setting":"shown","row":7})";
  redact(setting);
  EXPECT_EQ(setting.value, "shown");
  setting.field = "row";
  redact(setting);
  EXPECT_EQ(setting.value, "7");
  EXPECT_EQ(summary_json(twice), summary_json(shared));
  EXPECT_EQ(finding_to_json(twice.findings.back()), finding_to_json(shared.findings.back()));
}

TEST(HtmlWriter, Escapes) {
  EXPECT_EQ(escape_html("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(escape_html("\xE2\x80\xAEx"), "\\u202ex");
  EXPECT_EQ(escape_html(std::string_view("\0", 1)), "\\x00");
}

}  // namespace
}  // namespace testudo::test
