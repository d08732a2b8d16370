// XML property lists: values, entities, damage. The claims F10 to F12 stand in docs/formats/plist.md.
#include <gtest/gtest.h>

#include "codec/plist.h"

namespace testudo {
namespace {

const std::string head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n";

std::string in_plist(std::string_view body) {
  return head + "<plist version=\"1.0\">\n" + std::string(body) + "\n</plist>\n";
}

std::string json_of(const std::string& xml, std::vector<std::string>* names = nullptr) {
  const auto list = Plist::parse(as_bytes(xml));
  if (!list.ok()) return std::string(fault_name(list.error().fault));
  if (names != nullptr)
    for (const auto& anomaly : list.value().anomalies()) names->emplace_back(anomaly.name);
  return to_json(list.value().root());
}

void expect(std::string_view body, std::string_view json, const std::vector<std::string>& anomalies = {}) {
  std::vector<std::string> names;
  EXPECT_EQ(json_of(in_plist(body), &names), json) << body;
  EXPECT_EQ(names, anomalies) << body;
}

TEST(XmlPlist, ReadsEveryElement) {  // F10
  expect(
      "<dict><key>a</key><string>text</string><key>b</key><array><true/><false/><integer>-7</integer>"
      "<integer>0x1F</integer><real>1.5</real><date>2024-05-01T10:00:00Z</date><data>\n AQID\n </data>"
      "<string/><array/><dict/></array></dict>",
      "{\"a\":\"text\",\"b\":[true,false,-7,31,1.5,\"2024-05-01T10:00:00Z\",\"AQID\",\"\",[],{}]}");
  expect("<integer>9223372036854775807</integer>", "9223372036854775807");
  expect("<integer>-9223372036854775808</integer>", "-9223372036854775808");
  expect("<integer>18446744073709551615</integer>", "18446744073709551615");
  expect("<integer>0018446744073709551616</integer>", "\"18446744073709551616\"");
  expect("<integer>-9223372036854775809</integer>", "\"-9223372036854775809\"");
  expect("<true></true>", "true");
  expect("<dict><key>CF$UID</key><integer>5</integer></dict>", "{\"CF$UID\":5}");
  expect("<!-- x --><string a='>'>y</string>", "\"y\"");
  EXPECT_EQ(json_of("<array><string>bare</string></array>"), "[\"bare\"]");
  EXPECT_EQ(json_of("\xef\xbb\xbf" + in_plist("<true/>")), "true");
}

TEST(XmlPlist, ReadsUtf16) {
  std::string wide("\xff\xfe", 2);
  for (const char c : in_plist("<string>wide</string>")) wide.append({c, '\0'});
  EXPECT_EQ(json_of(wide), "\"wide\"");
}

TEST(XmlPlist, ExpandsOnlyCharacters) {  // F11
  expect("<string>a &lt;&amp;&gt; &quot;&apos; &#65;&#x1F600;</string>", "\"a <&> \\\"' A\U0001F600\"");
  expect("<string>x<![CDATA[<&>]]>y<!-- no -->z</string>", "\"x<&>yz\"");
  expect("<string>&unknown;</string>", "\"&unknown;\"", {"plist_bad_entity"});
  expect("<string>&#xD800;&#x110000;</string>", "\"\ufffd\ufffd\"");
  std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY c SYSTEM \"file:///etc/passwd\">]><plist><array><string>&b;</string>"
      "<string>&c;</string></array></plist>";
  std::vector<std::string> names;
  EXPECT_EQ(json_of(laughs, &names), "[\"&b;\",\"&c;\"]");
  EXPECT_EQ(names.front(), "plist_entity_declaration");
}

TEST(XmlPlist, KeepsWhatStandsBesideDamage) {
  expect("<array><integer>x</integer><string>kept</string></array>", "[\"kept\"]", {"plist_bad_number"});
  expect("<array><date>no</date><string>kept</string></array>", "[null,\"kept\"]", {"plist_bad_date"});
  expect("<data>QUJD!!!!</data>", "\"QUJD\"", {"plist_bad_data"});
  expect("<dict><key>a</key><key>b</key><string>v</string></dict>", "{\"b\":\"v\"}", {"plist_unpaired"});
  expect("<dict><string>v</string><key>b</key><true/></dict>", "{\"b\":true}", {"plist_unpaired"});
  expect("<array><bogus><string>in</string></bogus><string>out</string></array>", "[\"out\"]",
         {"plist_unknown_element"});
  expect("<array><array><string>a</string></array>", "[[\"a\"]]", {"plist_bad_markup"});
  expect(std::string("<string>a\xff") + "b</string>",
         "\"a\ufffd"
         "b\"",
         {"plist_bad_text"});
}

TEST(XmlPlist, SaysWhyNothingCouldBeRead) {
  EXPECT_EQ(json_of("   "), "truncated");
  EXPECT_EQ(json_of("<html><body>x</body></html>"), "malformed");
  EXPECT_EQ(json_of(in_plist("")), "malformed");
}

TEST(XmlPlist, NestingCostsNoStack) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<array>";
  const std::string xml = in_plist(deep);
  const auto list = Plist::parse(as_bytes(xml));
  ASSERT_TRUE(list.ok());
  static_cast<void>(to_json(list.value().root()));
  std::string closes;
  for (int i = 0; i < 200'000; ++i) closes += "<array></dict>";
  static_cast<void>(json_of(closes));
}

TEST(XmlPlist, SurvivesTruncationAtEveryOctet) {  // F12
  const std::string whole = in_plist(
      "<dict><key>url</key><string>https://example.test/&amp;a</string><key>list</key><array><data>AQIDBAUG"
      "</data><integer>12</integer><date>2024-05-01T10:00:00Z</date><string><![CDATA[x]]></string></array>"
      "<key>last</key><true/></dict>");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    const auto list = Plist::parse(as_bytes(part));
    if (!list.ok()) continue;
    static_cast<void>(to_json(list.value().root()));
    const auto url = list.value().root()["url"].text().value_or("");
    EXPECT_TRUE(std::string_view("https://example.test/").starts_with(url.substr(0, 21))) << url;
    EXPECT_EQ(list.value().anomalies().empty(), size == whole.size() - 1) << size;
  }
}

}  // namespace
}  // namespace testudo
