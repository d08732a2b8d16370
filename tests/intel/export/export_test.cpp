// Every format of the standard store, to the octet: tests/intel/export/cases. TESTUDO_UPDATE_CASES=1 rewrites them.
#include <algorithm>

#include "intel/export/export_fixture.h"
#include "intel/export/stix_paths_out.h"
#include "intel/export/suricata_sids.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

using test::exported;
using test::Exported;
using test::ExportFolder;
using test::listed;
using test::standard_request;
using test::standard_source;
using test::VectorSource;
using Counts = std::map<std::string, std::uint64_t>;

class EveryFormat : public testing::TestWithParam<std::string> {};

TEST_P(EveryFormat, is_written_as_expected) {
  const std::string path = std::string(TESTUDO_SOURCE_DIR) + "/tests/intel/export/cases/" + GetParam() + ".expected";
  const Exported made = exported(GetParam(), standard_source());
  if (std::getenv("TESTUDO_UPDATE_CASES") != nullptr) std::ofstream(path, std::ios::binary) << made.text;
  EXPECT_EQ(made.text, test::slurp(path));
}

TEST_P(EveryFormat, is_the_same_twice) {
  const ExportFolder folder;
  const Exported first = exported(GetParam(), standard_source(), standard_request(), folder / "out.txt");
  const Exported second = exported(GetParam(), standard_source(), standard_request(), folder / "out.txt");
  EXPECT_EQ(first.text, second.text);
  EXPECT_EQ(first.summary.withheld, second.summary.withheld);
}

TEST_P(EveryFormat, counts_everything) {
  const VectorSource source = standard_source();
  const Exported made = exported(GetParam(), source);
  std::uint64_t all = made.summary.written;
  for (const auto& [why, count] : made.summary.withheld) all += count;
  EXPECT_EQ(all, source.indicators.size() + source.patterns.size());
}

TEST_P(EveryFormat, keeps_what_is_red_unless_asked) {
  for (const Tlp audience : {Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red}) {
    ExportRequest request = standard_request();
    request.audience = audience;
    const Exported made = exported(GetParam(), standard_source(), request);
    const bool block = find_export_format(GetParam())->use == ExportFormat::Use::block_list;
    const auto has = [&](std::string_view name) { return made.text.find(name) != std::string::npos; };
    EXPECT_FALSE((audience != Tlp::red || block) && has("secret.test"));
    EXPECT_FALSE(audience < Tlp::amber_strict && has("partners.test"));
    for (const char* name : {"newspaper.test", "library.test", "withdrawn.test", "old.test", "bit.ly", "192.168.1.1"})
      EXPECT_FALSE(block && has(name)) << name;
  }
}

TEST_P(EveryFormat, of_an_empty_store_is_whole) {
  const Exported made = exported(GetParam(), {});
  EXPECT_EQ(made.summary.written, 0U);
  EXPECT_TRUE(made.summary.withheld.empty());
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ExportFormat& format : export_formats()) all.emplace_back(format.name);
  return all;
}
INSTANTIATE_TEST_SUITE_P(Export, EveryFormat, testing::ValuesIn(names()), [](const auto& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Export, block_lists_say_how_much_they_withhold) {
  const Exported made = exported("hosts", standard_source());
  EXPECT_EQ(made.summary.written, 2U);
  EXPECT_EQ(made.summary.withheld, (Counts{{"benign", 1},
                                           {"expired", 1},
                                           {"generic", 1},
                                           {"kind", 21},
                                           {"pattern", 2},
                                           {"revoked", 1},
                                           {"shared_platform", 1},
                                           {"tlp", 3},
                                           {"victim", 1}}));
  EXPECT_NE(made.text.find("# Withheld, victim: 1\n"), std::string::npos);
}

TEST(Export, exchange_carries_roles_and_markings_that_were_asked_for) {
  ExportRequest request = standard_request();
  request.audience = Tlp::red;
  const std::string text = exported("csv", standard_source(), request).text;
  EXPECT_NE(text.find("\"host\",\"newspaper.test\",\"\",\"victim\""), std::string::npos);
  EXPECT_NE(text.find("\"host\",\"secret.test\",\"\",\"unstated\",\"red\""), std::string::npos);
}

// What no format carries is counted by those that are for exchange.
TEST(Export, other_objects_of_feeds_are_counted_as_left_out) {
  class WithObjects : public VectorSource {
   public:
    Result<std::uint64_t> other_objects() override { return std::uint64_t{17}; }
  };
  for (const ExportFormat& format : export_formats()) {
    const ExportFolder folder;
    WithObjects source;
    const Result<ExportSummary> made = write_export(format, standard_request(), source, folder / "out");
    ASSERT_TRUE(made.ok()) << format.name;
    const bool exchange = format.use == ExportFormat::Use::exchange;
    EXPECT_EQ(made->withheld, exchange ? (Counts{{"object", 17}}) : Counts{}) << format.name;
  }
}

TEST(Export, context_alone_is_never_blocked_and_takes_nothing_from_others) {
  VectorSource source;
  source.indicators.push_back(test::with_role(listed(Kind::host, "beside.test"), Role::context));
  source.indicators.push_back(test::with_role(listed(Kind::host, "both.test"), Role::context));
  source.indicators.back().claims.push_back(test::claim("feed-b"));
  const std::string text = exported("hosts", source).text;
  EXPECT_EQ(text.find("beside.test"), std::string::npos);
  EXPECT_NE(text.find("0.0.0.0 both.test\n"), std::string::npos);
  const std::string table = exported("csv", source).text;
  EXPECT_NE(table.find("\"beside.test\",\"\",\"context\""), std::string::npos) << table;
  EXPECT_NE(table.find("\"both.test\",\"\",\"unstated\""), std::string::npos) << table;
}

TEST(Export, ids_of_observables_are_those_of_the_specification) {
  // Worked out with Python's uuid.uuid5 over {"value":"…"}.
  const auto id = [](Kind kind, const char* value, const char* shown = "") {
    StoredIndicator indicator = listed(kind, value);
    indicator.shown = shown;
    return stix_observable_of(indicator)->id;
  };
  EXPECT_EQ(id(Kind::ipv4, "198.51.100.3"), "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
  EXPECT_EQ(id(Kind::url, "example.com/research/index.html", "https://example.com/research/index.html"),
            "url--47c3cf9a-5027-5bf0-997a-017c7edc7c55");
}

TEST(Export, rule_numbers_stay) {
  SuricataSids sids(1000000, 12);  // three groups
  EXPECT_EQ(sids.of(4), 1000004U);
  EXPECT_EQ(sids.of(7), 1000008U);  // 7 mod 3 is taken
  EXPECT_EQ(sids.of(4), 1000004U);
  EXPECT_EQ(sids.of(10), 1000000U);
  EXPECT_EQ(sids.of(11), std::nullopt);

  const ExportFolder folder;
  ExportRequest request = standard_request();
  request.sid_count = 400;  // so full that many meet
  VectorSource source;
  for (int i = 0; i < 90; ++i) source.indicators.push_back(listed(Kind::host, "h" + std::to_string(i) + ".test"));
  const std::string before = exported("suricata", source, request, folder / "a.rules").text;
  std::reverse(source.indicators.begin(), source.indicators.end());
  const std::string after = exported("suricata", source, request, folder / "a.rules").text;
  std::vector<std::string> lines[2];
  for (int i = 0; i < 2; ++i) {
    std::istringstream in(i == 0 ? before : after);
    for (std::string line; std::getline(in, line);) lines[i].push_back(line);
    std::ranges::sort(lines[i]);
  }
  EXPECT_EQ(lines[0], lines[1]);
}

// Who publishes day by day sends again what changed, and `modified` alone does not count as a change.
TEST(Export, stix_of_another_day_differs_in_modified_alone) {
  VectorSource source = standard_source();
  source.patterns.push_back({.source = "feed-a", .language = "value", .text = "host: a..test", .why = "not_a_host"});
  const auto lines_of = [&](const char* day) {
    ExportRequest request = standard_request();
    request.as_of = test::day(day);
    const Exported made = exported("stix", source, request);
    EXPECT_EQ(made.summary.withheld.at("pattern_language"), 1U);
    std::vector<std::string> lines;
    for (const std::string_view line : split(made.text, '\n')) {
      std::string text(line);
      const std::size_t at = text.find(R"("modified":")");
      if (at != std::string::npos) text.erase(at, text.find(',', at) - at);
      if (!text.starts_with(R"({"type":"bundle")")) lines.push_back(text);
    }
    return lines;
  };
  EXPECT_EQ(lines_of("2026-11-21"), lines_of("2026-11-25"));
}

TEST(Export, a_sigma_rule_says_the_strictest_marking_of_what_it_holds) {
  VectorSource source;
  for (const Tlp tlp : {Tlp::green, Tlp::amber_strict, Tlp::amber}) {
    source.indicators.push_back(listed(Kind::host, "a" + std::to_string(source.indicators.size()) + ".test"));
    source.indicators.back().claims.front().tlp = tlp;
  }
  source.indicators.push_back(listed(Kind::ipv4, "198.51.100.7"));
  ExportRequest request = standard_request();
  request.audience = Tlp::red;
  const std::string text = exported("sigma", source, request).text;
  EXPECT_EQ(std::ranges::count(split(text, '\n'), std::string_view("    - tlp.amber-strict")), 2);  // DNS, proxy
  EXPECT_EQ(std::ranges::count(split(text, '\n'), std::string_view("tags:")), 2);
}

// A line that is longer than the reader's is broken in two, and neither half is a rule.
TEST(Export, suricata_reads_every_line_to_its_end) {
  VectorSource source;
  for (const std::string& path : {std::string(6500, 'a'), std::string(2000, ';'), std::string(5900, 'b')})
    source.indicators.push_back(listed(Kind::url, "evil.test/" + path));
  for (int i = 0; i < 200; ++i) {
    source.indicators.back().claims.push_back(source.indicators.back().claims.front());
    source.indicators.back().claims.back().source = "feed-" + std::string(50, 'x') + std::to_string(i);
  }
  const Exported made = exported("suricata", source);
  EXPECT_EQ(made.summary.written, 1U);
  for (const std::string_view line : split(made.text, '\n')) EXPECT_LT(line.size(), 8192U);
}

TEST(Export, a_long_list_for_defender_goes_on_in_further_files) {
  const ExportFolder folder;
  VectorSource source;
  for (int i = 0; i < 16000; ++i) source.indicators.push_back(listed(Kind::host, "h" + std::to_string(i) + ".test"));
  const Result<ExportSummary> made =
      write_export(*find_export_format("defender"), standard_request(), source, folder / "list.csv");
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->files.size(), 30U);
  EXPECT_EQ(made->files[29], folder / "list-30.csv");
  EXPECT_EQ(made->written, 15000U);
  EXPECT_EQ(made->withheld, (Counts{{"tenant_limit", 1000}}));
  const std::string last = test::slurp(made->files[29]);
  EXPECT_EQ(std::ranges::count(last, '\n'), 501);
  EXPECT_TRUE(last.starts_with("indicatorType,"));
}

TEST(Export, a_shorter_list_for_defender_leaves_nothing_of_a_longer_one) {
  const ExportFolder folder;
  const auto write = [&](int hosts) {
    VectorSource source;
    for (int i = 0; i < hosts; ++i) source.indicators.push_back(listed(Kind::host, "h" + std::to_string(i) + ".test"));
    const Result<ExportSummary> made =
        write_export(*find_export_format("defender"), standard_request(), source, folder / "list.csv");
    ASSERT_TRUE(made.ok());
  };
  std::ofstream(folder / "list-5.csv") << "somebody else's\n";
  write(2000);
  write(600);
  EXPECT_TRUE(std::filesystem::exists(folder / "list-2.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "list-3.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "list-4.csv"));
  EXPECT_EQ(test::slurp(folder / "list-5.csv"), "somebody else's\n");
}

TEST(Export, a_feed_offers_no_event_that_its_manifest_does_not_name_any_more) {
  const ExportFolder folder;
  const auto events = [&](std::vector<const char*> sources) {
    VectorSource source;
    for (const char* by : sources)
      source.indicators.push_back(listed(Kind::host, std::string(by) + ".test", test::claim(by)));
    EXPECT_TRUE(write_export(*find_export_format("misp-feed"), standard_request(), source, folder / "feed").ok());
    return std::distance(std::filesystem::directory_iterator(folder / "feed"), {});
  };
  EXPECT_EQ(events({"feed-a", "feed-b"}), 4);
  std::ofstream(folder / "feed/notes.json") << "{}";
  EXPECT_EQ(events({"feed-a"}), 4);  // the event, the manifest, the hashes, and what is somebody else's
  EXPECT_TRUE(std::filesystem::exists(folder / "feed/notes.json"));
}

TEST(Export, a_failure_leaves_what_was_there) {
  class Failing : public VectorSource {
   public:
    Result<bool> next(StoredIndicator& out) override {
      if (count_++ == 100) return error(Fault::io, "the store went away");
      out = listed(Kind::host, "h.test");
      return true;
    }
    int count_ = 0;
  };
  const ExportFolder folder;
  std::ofstream(folder / "out.txt") << "the old list\n";
  Failing source;
  EXPECT_FALSE(write_export(*find_export_format("hosts"), standard_request(), source, folder / "out.txt").ok());
  EXPECT_EQ(test::slurp(folder / "out.txt"), "the old list\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / ""), {}), 1);
}

TEST(Export, requests_that_make_no_sense_are_refused) {
  const auto fault = [](std::string_view format, auto change) {
    const ExportFolder folder;
    ExportRequest request = standard_request();
    change(request);
    VectorSource none;
    const Result<ExportSummary> made = write_export(*find_export_format(format), request, none, folder / "x");
    return made.ok() ? std::optional<Fault>() : made.error().fault;
  };
  EXPECT_EQ(fault("rpz", [](ExportRequest& r) { r.action = "explode"; }), Fault::usage);
  EXPECT_EQ(fault("rpz", [](ExportRequest& r) { r.zone = "a b"; }), Fault::usage);
  EXPECT_EQ(fault("suricata", [](ExportRequest& r) { r.sid_count = 0; }), Fault::usage);
  EXPECT_EQ(fault("suricata", [](ExportRequest& r) { r.sid_base = 0xFFFFFFFF; }), Fault::usage);
  EXPECT_EQ(fault("suricata", [](ExportRequest& r) { r.reference = "x; sid:1"; }), Fault::usage);
  EXPECT_EQ(fault("xarf", [](ExportRequest& r) { r.contact = ""; }), Fault::usage);
  EXPECT_EQ(fault("xarf", [](ExportRequest& r) { r.evidence[0].payload.assign(6 << 20, 'x'); }), Fault::limit);
  EXPECT_EQ(find_export_format("nothing"), nullptr);
}

}  // namespace
}  // namespace testudo
