// Cells of the tables of reports that hold more than the bare value.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

FeedLog markdown(std::string_view cell, std::string_view column = "Domain") {
  return read_feed("r.md", "# T\n\n| " + std::string(column) + " | Seen |\n|---|---|\n| first[.]test | |\n| " +
                               std::string(cell) + " | 2026 |\n");
}

// What it gives beside the first row.
Strings values(const FeedLog& log) {
  Strings texts = log.texts();
  if (!texts.empty()) texts.erase(texts.begin());
  return texts;
}

TEST(ProseCells, markdown_marks_and_remarks) {
  for (const std::string_view cell :
       {"**a[.]test**", "a[.]test (sinkholed)", "_a[.]test_", "~~a[.]test~~", "a[.]test [^1]", "a\\[.\\]test",
        "&nbsp;a[.]test", "<b>a[.]test</b>", "`a[.]test`", "***a[.]test***", "a[&#46;]test", "~~**a[.]test**~~",
        "a[.]test\xC2\xA0(C2)", "[a[.]test](https://blog.test/1)", "a[.]test<sup>1</sup>",
        "\xE2\x80\x98"
        "a[.]test\xE2\x80\x99",
        "a[.]test\\*"}) {
    const FeedLog log = markdown(cell);
    EXPECT_EQ(values(log), Strings{"host a.test"}) << cell;
    EXPECT_EQ(log.notes, Strings{}) << cell;
  }
}

TEST(ProseCells, several_values) {
  for (const std::string_view cell :
       {"a[.]test<br>b[.]test", "a[.]test and b[.]test", "a[.]test / b[.]test", "`a[.]test`<br/>`b[.]test`",
        "**a[.]test**<br>**b[.]test**", "a[.]test, b[.]test", "a[.]test (C2), b[.]test", "a.test and b.test"}) {
    const FeedLog log = markdown(cell);
    EXPECT_EQ(values(log), (Strings{"host a.test", "host b.test"})) << cell;
    EXPECT_EQ(log.notes, Strings{}) << cell;
  }
}

TEST(ProseCells, links) {
  EXPECT_EQ(values(markdown("<https://a.test>", "URL")), Strings{"url https://a.test"});
  EXPECT_EQ(values(markdown("hxxp://a[.]test/a\\|b", "URL")), Strings{"url http://a.test/a|b"});
  EXPECT_EQ(values(markdown("hxxp://a[.]test/x;y,z", "URL")), Strings{"url http://a.test/x;y,z"});
  EXPECT_EQ(values(markdown("hxxp://a[.]test/x,hxxp://b[.]test/y, c[.]test", "URL")),
            (Strings{"url http://a.test/x", "url http://b.test/y", "host c.test"}));
  EXPECT_EQ(values(markdown("hxxp://a[.]test/?x=<random>", "URL")), Strings{});
  EXPECT_EQ(values(markdown("hxxp://a[.]test/?a=1&amp;b=2", "URL")), Strings{"url http://a.test/?a=1&b=2"});
}

TEST(ProseCells, what_holds_nothing_is_named) {
  const FeedLog log = markdown("see the report");
  EXPECT_EQ(values(log), Strings{});
  EXPECT_EQ(log.notes, Strings{"line 6: unrecognised_value see the report"});
  EXPECT_EQ(markdown("n/a").notes, Strings{});
  EXPECT_EQ(markdown("NL", "IP country").notes, Strings{});
  // Dashes alone are a row.
  EXPECT_EQ(read_feed("r.md", "# T\n\n| Domain | Seen |\n|---|---|\n| a[.]test | 2026 |\n| - | - |\n| b[.]test | |\n")
                .texts(),
            (Strings{"host a.test", "host b.test"}));
  EXPECT_EQ(markdown("").notes, Strings{});
}

TEST(ProseCells, columns_of_other_things_give_what_they_gave) {
  EXPECT_EQ(values(markdown("seen at a[.]test by b[.]test", "Remark")), Strings{});
  EXPECT_EQ(values(markdown("https://blog.test/1 and c.test", "Remark")), Strings{});
  EXPECT_EQ(values(markdown("a[.]test", "Remark")), Strings{"host a.test"});
  EXPECT_EQ(markdown("words", "Remark").notes, Strings{});
  // A sentence in a column of hosts names others, too.
  EXPECT_EQ(values(markdown("a[.]test, as blog.test says")), Strings{"host a.test"});
  EXPECT_EQ(values(markdown("C:\\a b\\<random>.exe", "Path")), Strings{"path C:\\a b\\<random>.exe"});
  EXPECT_EQ(values(markdown("com.a.spy and com.b.spy", "Package")), (Strings{"app_id com.a.spy", "app_id com.b.spy"}));
}

FeedLog asciidoc(std::string_view rows) {
  return read_feed("r.adoc", "= T\n\n== Network\n\n[cols=\"2*\",options=\"header\"]\n|===\n|Domain\n|Seen\n\n" +
                                 std::string(rows) + "\n|===\n");
}

TEST(ProseCells, asciidoc_marks_and_specifiers) {
  EXPECT_EQ(asciidoc("|*a[.]test*\n|2026\n|b[.]test (C2)\n|2026\n|++c[.]test++, ++d[.]test++\n|2026").texts(),
            (Strings{"host a.test", "host b.test", "host c.test", "host d.test"}));
  EXPECT_EQ(asciidoc("a|* a[.]test\n* b[.]test\n|2026\n2+|c[.]test\n|d[.]test |2026\n|e[.]test a|f").texts(),
            (Strings{"host a.test", "host b.test", "host c.test", "host d.test", "host e.test"}));
  EXPECT_EQ(read_feed("r.adoc", "= T\n\n|===\n|a[.]test +\nb[.]test\n|===\n").texts(),
            (Strings{"host a.test", "host b.test"}));
}

}  // namespace
}  // namespace testudo
