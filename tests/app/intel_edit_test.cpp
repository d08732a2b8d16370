// What the desk enters by hand: what cannot be is refused, what will not act is said.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

using IntelEdit = IntelProgram;

TEST_F(IntelEdit, DatesAndCountsThatCannotBeAreRefused) {
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--valid-from", "2026-05-01", "--valid-until", "2026-05-01"},
        {"--valid-from", "2027-05-01", "--valid-until", "2026-05-01"},
        {"--first-seen", "2026-05-02", "--last-seen", "2026-05-01"}}) {
    std::vector<std::string> arguments{"add", "evil.test"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(intel(arguments).status, 2) << wrong[0];
  }
  ASSERT_EQ(intel({"add", "evil.test", "--first-seen", "2026-05-01", "--last-seen", "2026-05-01"}).status, 0);
  // A sighting that is still to come would keep the value from growing old.
  EXPECT_EQ(intel({"sight", "evil.test", "--at", "2999-01-01"}).status, 2);
  for (const char* count : {"0", "-1", "x"}) EXPECT_EQ(intel({"sight", "evil.test", "--count", count}).status, 2);
  EXPECT_EQ(intel({"sight", "evil.test", "--count", "3"}).status, 0);
}

TEST_F(IntelEdit, WhereThereIsNoStoreNoneIsMadeForNothing) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"retract", "evil.test", "--reason", "r"},
                                                    {"sight", "evil.test"},
                                                    {"rollback", "0"},
                                                    {"update", "--index", folder_ / "absent"}}) {
    EXPECT_EQ(intel(arguments).status, 2) << arguments[0];
    EXPECT_FALSE(std::filesystem::exists(folder_ / "store")) << arguments[0];
  }
}

TEST_F(IntelEdit, WhoEntersWhatEverybodyUsesIsTold) {
  const Ran added = intel({"add", "google.com", "evil.test", "10.0.0.1"});
  EXPECT_EQ(added.status, 0);
  EXPECT_EQ(added.err,
            "google.com: Not for block lists: a warning list names it.\n"
            "10.0.0.1: Ordinary software or networks use this value too.\n");
  EXPECT_EQ(intel({"add", "google.com", "--role", "benign"}).err, "");
}

TEST_F(IntelEdit, ADamagedStoreIsSaidInPlainWords) {
  ASSERT_EQ(intel({"add", "evil.test"}).status, 0);
  std::filesystem::resize_file(folder_ / "store/store.db", 9000);
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"list"}, {"stats"}, {"add", "b.test"}, {"rollback", "0"}}) {
    const Ran ran = intel(arguments);
    EXPECT_EQ(ran.status, 2) << arguments[0];
    EXPECT_NE(ran.err.find("store.db of this store is damaged"), std::string::npos) << arguments[0] << ran.err;
  }
}

}  // namespace
}  // namespace testudo::test
