// Hold-outs over published lists: generations of one seller's names, and sellers that the model never saw.
// The lists are not part of the repository; without them the tests are skipped by name. The figures that they print are
// those of docs/design/hunt.md.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include <simdjson.h>

#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"
#include "intel/hunt/evaluation.h"
#include "shared_data.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& file) {
  std::vector<std::string> names;
  const std::string text = test::content_of(file);
  for (const std::string_view line : split(text, '\n'))
    if (const auto host = normalise_host(trim(line)); host && host->type == HostName::Type::name)
      names.push_back(host->text);
  return names;
}

std::vector<std::string> ordinary_names() {
  std::vector<std::string> names;
  const fs::path lists = test::shared_data() / "intel/misp-warninglists/lists";
  for (const char* list : {"tranco10k", "alexa", "cisco_top5k", "cloudflare-top10k"}) {
    simdjson::dom::parser parser;
    simdjson::dom::array entries;
    const std::string text = test::content_of(lists / list / "list.json");
    if (parser.parse(text)["list"].get(entries) != simdjson::SUCCESS) continue;
    for (const simdjson::dom::element entry : entries)
      if (std::string_view name; entry.get(name) == simdjson::SUCCESS)
        if (const auto host = normalise_host(name); host && host->type == HostName::Type::name)
          names.push_back(host->text);
  }
  return names;
}

const std::map<std::string, std::vector<const char*>> seller_files = {
    {"pegasus", {"investigations/2021-07-18_nso/domains.txt"}},
    {"cytrox", {"investigations/2021-12-16_cytrox/domains.txt"}},
    {"predator", {"mvt-indicators/intellexa_predator/domains.txt"}},
    {"candiru", {"mvt-indicators/candiru/domains.txt"}},
    {"android-2023", {"investigations/2023-03-29_android_campaign/domains.txt"}},
    {"wintego", {"investigations/2024-05-02_wintego_helios/domains.txt"}},
    {"quadream", {"mvt-indicators/2023-04-11_quadream/domains.txt"}},
};

// Names often imitated, and those that the published lists imitate: chosen by us before the figures were known.
const std::vector<std::string> brands = {
    "google.com",  "facebook.com",  "apple.com",     "icloud.com",    "microsoft.com", "amazon.com",  "whatsapp.com",
    "youtube.com", "twitter.com",   "instagram.com", "linkedin.com",  "telegram.org",  "signal.org",  "paypal.com",
    "netflix.com", "dropbox.com",   "yahoo.com",     "outlook.com",   "office.com",    "gmail.com",   "skype.com",
    "viber.com",   "tiktok.com",    "reddit.com",    "wikipedia.org", "bbc.com",       "cnn.com",     "reuters.com",
    "nytimes.com", "aljazeera.net", "bitly.com",     "tinyurl.com",   "wordpress.com", "adobe.com",   "samsung.com",
    "huawei.com",  "vodafone.com",  "orange.com",    "dhl.com",       "fedex.com",     "ups.com",     "ebay.com",
    "booking.com", "airbnb.com",    "uber.com",      "zoom.us",       "github.com",    "mozilla.org", "cloudflare.com"};

class HuntHoldOut : public testing::Test {
 protected:
  void SetUp() override {
    indicators_ = test::shared_data() / "indicators";
    if (!fs::exists(indicators_)) GTEST_SKIP() << "published indicator lists are not here";
    for (const std::string& name : ordinary_names())
      (hash64(std::string(registrable_domain(name).value_or(name))) % 2 == 0 ? learn_ : test_).push_back(name);
  }
  void show(const char* what, const HoldOutFigures& f) {
    const auto row = [](const char* name, const RankFigures& r) {
      std::printf("    %-12s AUC %.3f  recall at 1%% %.3f  at 5%% %.3f\n", name, r.auc, r.recall_1, r.recall_5);
    };
    std::printf("%s: learnt %zu, tested %zu, ordinary %zu; two words %.3f against %.3f\n", what, f.learnt, f.tested,
                f.ordinary, f.two_words_known, f.two_words_ordinary);
    row("naming", f.naming), row("look-alike", f.look_alike), row("two words", f.two_words);
  }
  fs::path indicators_;
  std::vector<std::string> learn_, test_;
};

TEST_F(HuntHoldOut, Generations) {
  const fs::path nso = indicators_ / "investigations/2021-07-18_nso";
  HoldOut hold_out{.learn_ordinary = learn_, .test_ordinary = test_, .brands = brands};
  for (const char* file : {"v2_domains.txt", "v3_domains.txt"})
    for (const std::string& name : names_in(nso / file)) hold_out.learn.push_back({name, "pegasus"});
  hold_out.test = names_in(nso / "v4_domains.txt");
  const auto figures = evaluate(hold_out);
  ASSERT_TRUE(figures);
  show("pegasus v2+v3 -> v4", *figures);
  EXPECT_GT(figures->naming.auc, figures->look_alike.auc);
  EXPECT_GT(figures->naming.auc, figures->two_words.auc);
}

// Cytrox and Predator are one seller's: neither helps to find the other.
const std::map<std::string, std::vector<std::string>> left_out = {
    {"pegasus", {"pegasus"}},           {"cytrox", {"cytrox", "predator"}}, {"predator", {"cytrox", "predator"}},
    {"candiru", {"candiru"}},           {"wintego", {"wintego"}},           {"quadream", {"quadream"}},
    {"android-2023", {"android-2023"}},
};

// The names of one seller to test on, and those of the others, but for `hidden`, to learn from.
void fill(HoldOut& hold_out, const fs::path& indicators, const std::string& seller,
          const std::vector<std::string>& hidden) {
  const auto is_hidden = [&](const std::string& other) {
    return std::find(hidden.begin(), hidden.end(), other) != hidden.end();
  };
  for (const auto& [other, files] : seller_files)
    for (const char* file : files)
      for (const std::string& name : names_in(indicators / file)) {
        if (other == seller) hold_out.test.push_back(name);
        if (!is_hidden(other)) hold_out.learn.push_back({name, other});
      }
}

TEST_F(HuntHoldOut, SellersNeverSeen) {
  for (const auto& [seller, without] : left_out) {
    HoldOut hold_out{.learn_ordinary = learn_, .test_ordinary = test_, .brands = brands};
    fill(hold_out, indicators_, seller, without);
    const auto figures = evaluate(hold_out);
    ASSERT_TRUE(figures);
    show(seller.c_str(), *figures);
    EXPECT_GT(figures->naming.auc, figures->look_alike.auc) << seller;
  }
}

// Scales that are chosen without the seller on which they are judged: by the others, each left out in turn, and by
// ordinary names of which neither the final model nor its judge sees anything. Takes a few minutes:
// test_intel --gtest_also_run_disabled_tests --gtest_filter='*NestedChoice*'
TEST_F(HuntHoldOut, DISABLED_NestedChoiceOfScales) {
  const std::vector<NamingScales> grid = {{0.5F, 0.5F, 1}, {0.25F, 0.5F, 1}, {1, 0.5F, 1}, {0.5F, 0.5F, 0.5F},
                                          {0.5F, 0.5F, 2}, {0.5F, 0.25F, 1}, {1, 1, 1},    {0.5F, 0.5F, 0}};
  std::vector<std::string> inner_learn, inner_test;
  for (const std::string& name : learn_)
    (hash64(std::string(registrable_domain(name).value_or(name)), 1) % 2 == 0 ? inner_learn : inner_test)
        .push_back(name);
  double mean = 0;
  for (const auto& [seller, without] : left_out) {
    std::vector<double> inner(grid.size());
    for (const auto& [other, others_without] : left_out) {
      if (std::find(without.begin(), without.end(), other) != without.end()) continue;
      std::vector<std::string> hidden = without;
      hidden.insert(hidden.end(), others_without.begin(), others_without.end());
      HoldOut hold_out{.learn_ordinary = inner_learn, .test_ordinary = inner_test};
      fill(hold_out, indicators_, other, hidden);
      for (std::size_t i = 0; i < grid.size(); ++i) {
        hold_out.scales = grid[i];
        const auto figures = evaluate(hold_out);
        ASSERT_TRUE(figures);
        inner[i] += figures->naming.auc;
      }
    }
    const auto best = static_cast<std::size_t>(std::max_element(inner.begin(), inner.end()) - inner.begin());
    HoldOut hold_out{.learn_ordinary = learn_, .test_ordinary = test_, .scales = grid[best]};
    fill(hold_out, indicators_, seller, without);
    const auto figures = evaluate(hold_out);
    ASSERT_TRUE(figures);
    mean += figures->naming.auc / static_cast<double>(left_out.size());
    const NamingScales& s = grid[best];
    std::printf("chosen without it: runs %.2f shape %.2f suffix %.2f; ", static_cast<double>(s.runs),
                static_cast<double>(s.shape), static_cast<double>(s.suffix));
    show(seller.c_str(), *figures);
  }
  std::printf("mean AUC %.3f\n", mean);
}

}  // namespace
}  // namespace testudo
