// Screening: building an index over 100 000 invented entities, asking it for listed names, misspelled names, strangers
// and common names, and matching pairs. Counters: microseconds of processor time at the 50th and 99th percentile, hits.
#include <benchmark/benchmark.h>
#include <ctime>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "intel/screen/entity_index.h"

namespace testudo {
namespace {

constexpr std::size_t entities = 100'000;

// Given names are drawn with the first much likelier than the last, as they are in lists.
constexpr const char* given_names[] = {
    "Mohammad", "Ahmad", "Ali",   "Hassan", "Hussein", "Abdullah", "Sergey",  "Vladimir", "Ibrahim", "Alexander",
    "Khalid",   "Omar",  "Yusuf", "Dmitry", "Andrei",  "Mikhail",  "Nikolai", "Igor",     "Kim",     "Ri",
    "Pak",      "Jong",  "Chol",  "Song",   "Juan",    "Jose",     "Carlos",  "Luis",     "Maria",   "Wei",
    "Li",       "Zhang", "Wang",  "John",   "David",   "Michael",  "Robert",  "James",    "Reza",    "Mahmoud"};
constexpr const char* forms[] = {
    "LLC",     "OOO",         "JSC", "Ltd", "GmbH", "S.A.", "Co., Ltd.", "Trading Company", "International Group",
    "Holding", "Shipping Co", "Bank"};
// Frequent names of the US and the UK (public counts of the Census Bureau and the Office for National Statistics).
constexpr const char* common_first[] = {
    "James",       "Mary",    "Robert",  "Patricia", "John",    "Jennifer", "Michael", "Linda", "David",   "Elizabeth",
    "William",     "Barbara", "Richard", "Susan",    "Joseph",  "Jessica",  "Thomas",  "Sarah", "Charles", "Karen",
    "Christopher", "Lisa",    "Daniel",  "Nancy",    "Matthew", "Oliver",   "George",  "Harry", "Emily",   "Sophie"};
constexpr const char* common_last[] = {
    "Smith",  "Johnson", "Williams", "Brown",  "Jones",  "Garcia",   "Miller", "Davis",  "Wilson", "Anderson",
    "Taylor", "Moore",   "Jackson",  "Martin", "Lee",    "Thompson", "White",  "Harris", "Clark",  "Lewis",
    "Walker", "Hall",    "Young",    "King",   "Wright", "Patel",    "Evans",  "Hughes", "Green",  "Turner"};

class Names {
 public:
  Names() : random_(7) {
    for (int i = 0; i < 15000; ++i) families_.push_back(word(2 + random_() % 2));
    for (int i = 0; i < 1500; ++i) rare_.push_back(word(2));
  }
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  template <std::size_t N>
  const char* pick(const char* const (&from)[N]) {
    return from[below(N)];
  }
  std::string word(std::uint64_t syllables) {
    constexpr const char* onsets[] = {"b", "d", "f", "g", "h",  "k",  "l",  "m",  "n",  "p",  "r",
                                      "s", "t", "v", "z", "kh", "sh", "ch", "zh", "dr", "st", "gr"};
    constexpr const char* vowels[] = {"a", "e", "i", "o", "u", "a", "o", "ai", "ou"};
    std::string made;
    for (std::uint64_t i = 0; i < syllables; ++i) made += std::string(pick(onsets)) + pick(vowels);
    if (below(2) == 0) made += pick(onsets);
    made[0] = static_cast<char>(made[0] - 32);
    return made;
  }
  std::string given() {
    if (below(3) == 0) return rare_[below(rare_.size())];
    return given_names[std::min<std::uint64_t>(39, below(40) * below(40) / 39)];
  }
  std::string person() {
    return given() + (below(2) == 0 ? " " + given() : "") + " " + families_[std::min(below(15000), below(15000))];
  }
  std::string company() { return word(2) + " " + (below(2) == 0 ? word(2) + " " : "") + pick(forms); }

 private:
  std::mt19937_64 random_;
  std::vector<std::string> families_, rare_;
};

struct Listed {
  EntityIndex index;
  std::vector<std::string> names;
};

std::unique_ptr<Listed> make_listed(Names& names) {
  auto made = std::make_unique<Listed>();
  for (std::size_t i = 0; i < entities; ++i) {
    ScreenEntity entity;
    entity.id = std::to_string(i);
    entity.list = "bench";
    entity.countries = {"ru"};
    const bool person = names.below(10) < 6;
    entity.schema = person ? "Person" : names.below(4) == 0 ? "LegalEntity" : "Company";
    for (std::uint64_t n = 1 + names.below(3); n > 0; --n)
      entity.names.push_back({person ? names.person() : names.company(), false});
    made->names.push_back(entity.names[0].text);
    made->index.add(std::move(entity));
  }
  made->index.finish();
  return made;
}

Names& shared_names() {
  static Names names;
  return names;
}
Listed& shared_list() {
  static const std::unique_ptr<Listed> list = make_listed(shared_names());
  return *list;
}

double megabytes() {
  long pages = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * 4096 / 1e6;
}
double processor_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

void build_index(benchmark::State& state) {
  load_name_tables();
  const double before = megabytes();
  for (auto _ : state) benchmark::DoNotOptimize(shared_list().index.size());
  state.counters["MB"] = megabytes() - before;
}
BENCHMARK(build_index)->Iterations(1)->Unit(benchmark::kMillisecond);

enum Question : std::int64_t { listed, misspelled, stranger, common };

std::string question(Names& names, std::int64_t kind) {
  if (kind == stranger) return names.person();
  if (kind == common) return std::string(names.pick(common_first)) + " " + names.pick(common_last);
  std::string name = shared_list().names[names.below(entities)];
  if (kind == misspelled && name.size() > 6) name.erase(3 + names.below(name.size() - 4), 1);
  return name;
}

void ask(benchmark::State& state) {
  Names& names = shared_names();
  EntitySearcher searcher(shared_list().index);
  std::vector<double> times;
  std::size_t answered = 0, hits = 0;
  for (auto _ : state) {
    const std::string name = question(names, state.range(0));
    const double started = processor_microseconds();
    const std::vector<ScreenHit> found = searcher.find(name);
    times.push_back(processor_microseconds() - started);
    answered += !found.empty();
    hits += found.size();
  }
  std::sort(times.begin(), times.end());
  state.counters["p50_us"] = times[times.size() / 2];
  state.counters["p99_us"] = times[times.size() * 99 / 100];
  state.counters["answered"] = static_cast<double>(answered) / static_cast<double>(times.size());
  state.counters["hits"] = static_cast<double>(hits) / static_cast<double>(times.size());
}
BENCHMARK(ask)
    ->Arg(listed)
    ->Arg(misspelled)
    ->Arg(stranger)
    ->Arg(common)
    ->ArgName("question")
    ->Iterations(3000)
    ->Unit(benchmark::kMicrosecond);

void match_pair(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(match_names("Ivan Petrovich Testov", "Testof, Iwan", NameMode::person).evidence);
}
BENCHMARK(match_pair);

}  // namespace
}  // namespace testudo
