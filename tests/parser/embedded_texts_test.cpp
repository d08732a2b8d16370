// Embedded texts: what is found in archives that a database keeps as blobs, and when a blob is not worth decoding.
#include "parser/embedded_texts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "case_runner.h"
#include "parser/ios/sms_body.h"

namespace testudo {
namespace {

std::string texts_of(std::string_view blob, bool protobuf) {
  EmbeddedTexts texts;
  static_cast<void>(protobuf ? texts.add_protobuf(as_bytes(blob)) : texts.add_blob(as_bytes(blob)));
  return texts.take().value_or("");
}

TEST(EmbeddedTexts, KeepsEachTextOnceOnOneLine) {
  EmbeddedTexts texts;
  texts.known(" known ");
  for (const std::string_view text : {"a\nb", "known", "a\nb", "", "  ", "NS.relative", "c"}) texts.add(text);
  EXPECT_EQ("a b\nc", texts.take());
}

TEST(EmbeddedTexts, StopsAtItsLimit) {
  EmbeddedTexts texts;
  texts.add(std::string(EmbeddedTexts::most_octets, 'x'));
  EXPECT_FALSE(texts.truncated());
  texts.add("one more");
  EXPECT_TRUE(texts.truncated());
  EXPECT_EQ(EmbeddedTexts::most_octets, texts.take()->size());
}

struct Filled {
  std::string parser, domain, path, sql;
};

// Who fills a record must not hide behind it what follows: the source is then read in part.
TEST(EmbeddedTexts, EverySourceSaysThatTheyWereMore) {
  const std::string runs =
      "CAST(replace(hex(zeroblob(200000)), '00', 'a.test' || char(10)) || hex(zeroblob(600000)) || "
      "'.test' AS BLOB)";
  // A protocol buffer message: field 1, 600 000 octets, twice.
  const std::string fields =
      "CAST(X'0AC0CF24' || hex(zeroblob(300000)) || X'0AC0CF24' || replace(hex(zeroblob(300000)), '0', '1') AS BLOB)";
  const Filled all[] = {
      {"ios.calendar", "HomeDomain", "Library/Calendar/Calendar.sqlitedb",
       "CREATE TABLE CalendarItem (summary, external_rep); INSERT INTO CalendarItem VALUES ('s', " + runs + ");"},
      {"ios.sms", "HomeDomain", "Library/SMS/sms.db",
       "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text); CREATE TABLE recoverable_message_part (message_id,"
       " part_text, delete_date); INSERT INTO recoverable_message_part VALUES (1, " +
           runs + ", 1);"},
      {"ios.sms_attachment", "HomeDomain", "Library/SMS/sms.db",
       "CREATE TABLE attachment (filename, user_info); INSERT INTO attachment VALUES ('f', " + runs + ");"},
      {"ios.contacts", "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb",
       "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First, ExternalRepresentation);"
       " INSERT INTO ABPerson VALUES (1, 'F', " +
           runs + ");"},
      {"ios.whatsapp", "AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite",
       "CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZTEXT, ZMESSAGEINFO, ZMESSAGEDATE); CREATE TABLE"
       " ZWAMESSAGEINFO (Z_PK INTEGER PRIMARY KEY, ZRECEIPTINFO); INSERT INTO ZWAMESSAGE VALUES (1, NULL, 1, 1);"
       " INSERT INTO ZWAMESSAGEINFO VALUES (1, " +
           fields + ");"}};
  for (const Filled& filled : all) {
    CaseFile file;
    file.domain = filled.domain;
    file.path = filled.path;
    file.bytes = database_from_sql(filled.sql, {});
    const CaseOutput out = run_case(*find_parser(filled.parser), {file}, false);
    const auto& found = out.result.anomalies;
    EXPECT_EQ(std::ranges::count(found, std::string("embedded_texts_truncated"), &Anomaly::name), 1) << filled.parser;
  }
}

TEST(EmbeddedTexts, ReadsProtocolBuffers) {
  using namespace std::string_view_literals;
  // 1: "ab", 2: message {1: "https://x.test"}, 3: varint 300, 5: fixed32
  EXPECT_EQ("ab\nhttps://x.test", texts_of("\x0a\x02"
                                           "ab\x12\x12\x08\x01\x0a\x0ehttps://x.test\x18\xac\x02\x2d\1\2\3\4"sv,
                                           true));
  EXPECT_EQ("", texts_of("\x08\x01"sv, true));
  // A length beyond the end is no message: what can be read of it is.
  EXPECT_EQ("https://y.test", texts_of("\x0a\x7f\x00https://y.test\x00"sv, true));
}

TEST(EmbeddedTexts, NestedMessagesEnd) {
  std::string nested = "x.test";
  for (int depth = 0; depth < 40; ++depth)
    nested = std::string("\x08\x01\x0a") + static_cast<char>(nested.size()) + nested;
  EXPECT_NE(std::string::npos, texts_of(nested, true).find("x.test"));
}

TEST(EmbeddedTexts, ReadsRunsOfOtherOctets) {
  using namespace std::string_view_literals;
  EXPECT_EQ("go to evil.test", texts_of("\x00\x01go to evil.test\x00short\x00nothing here\x00"sv, false));
  EXPECT_EQ("", texts_of("", false));
  EXPECT_EQ("https://x.test\nhttps://y.test", texts_of("\x01https://x.test\x86\x86https://y.test\xFF"sv, false));
}

TEST(EmbeddedTexts, ReadsWhatADataAddressHolds) {
  EmbeddedTexts texts;
  // {"item":{"title":"https:\/\/x.test\/"}}
  texts.add("data:,eyJpdGVtIjp7InRpdGxlIjoiaHR0cHM6XC9cL3gudGVzdFwvIn19?src=p&c=2");
  texts.add("data:image/png;base64,iVBORw0KGgo=");
  texts.add("data:,not base64!");
  EXPECT_EQ(
      "data:,eyJpdGVtIjp7InRpdGxlIjoiaHR0cHM6XC9cL3gudGVzdFwvIn19?src=p&c=2\n"
      "{\"item\":{\"title\":\"https://x.test/\"}}\n"
      "data:image/png;base64,iVBORw0KGgo=\ndata:,not base64!",
      texts.take());
}

TEST(EmbeddedTexts, ReadsPayloadsOfBothForms) {
  using namespace std::string_view_literals;
  EmbeddedTexts texts;
  EXPECT_TRUE(texts.add_payload(as_bytes("\x08\x01\x12\x06x.test"sv)));
  EXPECT_FALSE(texts.add_payload(as_bytes("\x08\x01\x12\x7Fy.test"sv))) << "a length beyond the end";
  EXPECT_FALSE(texts.add_payload(as_bytes("bplist00\x01z.test"sv)));
  EXPECT_EQ("x.test\ny.test\nz.test", texts.take());
}

TEST(MayHoldLink, KnowsDotsAndTheirLookAlikes) {
  for (const std::string_view text : {"a.b", "a:b", "a%2Eb",
                                      "a\xE3\x80\x82"
                                      "b",
                                      "a\xEF\xBC\x8E"
                                      "b",
                                      "a\xEF\xBD\xA1"
                                      "b"})
    EXPECT_TRUE(may_hold_link(as_bytes(text))) << text;
  EXPECT_FALSE(may_hold_link(as_bytes("nothing to see, here; and (there)")));
}

TEST(AttributesMayHide, LooksAroundTheText) {
  EXPECT_FALSE(attributes_may_hide("see x.test", as_bytes("headsee x.testtail")));
  EXPECT_TRUE(attributes_may_hide("click", as_bytes("headclick https://x.test")));
  EXPECT_TRUE(attributes_may_hide("click", as_bytes("headclickbplist00")));
  EXPECT_TRUE(attributes_may_hide("click", as_bytes("another text")));
}

}  // namespace
}  // namespace testudo
