// Indicators: loading and compiling feeds, opening an image, look-ups that meet and that do not, at 10 thousand and at
// 1 million values. Real feeds are read where they are present; the other values are invented.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <random>

#include "base/host.h"
#include "intel/feed.h"
#include "intel/indicator_store.h"
#include "intel/matcher.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

struct File {
  std::string name, content;
};

// Every file of the folder of indicators, in memory: reading them is not what is measured.
const std::vector<File>& feed_files() {
  static const std::vector<File> files = [] {
    const char* set = std::getenv("TESTUDO_SHARED_DATA");
    const fs::path folder =
        (set != nullptr ? fs::path(set) : fs::path(TESTUDO_SOURCE_DIR) / "../shared/data") / "indicators";
    std::vector<File> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      found.push_back({entry.path().string(), {std::istreambuf_iterator<char>(in), {}}});
    }
    return found;
  }();
  return files;
}

void load_and_compile_real_feeds(benchmark::State& state) {
  if (feed_files().empty()) return state.SkipWithError("no indicators in the shared data");
  load_host_tables();
  std::size_t bytes = 0, indicators = 0;
  for (auto _ : state) {
    IndicatorSet set;
    bytes = 0;
    for (const File& file : feed_files()) {
      bytes += file.content.size();
      benchmark::DoNotOptimize(set.add_stix(file.name, file.content).ok());
    }
    const std::string image = set.compile();
    benchmark::DoNotOptimize(Matcher::open(as_bytes(image)).ok());
    indicators = set.size();
  }
  state.counters["files"] = static_cast<double>(feed_files().size());
  state.counters["MB"] = static_cast<double>(bytes) / 1e6;
  state.counters["indicators"] = static_cast<double>(indicators);
}
BENCHMARK(load_and_compile_real_feeds)->Unit(benchmark::kMillisecond);

std::string host_name(std::uint64_t i) {
  const std::uint64_t mixed = (i + 1) * 0x9E3779B97F4A7C15;
  std::string name;
  for (int k = 0; k < 12; ++k) name.push_back(static_cast<char>('a' + (mixed >> (k * 5)) % 26));
  return name + std::to_string(i % 100) + (i % 3 == 0 ? ".com" : ".net");
}
std::string stix_id(std::uint64_t i) {
  const std::string digits = std::to_string(1000000000000 + i);
  return "indicator--00000000-0000-4000-8000-" + digits.substr(digits.size() - 12);
}

std::string image_of(std::uint64_t count) {
  IndicatorSet set;
  for (std::uint64_t i = 0; i < count; ++i) set.add(Kind::host, host_name(i), {"feed", "threat", stix_id(i)});
  return set.compile();
}
const std::string& kept_image(std::uint64_t count) {
  static std::map<std::uint64_t, std::string> images;
  std::string& image = images[count];
  if (image.empty()) image = image_of(count);
  return image;
}

void add_and_compile(benchmark::State& state) {
  load_host_tables();
  std::size_t size = 0;
  for (auto _ : state) {
    const std::string image = image_of(static_cast<std::uint64_t>(state.range(0)));
    size = image.size();
  }
  struct rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["image_MB"] = static_cast<double>(size) / 1e6;
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1e3;
}
BENCHMARK(add_and_compile)->Arg(10'000)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);

// Values whose normal form is known, as an intelligence store gives them.
void compile_normalised(benchmark::State& state) {
  std::vector<NormalisedIndicator> values;
  for (std::int64_t i = 0; i < state.range(0); ++i)
    values.push_back({Kind::host, host_name(static_cast<std::uint64_t>(i))});
  for (auto _ : state) {
    IndicatorStore store;
    std::uint64_t number = 0;
    for (const NormalisedIndicator& value : values) store.add(value, {"feed", "threat", stix_id(number++)});
    benchmark::DoNotOptimize(write_image(store).size());
  }
}
BENCHMARK(compile_normalised)->Arg(1'000'000)->Iterations(3)->Unit(benchmark::kMillisecond);

void open_image(benchmark::State& state) {
  const std::string& image = kept_image(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Matcher::open(as_bytes(image)).ok());
}
BENCHMARK(open_image)->Arg(10'000)->Arg(1'000'000);

// What one read costs that the processor cannot foresee, in memory of the size that a look-up of a listed host reaches
// into among ten thousand and among a million: the yardstick for the difference between the two.
void read_of_memory(benchmark::State& state) {
  std::vector<std::uint32_t> next(static_cast<std::size_t>(state.range(0)) / sizeof(std::uint32_t));
  std::iota(next.begin(), next.end(), 0U);
  std::mt19937 draw(5);
  // One cycle through all of it (Sattolo), so that no read is repeated.
  for (std::size_t i = next.size() - 1; i > 0; --i) std::swap(next[i], next[draw() % i]);
  std::uint32_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(at = next[at]);
}
BENCHMARK(read_of_memory)->Arg(280'000)->Arg(28'000'000);

enum Question : std::int64_t { listed, below, strange };

std::vector<std::string> hosts_asked_for(std::uint64_t count, std::int64_t question) {
  std::vector<std::string> questions;
  for (std::uint64_t i = 0; i < 65536; ++i) {
    const std::uint64_t which = i * 7919 % count;
    questions.push_back(question == listed  ? host_name(which)
                        : question == below ? "www.cdn." + host_name(which)
                                            : "www." + host_name(which + 10'000'000));
  }
  return questions;
}

void find_host(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  const Matcher matcher = Matcher::open(as_bytes(kept_image(count))).value();
  const std::vector<std::string> questions = hosts_asked_for(count, state.range(1));
  std::vector<Match> out;
  std::size_t i = 0, met = 0;
  for (auto _ : state) {
    out.clear();
    matcher.find(Kind::host, questions[i++ & 65535], out);
    met += out.size();
  }
  state.counters["met"] = static_cast<double>(met) / static_cast<double>(state.iterations());
}
BENCHMARK(find_host)
    ->ArgsProduct({{10'000, 1'000'000}, {listed, below, strange}})
    ->ArgNames({"indicators", "question"});

// The same where other work goes on between the look-ups, as in a check, which reads evidence between any two: what the
// last one left in the caches and in the table of pages is gone, whatever the size of the set.
void find_host_between_other_work(benchmark::State& state) {
  constexpr std::size_t asked_at_once = 16, other_memory = 64 << 20, line = 64;
  const auto count = static_cast<std::uint64_t>(state.range(0));
  const Matcher matcher = Matcher::open(as_bytes(kept_image(count))).value();
  const std::vector<std::string> questions = hosts_asked_for(count, state.range(1));
  const std::vector<char> evidence(other_memory, 'e');
  std::vector<Match> out;
  std::size_t next = 0;
  for (auto _ : state) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < evidence.size(); i += line) sum += static_cast<unsigned char>(evidence[i]);
    benchmark::DoNotOptimize(sum);
    std::array<std::string, asked_at_once> read;  // what is asked for has just been read
    for (std::string& host : read) host = questions[next++ & 65535];
    out.clear();
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& host : read) matcher.find(Kind::host, host, out);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(took.count() / asked_at_once);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(find_host_between_other_work)
    ->ArgsProduct({{10'000, 1'000'000}, {listed, below, strange}})
    ->ArgNames({"indicators", "question"})
    ->UseManualTime()
    ->Iterations(300);

void find_path(benchmark::State& state) {
  IndicatorSet set;
  for (int i = 0; i < 10'000; ++i) set.add(Kind::path, "/private/var/tmp/" + std::to_string(i), {"feed", "", ""});
  const std::string image = set.compile();
  const Matcher matcher = Matcher::open(as_bytes(image)).value();
  std::vector<Match> out;
  for (auto _ : state) {
    out.clear();
    matcher.find(Kind::path, "/private/var/mobile/Library/Preferences/com.example.app.plist", out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(find_path);

}  // namespace
}  // namespace testudo
