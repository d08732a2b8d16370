// Whatever text the values of any kind hold: our CSV read by our own reader gives the same indicators.
#include <random>

#include "intel/export/export_fixture.h"
#include "intel/feed/csv_escape.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/normalising_sink.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

using Key = std::pair<Kind, std::string>;
using Values = std::map<Key, std::string>;  // with the spelling that is shown

struct Read : FeedSink {
  Values values;
  void claim(const FeedClaim& claim) override {
    Defects defects;
    const auto normal = normalise_indicator(claim.kind, claim.value, defects);
    if (normal) values.emplace(Key{normal->type, normal->value}, normal->shown);
    if (!normal) ADD_FAILURE() << kind_name(claim.kind) << " " << claim.value;
  }
  void threat(std::uint64_t, std::string_view) override {}
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern& pattern) override { ADD_FAILURE() << pattern.why << " " << pattern.text; }
  void object(const KeptObject&) override {}
  void note(std::string_view, std::string_view defect, std::string_view value) override {
    ADD_FAILURE() << defect << " " << value;
  }
};

// What a store would hold of these texts, read as every kind.
void add_as_every_kind(Values& values, const std::string& text) {
  for (std::size_t kind = 0; kind < kind_count; ++kind) {
    Defects defects;
    const auto normal = normalise_indicator(static_cast<Kind>(kind), text, defects);
    if (normal) values.emplace(Key{normal->type, normal->value}, normal->shown);
  }
}

Values read_back(const Values& values) {
  test::VectorSource source;
  for (const auto& [key, shown] : values) {
    source.indicators.push_back(test::listed(key.first, key.second));
    source.indicators.back().shown = shown;
  }
  Read sink;
  const std::string text = test::exported("csv", std::move(source)).text;
  const Result<void> read = feed_format("csv")->read({"feed.csv", text}, sink);
  EXPECT_TRUE(read.ok());
  return sink.values;
}

constexpr const char* pieces[] = {"=",
                                  "+",
                                  "-",
                                  "@",
                                  "'",
                                  "''",
                                  "\xEF\xBC\x9D",
                                  ",",
                                  ";",
                                  "|",
                                  "\"",
                                  "\t",
                                  "\n",
                                  "\r\n",
                                  " ",
                                  "\\",
                                  "\\\\",
                                  "\\x0a",
                                  "\\u",
                                  "/",
                                  "#",
                                  "[.]",
                                  "\x01",
                                  "\x7F",
                                  "\x1B",
                                  "a",
                                  "evil.test",
                                  "hxxp://",
                                  "\xE2\x80\xAE",
                                  "Z",
                                  "12",
                                  "(at)",
                                  "\xC2\x85",
                                  "x y",
                                  "\xF0\x9F\x90\xA2",
                                  "\xE2\x80\x8B",
                                  "true",
                                  "%41",
                                  "*."};

TEST(CsvRoundTrip, GivesBackEveryValueOfEveryKind) {
  Values values;
  for (const char* plain : {"evil.test",
                            "https://evil.test/A?b=c,d;e",
                            "198.51.100.7",
                            "2001:db8::7",
                            "203.0.113.0/24",
                            "me@mail.test",
                            "+1 555 0100",
                            "/private/var/x",
                            "Library/Preferences/x.plist",
                            "C:\\Users\\x",
                            "com.Evil.App",
                            "CVE-2026-0001",
                            "AS64500",
                            "HKLM\\Software\\X",
                            "a \\x0a b",
                            "a\xE2\x80\xAE"
                            "b",
                            "a\\u202eb",
                            "=1+1",
                            "'=1+1",
                            "tab\tx",
                            "nl\nx",
                            "#x"}) {
    add_as_every_kind(values, plain);
  }
  for (const std::size_t digits : {32U, 40U, 64U}) add_as_every_kind(values, std::string(digits, 'a'));
  std::mt19937 random(7);
  for (int i = 0; i < 1500; ++i) {
    std::string text;
    const auto count = 1 + random() % 5;
    for (std::size_t k = 0; k < count; ++k) text += pieces[random() % std::size(pieces)];
    for (const char* before : {"", "https://evil.test/", "dir/", "me@mail.test"})
      add_as_every_kind(values, before + text);
  }
  std::set<Kind> kinds;
  for (const auto& [key, shown] : values) kinds.insert(key.first);
  EXPECT_EQ(kinds.size(), 25U);
  const Values after = read_back(values);
  for (const auto& [key, shown] : values) {
    const auto found = after.find(key);
    ASSERT_NE(found, after.end()) << kind_name(key.first) << " " << visible(key.second) << " shown " << visible(shown);
    EXPECT_EQ(found->second, shown);
  }
  EXPECT_EQ(after.size(), values.size());
}

TEST(CsvRoundTrip, EscapesOnlyWhatNeedsIt) {
  EXPECT_FALSE(needs_csv_escape("C:\\Users\\x0a"));
  EXPECT_TRUE(needs_csv_escape("a\tb"));
  EXPECT_TRUE(needs_csv_escape("a "));
  EXPECT_EQ(csv_escaped("a\\x0a\n"), "a\\\\x0a\\x0a");
  EXPECT_EQ(csv_unescaped("a\\\\x0a\\x0a"), "a\\x0a\n");
  EXPECT_EQ(csv_unescaped("\\q \\x1 \\u20"), "\\q \\x1 \\u20");
  for (const std::string text : {" ", "  ", "a ", " a", "\\", "\\ ", "\xE2\x80\xAE", "\xC2\x85", ""})
    EXPECT_EQ(csv_unescaped(csv_escaped(text)), text);
}

}  // namespace
}  // namespace testudo
