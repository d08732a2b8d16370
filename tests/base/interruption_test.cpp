// What is left of files that were not finished: nothing, in whatever way the program ends.
#include "base/interruption.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/unfinished_file.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

class Unfinished : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/testudo-unfinished-XXXXXX";
    root_ = ::mkdtemp(name);
  }
  void TearDown() override { fs::remove_all(root_); }
  std::string path(const std::string& name) const { return root_ + "/" + name; }
  UnfinishedFile file(const std::string& name) const {
    std::ofstream(path(name)) << "half";
    return UnfinishedFile(path(name));
  }
  UnfinishedFile folder(const std::string& name) const {
    fs::create_directory(path(name));
    return UnfinishedFile(path(name));
  }
  std::string root_;
};

TEST_F(Unfinished, GoesUnlessItIsKept) {
  {
    const UnfinishedFile out = folder("out"), lost = file("out/a");
    UnfinishedFile moved = file("b"), kept = file("c");
    const UnfinishedFile taker = std::move(moved);
    kept.keep();
    EXPECT_EQ(kept.path(), "");
  }
  EXPECT_FALSE(fs::exists(path("out")));
  EXPECT_FALSE(fs::exists(path("b")));
  EXPECT_TRUE(fs::exists(path("c")));
  {
    const UnfinishedFile out = folder("out");
    std::ofstream(path("out/letter")) << "of somebody else";
  }
  EXPECT_TRUE(fs::exists(path("out/letter")));
}

TEST_F(Unfinished, MovesToAFreeNameAlone) {
  std::ofstream(path("taken")) << "of somebody else";
  fs::create_symlink(path("nowhere"), path("link"));
  {
    UnfinishedFile unfinished = file("a");
    EXPECT_EQ(unfinished.move_to(path("taken")).error().what, "file_exists");
    EXPECT_EQ(unfinished.move_to(path("link")).error().what, "file_exists");
    EXPECT_EQ(unfinished.path(), path("a"));
    ASSERT_TRUE(unfinished.move_to(path("b")).ok());
    EXPECT_TRUE(fs::exists(path("b")));
  }
  EXPECT_FALSE(fs::exists(path("b"))) << "as unfinished as before";
  EXPECT_TRUE(fs::exists(path("taken")));
}

using UnfinishedDeathTest = Unfinished;

TEST_F(UnfinishedDeathTest, GoesWhenASignalEndsTheProgram) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EXIT(
        {
          std::signal(number, SIG_DFL);  // which what starts the tests may ignore
          const Interruption interruption("stopped before it was done");
          const UnfinishedFile out = folder("out");
          const UnfinishedFile lost = file("out/a");
          UnfinishedFile kept = file("kept");
          kept.keep();
          ::kill(::getpid(), number);
          for (;;) ::pause();
        },
        testing::KilledBySignal(number), "^stopped before it was done\n$");
    EXPECT_FALSE(fs::exists(path("out")));
    EXPECT_TRUE(fs::exists(path("kept")));
  }
}

// Steps that count together are not torn apart, and nothing false is said of them.
TEST_F(UnfinishedDeathTest, WaitsForWhatIsHeld) {
  EXPECT_EXIT(
      {
        const Interruption interruption("stopped before it was done");
        UnfinishedFile one = file("one");
        UnfinishedFile two = file("two");
        {
          const EndHeld held;
          one.keep();
          ::kill(::getpid(), SIGTERM);
          ::usleep(50'000);
          two.keep();
        }
        for (;;) ::pause();
      },
      testing::KilledBySignal(SIGTERM), "^$");
  EXPECT_TRUE(fs::exists(path("one")));
  EXPECT_TRUE(fs::exists(path("two")));
}

TEST_F(UnfinishedDeathTest, ASignalThatIsIgnoredStaysSo) {
  EXPECT_EXIT(
      {
        std::signal(SIGHUP, SIG_IGN);
        {
          const Interruption interruption("stopped before it was done");
          UnfinishedFile one = file("one");
          ::kill(::getpid(), SIGHUP);
          ::usleep(50'000);
          one.keep();
        }
        ::_exit(7);
      },
      testing::ExitedWithCode(7), "^$");
  EXPECT_TRUE(fs::exists(path("one")));
}

}  // namespace
}  // namespace testudo
