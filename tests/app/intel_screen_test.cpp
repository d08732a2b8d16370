// testudo intel screen as a user runs it: lists that are whole, broken and empty, and questions that are none.
#include <gtest/gtest.h>

#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

const std::string one =
    R"({"id":"l-1","schema":"Person","datasets":["ours"],"properties":{"name":["Zorvan Quillmark"]}})"
    "\n";
const std::string other =
    R"({"id":"l-2","schema":"Person","datasets":["ours"],"properties":{"firstName":["Ildiko"],"lastName":["Brantsova"]}})"
    "\n";

struct Screen : testing::Test {
  Ran screen(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"intel", "screen"});
    return run("testudo", arguments);
  }
  Folder folder_;
  const std::string list_ = folder_ / "list.json";
};

TEST_F(Screen, SaysWhatWasSearched) {
  write(list_, one + other);
  const Ran none = screen({"--list", list_, "Nobody Atallsen"});
  EXPECT_EQ(none.status, 0) << none.err;
  EXPECT_NE(none.out.find("Searched: " + list_ + ", 2 entries"), std::string::npos) << none.out;
  EXPECT_EQ(screen({"--list", list_, "Ildiko Brantsova"}).status, 1);  // of parts of a name alone
}

TEST_F(Screen, SaysThatNoListWasSearched) {
  const Ran none = screen({"Nobody Atallsen"});
  EXPECT_NE(none.out.find("No list of sanctions was searched"), std::string::npos) << none.out;
  EXPECT_EQ(screen({"--json", "Nobody Atallsen"}).out, R"({"query":"Nobody Atallsen","hits":[],"lists":[]})"
                                                       "\n");
  write(list_, one);
  const Ran some = screen({"--list", list_, "Nobody Atallsen"});
  EXPECT_EQ(some.out.find("No list of sanctions"), std::string::npos) << some.out;
  EXPECT_EQ(screen({"--json", "--list", list_, "Nobody Atallsen"}).out,
            R"({"query":"Nobody Atallsen","hits":[],"lists":[{"name":")" + list_ +
                R"(","entries":1,"date":null,"lost":[]}]})"
                "\n");
}

TEST_F(Screen, AListThatBreaksOffIsNoAnswer) {
  write(list_, one + other.substr(0, 40));
  const Ran none = screen({"--list", list_, "Ildiko Brantsova"});
  EXPECT_EQ(none.status, 3);
  EXPECT_NE(none.err.find("breaks off"), std::string::npos) << none.err;
  EXPECT_EQ(screen({"--list", list_, "Zorvan Quillmark"}).status, 1);  // a hit beats a gap
  const Ran json = screen({"--json", "--list", list_, "Ildiko Brantsova"});
  EXPECT_EQ(json.status, 3);
  EXPECT_EQ(json.out, R"({"query":"Ildiko Brantsova","hits":[],"lists":[{"name":")" + list_ +
                          R"(","entries":1,"date":null,"lost":[{"what":"truncated","count":1}]}]})" + "\n");
}

TEST_F(Screen, ABrokenLineIsNamed) {
  write(list_, "{\"id\":\"l-0\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A B\"]}}\n{broken\n" + one);
  const Ran none = screen({"--list", list_, "Nobody Atallsen"});
  EXPECT_EQ(none.status, 3);
  EXPECT_NE(none.err.find("the first: {broken"), std::string::npos) << none.err;
}

TEST_F(Screen, AListWithoutEntriesIsNoAnswer) {
  write(list_, "<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\"><!-- sanctionEntity --></export>");
  const Ran none = screen({"--list", list_, "Nobody Atallsen"});
  EXPECT_EQ(none.status, 3) << none.err;
  EXPECT_NE(none.err.find("no entry"), std::string::npos) << none.err;
}

TEST_F(Screen, WhatIsNoQuestionIsRefused) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{""},
                                                {" - "},
                                                {"--birth", "x", "Zorvan Quillmark"},
                                                {"--birth", "1971-13-45", "Zorvan Quillmark"},
                                                {"--birth", "71", "Zorvan Quillmark"},
                                                {"--country", "zz", "Zorvan Quillmark"},
                                                {"--gender", "m", "Zorvan Quillmark"}})
    EXPECT_EQ(screen(wrong).status, 2) << wrong.front();
  write(list_, one);
  for (const char* country : {"GB", "gb", "UK", "GBR", "Greece", "Yugoslavia"})
    EXPECT_EQ(screen({"--list", list_, "--country", country, "Zorvan Quillmark"}).status, 1) << country;
  for (const char* birth : {"1971", "1971-02", "1971-02-28"})
    EXPECT_EQ(screen({"--list", list_, "--birth", birth, "Zorvan Quillmark"}).status, 1) << birth;
}

TEST_F(Screen, EntitiesAreReadHoweverTheyArePrinted) {
  const std::string line = one.substr(0, one.size() - 1);
  for (const std::string& text :
       {"\xEF\xBB\xBF" + one, "[" + line + ",\n" + line + "]", line, "{\n" + line.substr(1)}) {
    write(list_, text);
    EXPECT_EQ(screen({"--list", list_, "Zorvan Quillmark"}).status, 1) << text;
    EXPECT_EQ(screen({"--list", list_, "Nobody Atallsen"}).status, 0) << text;
  }
}

// Without the store that somebody names, "no candidate" and "not known" would be no answers.
TEST_F(Screen, AStoreThatIsNamedMustBeThere) {
  write(folder_ / "names.txt", "a.test\n");
  const std::string absent = folder_ / "absent";
  EXPECT_EQ(run("testudo", {"intel", "--store", absent, "hunt", folder_ / "names.txt"}).status, 2);
  EXPECT_EQ(run("testudo", {"intel", "--store", absent, "show", "a.test"}).status, 2);
  EXPECT_EQ(run("testudo", {"intel", "--store", absent, "show", "nso-group"}).status, 0);
  const Ran screened = run("testudo", {"intel", "--store", absent, "screen", "Zorvan Quillmark"});
  EXPECT_EQ(screened.status, 0);
  EXPECT_NE(screened.err.find("no list that was kept"), std::string::npos) << screened.err;
}

std::string un_list(const std::string& date, const std::vector<std::string>& names) {
  std::string text = "<CONSOLIDATED_LIST dateGenerated=\"" + date + "\"><INDIVIDUALS>";
  for (const std::string& name : names)
    text += "<INDIVIDUAL><DATAID>" + name + "</DATAID><FIRST_NAME>" + name + "</FIRST_NAME></INDIVIDUAL>";
  return text + "</INDIVIDUALS></CONSOLIDATED_LIST>";
}

// Who is no longer listed must not be found because the old list has the day in its name.
TEST_F(Screen, ANewerVersionTakesThePlaceOfTheKeptOne) {
  const std::string store = folder_ / "store", march = folder_ / "20260301.xml", april = folder_ / "20260401.xml";
  const auto keep = [&](const std::string& list) { return screen({"--store", store, "--keep", list}); };
  const auto ask = [&](const std::string& name) { return screen({"--store", store, name}); };
  write(march, un_list("2026-03-01", {"Zorvan Quillmark", "Ildiko Brantsova", "Temur Askendal"}));
  write(april, un_list("2026-04-01", {"Zorvan Quillmark", "Ildiko Brantsova", "Perrin Oldavast"}));
  EXPECT_EQ(keep(march).out, "Kept for later questions: 20260301.xml\n");
  EXPECT_EQ(ask("Temur Askendal").status, 1);
  EXPECT_EQ(keep(april).out, "Kept for later questions: 20260401.xml, in place of 20260301.xml\n");
  const Ran gone = ask("Temur Askendal");
  EXPECT_EQ(gone.status, 0) << gone.out;
  EXPECT_NE(gone.out.find("20260401.xml, 3 entries, of 2026-04-01"), std::string::npos) << gone.out;
  EXPECT_EQ(gone.out.find("20260301.xml"), std::string::npos) << gone.out;
  EXPECT_EQ(ask("Perrin Oldavast").status, 1);
  // Another list of that format stays beside it.
  write(folder_ / "other.xml", un_list("2026-04-01", {"Marit Veshko"}));
  EXPECT_EQ(keep(folder_ / "other.xml").out, "Kept for later questions: other.xml\n");
  EXPECT_EQ(ask("Marit Veshko").status, 1);
  EXPECT_EQ(ask("Perrin Oldavast").status, 1);
}

// Two publishers call their lists consolidated.xml.
TEST_F(Screen, AListOfAnotherFormatKeepsTheOneOfItsName) {
  const std::string store = folder_ / "store", list = folder_ / "consolidated.xml";
  write(list, un_list("2026-03-01", {"Zorvan Quillmark"}));
  EXPECT_EQ(screen({"--store", store, "--keep", list}).status, 0);
  const auto sdn = [](const std::string& name) {
    return "<sdnList><sdnEntry><uid>1</uid><lastName>" + name + "</lastName></sdnEntry></sdnList>";
  };
  write(list, sdn("Ildiko Brantsova"));
  EXPECT_EQ(screen({"--store", store, "--keep", list}).out, "Kept for later questions: ofac-xml-consolidated.xml\n");
  EXPECT_EQ(screen({"--store", store, "Zorvan Quillmark"}).status, 1);
  EXPECT_EQ(screen({"--store", store, "Ildiko Brantsova"}).status, 1);
  write(list, sdn("Ildiko Brantsowa"));
  EXPECT_EQ(screen({"--store", store, "--keep", list}).out, "Kept for later questions: ofac-xml-consolidated.xml\n");
  // A kept list that was damaged does not keep its next version out.
  write(store + "/lists/consolidated.xml", "damaged");
  write(list, un_list("2026-05-01", {"Zorvan Quillmark"}));
  EXPECT_EQ(screen({"--store", store, "--keep", list}).status, 0);
  EXPECT_EQ(screen({"--store", store, "Zorvan Quillmark"}).status, 1);
}

}  // namespace
}  // namespace testudo::test
