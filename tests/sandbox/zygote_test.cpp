// Workers: requests and descriptors in, frames out; a worker that dies or lies costs only itself.
#include "sandbox/zygote.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace testudo {
namespace {

constexpr auto own = static_cast<std::uint8_t>(FrameKind::first_own);

void echo(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  out.write(own, request);
  for (int fd : descriptors) out.write(own, read_all(fd, 1 << 20).value());
}
void die(std::string_view, std::span<const int>, FrameWriter& out) {
  out.write(own, "before");
  out.flush();
  ::abort();
}
void lie(std::string_view, std::span<const int>, FrameWriter& out) {
  out.flush();
  // A frame that claims far more than it holds.
  const std::string claim("\xff\xff\xff\x7f\x10", 5);
  for (int fd = 3; fd < 64; ++fd)
    if (::write(fd, claim.data(), claim.size()) > 0) {
    }
  ::_exit(0);
}
void large(std::string_view, std::span<const int>, FrameWriter& out) { out.write(own, std::string(3'000'000, 'x')); }
void hungry(std::string_view, std::span<const int>, FrameWriter& out) {
  void* got = ::mmap(nullptr, 8ULL << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  out.write(own, got == MAP_FAILED ? "refused" : "granted");
}
// Takes memory until there is none.
void greedy(std::string_view, std::span<const int>, FrameWriter& out) {
  out.write(own, "before");
  out.begin(own) += "half";
  std::vector<std::unique_ptr<char[]>> taken;
  for (;;) taken.push_back(std::make_unique_for_overwrite<char[]>(16 << 20));
}
void give_up(std::string_view, std::span<const int>, FrameWriter& out) {
  out.write(own, "before");
  out.fail(error(Fault::malformed, "its own reason", 7));
}
void variables(std::string_view request, std::span<const int>, FrameWriter& out) {
  const Descriptor file(::open("/proc/self/environ", O_RDONLY | O_CLOEXEC));
  std::string shown(1 << 20, '\0');
  const ssize_t got = ::read(file.get(), shown.data(), shown.size());
  const bool known = ::getenv(std::string(request).c_str()) != nullptr ||
                     std::string_view(shown).substr(0, got < 0 ? 0 : static_cast<std::size_t>(got)).find(request) !=
                         std::string_view::npos;
  out.write(own, known ? "known" : "unknown");
}
constexpr WorkerFunction functions[] = {echo, die, lie, large, hungry, give_up, variables, greedy};

std::vector<std::string> all_frames(Worker worker, bool* broken = nullptr) {
  std::vector<std::string> got;
  for (;;) {
    auto frame = worker.frames().next();
    if (!frame) {
      if (broken) *broken = true;
      return got;
    }
    if (!*frame) return got;
    got.push_back(std::to_string((*frame)->kind) + ":" + std::string((*frame)->payload));
  }
}

TEST(Zygote, RequestAndDescriptorsReachTheWorker) {
  auto zygote = Zygote::start(functions);
  ASSERT_TRUE(zygote);
  const Descriptor a = memory_file("a", as_bytes("first")).value();
  const Descriptor b = memory_file("b", as_bytes("second")).value();
  const int fds[] = {a.get(), b.get()};
  auto worker = zygote->run(0, "hello", fds);
  ASSERT_TRUE(worker);
  EXPECT_EQ(all_frames(std::move(*worker)), (std::vector<std::string>{"16:hello", "16:first", "16:second", "1:"}));
}

TEST(Zygote, ManyDescriptors) {
  auto zygote = Zygote::start(functions);
  std::vector<Descriptor> files;
  std::vector<int> fds;
  for (int i = 0; i < 300; ++i) {
    files.push_back(memory_file("f", as_bytes(std::to_string(i))).value());
    fds.push_back(files.back().get());
  }
  const auto frames = all_frames(zygote->run(0, "many", fds).value());
  ASSERT_EQ(frames.size(), 302U);
  EXPECT_EQ(frames[300], "16:299");
}

TEST(Zygote, DeadWorkerKeepsItsFramesAndOthersGoOn) {
  auto zygote = Zygote::start(functions);
  EXPECT_EQ(all_frames(zygote->run(1, "", {}).value()), (std::vector<std::string>{"16:before"}));
  EXPECT_EQ(all_frames(zygote->run(0, "still here", {}).value()).front(), "16:still here");
}

TEST(Zygote, EachFrameIsTakenAndTheFirstErrorEndsIt) {
  auto zygote = Zygote::start(functions);
  std::vector<std::string> taken;
  const auto run = [&](std::uint16_t function, std::string_view refused) {
    taken.clear();
    Worker worker = zygote->run(function, "hello", {}).value();
    const auto done = worker.each_frame(error(Fault::internal, "died"), [&](const Frame& frame) -> Result<void> {
      taken.emplace_back(frame.payload);
      if (frame.payload == refused) return error(Fault::limit, "refused");
      return {};
    });
    return done ? "done" : done.error().what;
  };
  EXPECT_EQ(run(0, ""), "done");
  EXPECT_EQ(taken, std::vector<std::string>{"hello"});
  EXPECT_EQ(run(0, "hello"), "refused");
  EXPECT_EQ(run(1, ""), "died");
  EXPECT_EQ(taken, std::vector<std::string>{"before"});
  EXPECT_EQ(run(5, ""), "its own reason");
  EXPECT_EQ(taken, std::vector<std::string>{"before"});
}

// A password may stand in one.
TEST(Zygote, TheVariablesOfTheParentStayThere) {
  ASSERT_NE(::getenv("PATH"), nullptr);
  auto zygote = Zygote::start(functions);
  EXPECT_EQ(all_frames(zygote->run(6, "PATH", {}).value()).front(), "16:unknown");
  EXPECT_NE(::getenv("PATH"), nullptr);
}

TEST(Zygote, NoRoomForAWorkerIsSaidInOneWord) {
  auto zygote = Zygote::start(functions);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{3, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  const auto refused = zygote->run(0, "", {});
  ::setrlimit(RLIMIT_NOFILE, &before);
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(lacks_resources(refused.error())) << refused.error().what;
}

TEST(Zygote, LyingFrameIsRefused) {
  auto zygote = Zygote::start(functions);
  bool broken = false;
  all_frames(zygote->run(2, "", {}).value(), &broken);
  EXPECT_TRUE(broken);
}

TEST(Zygote, FramesLargerThanTheBuffer) {
  auto zygote = Zygote::start(functions);
  const auto frames = all_frames(zygote->run(3, "", {}).value());
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].size(), 3'000'003U);
}

TEST(Zygote, MemoryLimitHolds) {
  if constexpr (!worker_memory_is_limited) GTEST_SKIP() << "sanitizers reserve address space of their own";
  auto zygote = Zygote::start(functions);
  EXPECT_EQ(all_frames(zygote->run(4, "", {}).value()).front(), "16:refused");
}

// A limit of the program, as `ulimit -v` sets it, is not the fault of what was read; the worker's own may be.
TEST(Zygote, AWorkerWithoutMemoryPassesOnWhatItHasAndSaysWhy) {
  if constexpr (!worker_memory_is_limited) GTEST_SKIP() << "sanitizers reserve address space of their own";
  const auto reason = [](Zygote& zygote, std::uint64_t memory) {
    std::string before;
    Worker worker = zygote.run(7, "", {}, {.memory = memory}).value();
    const auto done = worker.each_frame(error(Fault::internal, "died"), [&](const Frame& frame) -> Result<void> {
      before = frame.payload;
      return {};
    });
    EXPECT_EQ(before, "before");
    return done ? error(Fault::internal, "done") : done.error();
  };
  auto free = Zygote::start(functions);
  const Error of_order = reason(*free, 1U << 30);
  EXPECT_EQ(of_order.fault, Fault::limit);
  EXPECT_FALSE(lacks_resources(of_order)) << of_order.what;
  const int pid = ::fork();  // no hard limit can be raised again
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    const rlimit less{1U << 30, 1U << 30};
    ::setrlimit(RLIMIT_AS, &less);
    auto bounded = Zygote::start(functions);
    ::_exit(lacks_resources(reason(*bounded, 2ULL << 30)) ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

TEST(Zygote, UnknownFunctionIsAnError) {
  auto zygote = Zygote::start(functions);
  EXPECT_FALSE(zygote->run(99, "", {}));
}

}  // namespace
}  // namespace testudo
