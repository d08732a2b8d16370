// FeedReading with workers that die or say what they should not.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/worker/feed.h"
#include "app/worker/functions.h"
#include "app/worker/lint_frames.h"
#include "base/wire.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr auto head_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto end_frame = static_cast<std::uint8_t>(head_frame + 1);

void say_begin(FrameWriter& out, std::uint32_t job) {
  std::string head;
  WireOut(head).number(job).text("text").text("").number(std::uint64_t{1}).number(std::uint8_t{0});
  out.write(head_frame, head);
}

void say_one_feed(FrameWriter& out, std::uint32_t job) {
  say_begin(out, job);
  out.write(end_frame, "");
}

// What a file holds tells the worker what to do when it comes to it.
char first_octet(int fd) {
  char octet = 0;
  return ::pread(fd, &octet, 1, 0) == 1 ? octet : '\0';
}

void worker(std::string_view, std::span<const int> descriptors, FrameWriter& out) {
  bool dies_later = false, repeats = false;
  for (std::uint32_t job = 0; job < descriptors.size(); ++job) {
    const char what = first_octet(descriptors[job]);
    if (what == 'd') {
      say_begin(out, job);
      out.flush();
      ::_exit(1);
    }
    dies_later |= what == 'l';
    repeats |= what == 'r';
    say_one_feed(out, job);
  }
  write_finding(out, {"a", "", "same_feed", "", ""});
  if (repeats) say_one_feed(out, 0);
  out.flush();
  if (dies_later) ::_exit(1);
}

class Told : public FeedReceiver {
 public:
  bool takes_claims() const override { return false; }
  Result<FeedSink*> begin(const FeedArrival& head) override {
    said += "begin " + std::to_string(head.job) + "\n";
    return nullptr;
  }
  Result<void> end(const FeedArrival& head, const std::optional<Error>& wrong) override {
    said += (wrong ? wrong->what : "end") + " " + std::to_string(head.job) + "\n";
    return {};
  }
  std::string said;
};

class FeedReadingTest : public testing::Test {
 protected:
  FeedReadingTest() : folder_(testing::TempDir() + "/feed_reading." + std::to_string(::getpid())) {
    fs::create_directories(folder_);
  }
  ~FeedReadingTest() override { fs::remove_all(folder_); }

  // Reads files with these contents. What became of files and of the comparison is told last.
  std::string read(const std::vector<std::string>& contents, bool ahead = false) {
    const std::vector<WorkerFunction> functions(worker_functions().size(), worker);
    auto zygote = Zygote::start(functions);
    if (!zygote) return "no zygote";
    std::vector<FeedJob> jobs;
    for (const std::string& content : contents) {
      const std::string name = std::to_string(jobs.size());
      std::ofstream(folder_ + "/" + name) << content;
      jobs.push_back({.path = folder_ + "/" + name, .name = name});
    }
    Told told;
    const Descriptor no_warnings;
    const FeedCheck check{no_warnings, [&](const LintFinding& finding) { told.said += finding.defect + "\n"; }};
    FeedReading reading(*zygote, jobs, FeedReading::Claims::left, &check);
    if (ahead && !reading.begin()) return "not begun";
    const auto files = reading.files(told);
    told.said += files ? "files read\n" : files.error().what + "\n";
    const auto comparison = reading.comparison();
    return told.said + (comparison ? "compared" : comparison.error().what);
  }

 private:
  std::string folder_;
};

TEST_F(FeedReadingTest, AllGoesWell) {
  EXPECT_EQ(read({"a", "b"}), "begin 0\nend 0\nbegin 1\nend 1\nfiles read\nsame_feed\ncompared");
}

TEST_F(FeedReadingTest, TheFeedOnWhichAWorkerDiesFailsAlone) {
  EXPECT_EQ(read({"a", "d", "c"}),
            "begin 0\nend 0\nbegin 1\nfeed_reader_died 1\nbegin 2\nend 2\nfiles read\nsame_feed\ncompared");
}

TEST_F(FeedReadingTest, AfterADeathOnTheLastFeedNothingIsCompared) {
  EXPECT_EQ(read({"a", "d"}), "begin 0\nend 0\nbegin 1\nfeed_reader_died 1\nfiles read\ncompared");
}

TEST_F(FeedReadingTest, ADeathAfterTheLastFeedCostsTheComparisonOnly) {
  EXPECT_EQ(read({"l", "b"}), "begin 0\nend 0\nbegin 1\nend 1\nfiles read\nsame_feed\nfeed_compare_died");
}

TEST_F(FeedReadingTest, NoFeedBeginsAfterTheLast) {
  EXPECT_EQ(read({"r", "b"}), "begin 0\nend 0\nbegin 1\nend 1\nfiles read\nsame_feed\ncompared");
}

TEST_F(FeedReadingTest, WhatIsReadAheadIsToldTheSame) {
  EXPECT_EQ(read({"a", "d", "c"}, true), read({"a", "d", "c"}));
  EXPECT_EQ(read({}, true), read({}));
}

TEST_F(FeedReadingTest, NoFilesAreNoFault) { EXPECT_EQ(read({}), "files read\ncompared"); }

}  // namespace
}  // namespace testudo
