// Where the computer gives no more memory or threads, the program says so: one sentence, whichever thread it was.
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <new>
#include <system_error>
#include <thread>

#include "app/verb/verb.h"
#include "base/unfinished_file.h"

namespace testudo {
namespace {

constexpr const char* sentence = "testudo: This computer, or a limit set for this program, allows no more ";

int run_throwing(const std::function<void()>& action) {
  auto zygote = Zygote::start({});
  VerbContext context{*zygote};
  return run_action(context, [&](const Catalogue&) -> Result<int> {
    action();
    return exit_done;
  });
}

TEST(NoResources, OfTheFirstThreadIsASentence) {
  for (const bool memory : {true, false}) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_throwing([&] {
                if (memory) throw std::bad_alloc();
                throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
              }),
              exit_failed);
    EXPECT_TRUE(testing::internal::GetCapturedStderr().starts_with(sentence)) << memory;
  }
}

TEST(NoResourcesDeathTest, OfAnotherThreadIsTheSameAndLeavesNothing) {
  const std::string path = testing::TempDir() + "unfinished_of_a_thread";
  const auto end = [&] {
    run_throwing([&] {
      const UnfinishedFile file(path);
      std::fclose(std::fopen(path.c_str(), "w"));
      std::thread([] { throw std::bad_alloc(); }).join();
    });
  };
  EXPECT_EXIT(end(), testing::ExitedWithCode(exit_failed), sentence);
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
}

// A defect of ours is not called a lack of memory.
TEST(NoResourcesDeathTest, OtherExceptionsOfAThreadAreDefects) {
  EXPECT_EXIT(run_throwing([] { std::thread([] { throw 1; }).join(); }), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace testudo
