// The block clock and the verdict on blocking.
#include "intel/control/decay.h"

#include <gtest/gtest.h>

#include "intel/control/block_verdict.h"
#include "shared_data.h"

namespace testudo {
namespace {

Time day(int year, int month, int day) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return *parse_rfc3339(text);
}

StoredIndicator indicator(Kind kind, std::string value, std::optional<Time> modified) {
  StoredIndicator out{.kind = kind, .value = std::move(value)};
  StoredClaim claim;
  claim.source = "a.stix2";
  claim.modified = modified;
  out.claims.push_back(claim);
  return out;
}

TEST(Decay, score_falls_from_base_to_nothing) {
  const DecayModel model{.lifetime = 120, .speed = 2, .threshold = 30, .base = 80};
  EXPECT_DOUBLE_EQ(decay_score(model, 80, 0), 80);
  EXPECT_DOUBLE_EQ(decay_score(model, 80, -5), 80);
  EXPECT_DOUBLE_EQ(decay_score(model, 80, 30), 40);  // (30/120)^(1/2) is 1/2
  EXPECT_DOUBLE_EQ(decay_score(model, 80, 120), 0);
  EXPECT_DOUBLE_EQ(decay_score(model, 80, 1e9), 0);
  double before = 81;
  for (double days = 0; days <= 130; days += 0.5) {
    const double score = decay_score(model, 80, days);
    EXPECT_LE(score, before);
    before = score;
  }
}

TEST(Decay, end_is_where_the_score_meets_the_threshold) {
  for (const double speed : {0.3, 1.0, 2.0, 2.3})
    for (const double base : {31.0, 50.0, 80.0, 100.0}) {
      const DecayModel model{.lifetime = 100, .speed = speed, .threshold = 30, .base = base};
      const auto days = days_until_decayed(model, base);
      ASSERT_TRUE(days);
      EXPECT_NEAR(decay_score(model, base, *days), 30, 1e-6);
    }
  EXPECT_EQ(days_until_decayed({.lifetime = 100}, 20), 0);
  EXPECT_EQ(days_until_decayed({.lifetime = 0}, 80), std::nullopt);
}

TEST(Decay, clock_begins_with_what_was_seen_last) {
  StoredIndicator ip = indicator(Kind::ipv4, "198.51.100.7", day(2024, 1, 1));
  EXPECT_EQ(block_clock(ip, day(2024, 2, 1)).since, day(2024, 1, 1));
  EXPECT_FALSE(block_clock(ip, day(2024, 2, 1)).decayed);
  EXPECT_TRUE(block_clock(ip, day(2024, 4, 1)).decayed);
  ip.claims[0].last_seen = day(2023, 12, 1);  // what was seen counts more than when it was written down
  EXPECT_EQ(block_clock(ip, day(2024, 2, 1)).since, day(2023, 12, 1));
  ip.sightings = {{.at = day(2024, 3, 1)}, {.at = day(2024, 3, 20)}};
  EXPECT_EQ(block_clock(ip, day(2024, 4, 1)).since, day(2024, 3, 20));
  EXPECT_FALSE(block_clock(ip, day(2024, 4, 1)).decayed);
  ip.claims[0].last_seen = day(2024, 3, 25);  // a source saw it after the desk did
  EXPECT_EQ(block_clock(ip, day(2024, 4, 1)).since, day(2024, 3, 25));
}

TEST(Decay, hashes_and_undated_values_never_decay) {
  EXPECT_FALSE(block_clock(indicator(Kind::sha256, std::string(64, 'a'), day(2000, 1, 1)), day(2026, 1, 1)).decayed);
  const BlockClock clock = block_clock(indicator(Kind::ipv4, "198.51.100.7", std::nullopt), day(2026, 1, 1));
  EXPECT_FALSE(clock.decayed);
  EXPECT_EQ(clock.since, std::nullopt);
}

TEST(Decay, hosts_outlive_addresses) {
  const Time made = day(2021, 7, 18);
  EXPECT_FALSE(block_clock(indicator(Kind::host, "evil.test", made), day(2024, 1, 1)).decayed);
  EXPECT_TRUE(block_clock(indicator(Kind::host, "evil.test", made), day(2026, 11, 21)).decayed);
  EXPECT_TRUE(block_clock(indicator(Kind::ipv4, "198.51.100.7", made), day(2022, 1, 1)).decayed);
}

TEST(Decay, reads_the_models_of_misp) {
  const auto folder = test::shared_data() / "intel/misp-decaying-models/models";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::map<std::string, double> ends;
  for (const auto& file : test::files_below(folder)) {
    const auto model = read_decaying_model(test::content_of(file));
    ASSERT_TRUE(model) << file;
    EXPECT_DOUBLE_EQ(model->model.threshold, 30);
    EXPECT_DOUBLE_EQ(base_score(*model, {}), 80);
    EXPECT_DOUBLE_EQ(base_score(*model, {{"estimative-language:likelihood-probability", 55}}), 55);
    ends[model->name] = *days_until_decayed(model->model, 80);
  }
  // 120 * 0.625^2, 3 * 0.625^2.3, 10 * 0.625^2.3
  EXPECT_NEAR(ends["NIDS Simple Decaying Model"], 46.875, 1e-9);
  EXPECT_NEAR(ends["Phishing model"], 1.0178, 1e-3);
  EXPECT_NEAR(ends["Vishing model"], 3.3925, 1e-3);
}

TEST(Decay, hostile_models_are_errors) {
  for (const char* text : {"", "{", "[]", "{\"parameters\":[]}", "{\"parameters\":{\"lifetime\":-1,\"decay_speed\":1}}",
                           "{\"parameters\":{\"lifetime\":1,\"decay_speed\":0}}"})
    EXPECT_FALSE(read_decaying_model(text)) << text;
}

TEST(BlockJudgement, says_why) {
  const Time now = day(2024, 2, 1);
  EXPECT_EQ(judge_block(indicator(Kind::host, "evil.test", now), now).why, Withheld::no);
  const BlockJudgement old = judge_block(indicator(Kind::ipv4, "185.0.0.7", day(2023, 1, 1)), now);
  EXPECT_EQ(old.why, Withheld::decayed);
  EXPECT_EQ(old.by, "2023-02-26");  // 56.25 days later
  EXPECT_EQ(judge_block(indicator(Kind::ipv4, "185.0.0.7", day(2023, 1, 1)), now, {.decay = false}).why, Withheld::no);
  const BlockJudgement listed = judge_block(indicator(Kind::host, "google.com", now), now);
  EXPECT_EQ(listed.why, Withheld::warning_list);
  EXPECT_EQ(listed.by, "best-known sites with all below: google.com");
  EXPECT_EQ(judge_block(indicator(Kind::ipv4, "8.8.8.8", now), now).why, Withheld::warning_list);
  EXPECT_EQ(judge_block(indicator(Kind::url, "google.com/evil", now), now).why, Withheld::no);
}

TEST(BlockJudgement, lists_of_the_user_count_too) {
  WarningListBuilder builder;
  builder.add("ours", "hostname", WarningVerdict::suppress, {}, {"fine.test"});
  builder.add("platforms", "hostname", WarningVerdict::exact, {}, {"platform.test"});
  const std::string image = builder.compile();
  const WarningLists lists = WarningLists::open(as_bytes(image)).value();
  const Time now = day(2024, 2, 1);
  const BlockRules rules{.warnings = &lists};
  EXPECT_EQ(judge_block(indicator(Kind::host, "a.fine.test", now), now, rules).by, "ours: fine.test");
  const BlockJudgement platform = judge_block(indicator(Kind::host, "me.platform.test", now), now, rules);
  EXPECT_EQ(platform.why, Withheld::no);
  EXPECT_TRUE(platform.exact_only);
  EXPECT_EQ(judge_block(indicator(Kind::url, "a.fine.test/x", now), now, rules).why, Withheld::no);
}

// A victim's site below an attacker's host, or inside a network of his, is not blocked with it.
TEST(BlockJudgement, bystanders_are_spared) {
  Bystanders bystanders;
  bystanders.add(Kind::host, "victim.evil.test");
  bystanders.add(Kind::ipv4, "185.0.0.7");
  bystanders.add(Kind::ipv6, "2a00:1::7");
  const Time now = day(2024, 2, 1);
  const BlockRules rules{.bystanders = &bystanders};
  const auto judged = [&](Kind kind, std::string_view value) {
    return judge_block(indicator(kind, std::string(value), now), now, rules);
  };
  EXPECT_TRUE(judged(Kind::host, "evil.test").exact_only);
  EXPECT_FALSE(judged(Kind::host, "other.evil.test").exact_only);
  EXPECT_FALSE(judged(Kind::host, "vil.test").exact_only);
  EXPECT_EQ(judged(Kind::host, "evil.test").why, Withheld::no);
  EXPECT_EQ(judged(Kind::cidr, "185.0.0.0/24").why, Withheld::victim);
  EXPECT_EQ(judged(Kind::cidr, "185.0.1.0/24").why, Withheld::no);
  EXPECT_EQ(judged(Kind::cidr, "2a00:1::/64").why, Withheld::victim);
  EXPECT_EQ(judged(Kind::ipv4, "185.0.0.8").why, Withheld::no);
}

// A page of a victim stands on a victim's host, whatever another source says of the host.
TEST(BlockJudgement, the_host_of_a_victims_page_is_a_victims) {
  Bystanders bystanders;
  bystanders.add(Kind::url, "paper.test/news.js");
  bystanders.add(Kind::url, "http://news.town.test/");
  bystanders.add(Kind::url, "185.0.0.7/x");
  const Time now = day(2024, 2, 1);
  const BlockRules rules{.bystanders = &bystanders};
  const auto judged = [&](Kind kind, std::string_view value) {
    return judge_block(indicator(kind, std::string(value), now), now, rules);
  };
  EXPECT_EQ(judged(Kind::host, "paper.test").why, Withheld::victim);
  EXPECT_EQ(judged(Kind::ipv4, "185.0.0.7").why, Withheld::victim);
  EXPECT_EQ(judged(Kind::cidr, "185.0.0.0/24").why, Withheld::victim);
  EXPECT_EQ(judged(Kind::host, "other.test").why, Withheld::no);
  EXPECT_TRUE(judged(Kind::host, "town.test").exact_only);
}

TEST(BlockJudgement, nobody_blocks_a_network_around_a_public_resolver) {
  const Time now = day(2024, 2, 1);
  const BlockJudgement around = judge_block(indicator(Kind::cidr, "8.8.8.0/24", now), now);
  EXPECT_EQ(around.why, Withheld::warning_list);
  EXPECT_EQ(around.by, "public resolvers: 8.8.8.8/32");
  EXPECT_EQ(judge_block(indicator(Kind::cidr, "8.8.9.0/24", now), now).why, Withheld::no);
}

TEST(BlockJudgement, pages_on_everybodys_own_machine_are_none) {
  const Time now = day(2024, 2, 1);
  for (const char* value : {"127.0.0.1/x", "localhost/x", "http://localhost/x", "[::1]/x", "10.0.0.1:8080/x"})
    EXPECT_EQ(judge_block(indicator(Kind::url, value, now), now).why, Withheld::generic) << value;
  EXPECT_EQ(judge_block(indicator(Kind::url, "185.0.0.7/x", now), now).why, Withheld::no);
}

TEST(BlockJudgement, names_of_countries_and_of_the_machine_itself_are_known) {
  const Time now = day(2024, 2, 1);
  for (const char* value : {"google.co.uk", "www.google.de", "localhost.localdomain"})
    EXPECT_EQ(judge_block(indicator(Kind::host, value, now), now).why, Withheld::warning_list) << value;
  EXPECT_EQ(judge_block(indicator(Kind::host, "google.co.uk.evil.test", now), now).why, Withheld::no);
}

TEST(BlockJudgement, no_private_address_in_the_clothes_of_ipv6) {
  const Time now = day(2024, 2, 1);
  for (const char* value : {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::1", "64:ff9b::7f00:1"})
    EXPECT_EQ(judge_block(indicator(Kind::ipv6, value, now), now).why, Withheld::generic) << value;
}

}  // namespace
}  // namespace testudo
