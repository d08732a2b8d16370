// The command line: what reaches an action, and what is refused before one runs.
#include "app/verb/command_line.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "app/program.h"

namespace testudo::test {
namespace {

// desk take THINGS: one option of each kind.
struct Desk {
  Desk() {
    Verb desk = line.program().add_group("desk");
    desk.option("--where", where);
    Verb take = desk.add_verb("take", [this] {
      ++runs;
      if (things[0] == "throw") throw std::runtime_error("thrown");
      return 7;
    });
    take.option("things", things).required();
    take.option("--note", note);
    take.option("--count", count).range(1UL, 9UL);
    take.option("--share", share).range(0.0, 1.0);
    take.option("--trust", trust).range(0, 100);
    take.option("--as", as).one_of({"this", "that"});
    take.flag("--fast", fast);
    desk.add_verb("give", [] { return 0; });
  }
  // The exit status, with what was said in `err`.
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "testudo");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    testing::internal::CaptureStderr();
    const int status = line.run(static_cast<int>(argv.size()), argv.data());
    err = testing::internal::GetCapturedStderr();
    return status;
  }

  CommandLine line{"testudo", "1.2.3"};
  std::string where, as, err;
  std::vector<std::string> things;
  std::optional<std::string> note;
  std::optional<std::uint8_t> trust;
  std::uint64_t count = 4;
  double share = 0.5;
  bool fast = false;
  int runs = 0;
};

TEST(CommandLine, ActionRunsOnceWithWhatWasGiven) {
  Desk desk;
  EXPECT_EQ(desk.run({"desk", "take", "a", "b", "--count", "9", "--trust", "100", "--as", "that", "--fast", "--where",
                      "behind the verb"}),
            7);
  EXPECT_EQ(desk.runs, 1);
  EXPECT_EQ(desk.things, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(desk.count, 9U);
  EXPECT_EQ(desk.trust, 100);
  EXPECT_EQ(desk.as, "that");
  EXPECT_TRUE(desk.fast);
  EXPECT_EQ(desk.where, "behind the verb");
  EXPECT_EQ(desk.note, std::nullopt);
  EXPECT_EQ(desk.share, 0.5);
  EXPECT_EQ(desk.err, "");
}

TEST(CommandLine, WhatIsWrongIsSaidAndNothingRuns) {
  const std::pair<std::vector<std::string>, std::string> calls[] = {
      {{}, "`testudo` needs one more word, which says what to do: desk"},
      {{"desk"}, "`testudo desk` needs one more word, which says what to do: take, give"},
      {{"dekc", "take", "a"}, "`testudo dekc` is no command. These are: desk"},
      {{"desk", "tkae", "a"}, "`testudo desk tkae` is no command. These are: take, give"},
      {{"desk", "tkae", "--help"}, "`testudo desk tkae` is no command. These are: take, give"},
      {{"desk", "--where", "there", "tk\x1b[ae"}, "`testudo desk tk\\x1b[ae` is no command. These are: take, give"},
      {{"desk", "--wher", "there"},
       "`testudo desk` does not take: --wher there. `testudo desk --help` says what it takes."},
      {{"desk", "take"},
       "`testudo desk take` needs `things`, which is missing. `testudo desk take --help` says what it takes."},
      {{"desk", "take", "a", "--count"}, "--count needs a value behind it."},
      {{"desk", "take", "a", "--count", "10"}, "--count: Value 10 not in range 1 to 9"},
      {{"desk", "take", "a", "--share", "1.5"}, "--share: Value 1.5 not in range 0.000000 to 1.000000"},
      {{"desk", "take", "a", "--trust", "-1"}, "--trust: Value -1 not in range 0 to 100"},
      {{"desk", "take", "a", "--as", "other"}, "--as: other not in {this,that}"},
      {{"desk", "take", "a", "--no\x1bne"},
       "`testudo desk take` does not take: --no\\x1bne. `testudo desk take --help` says what it takes."},
  };
  for (const auto& [arguments, sentence] : calls) {
    Desk desk;
    EXPECT_EQ(desk.run(arguments), 2);
    EXPECT_EQ(desk.err, "testudo: " + sentence + "\n");
    EXPECT_EQ(desk.runs, 0);
  }
}

TEST(CommandLine, HelpThatCannotBeWrittenIsAnError) {
  const Folder folder;
  const std::string program = std::string(TESTUDO_BINARY_DIR) + "/testudo ";
  for (const char* arguments : {"--version", "--help", "check --help", "--lang en --version"})
    for (const char* sink : {" > /dev/full 2> ", " >&- 2> "}) {
      const int status = std::system((program + arguments + sink + (folder / "err")).c_str());
      EXPECT_EQ(WEXITSTATUS(status), 2) << arguments << sink;
      EXPECT_NE(read_file(folder / "err").find("standard output"), std::string::npos) << arguments << sink;
    }
  EXPECT_EQ(test::run("testudo", {"case", "--help"}).status, 0);
}

TEST(CommandLine, NoVerbIsSilentAboutALanguageThatIsNone) {
  for (const std::vector<std::string>& verb :
       {std::vector<std::string>{"check", "/nothing"}, {"intel", "list"}, {"case", "list", "/nothing"}}) {
    std::vector<std::string> arguments{"--lang", "x\x1bx"};
    arguments.insert(arguments.end(), verb.begin(), verb.end());
    const Ran ran = test::run("testudo", arguments);
    EXPECT_EQ(ran.status, 2) << verb[0];
    EXPECT_EQ(ran.err, "testudo: There are no sentences in the language `x\\x1bx`, but in these: en.\n") << verb[0];
  }
}

TEST(CommandLine, ActionThatThrowsIsAnError) {
  Desk desk;
  EXPECT_EQ(desk.run({"desk", "take", "throw"}), 2);
  EXPECT_EQ(desk.err, "testudo: thrown\n");
}

}  // namespace
}  // namespace testudo::test
