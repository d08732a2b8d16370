// What no block list may carry, though a feed calls it an attacker's.
#include "intel/control/block_verdict.h"

#include <gtest/gtest.h>

#include <set>

#include "base/data_rows.h"
#include "base/host.h"
#include "intel/export/facts.h"
#include "intel/network.h"

namespace testudo {
namespace {

Time day(std::string_view text) { return *parse_rfc3339(text); }
const Time now = day("2026-11-21");

StoredClaim claim(std::string source, std::string object, std::string_view modified) {
  StoredClaim made;
  made.source = std::move(source);
  made.object = std::move(object);
  made.role = Role::attacker;
  made.modified = day(modified);
  return made;
}

StoredIndicator listed(Kind kind, std::string_view value) {
  StoredIndicator made{.kind = kind, .value = std::string(value)};
  made.claims.push_back(claim("a.stix2", "", "2026-11-20"));
  return made;
}

BlockJudgement judged(Kind kind, std::string_view value) { return judge_block(listed(kind, value), now); }

TEST(BlockVerdict, hosts_that_everybody_needs_are_withheld) {
  for (const char* host : {"mtalk.google.com",
                           "alt3-mtalk.google.com",
                           "push.apple.com",
                           "1-courier.push.apple.com",
                           "ocsp.apple.com",
                           "dns.google",
                           "one.one.one.one",
                           "accounts.google.com",
                           "login.microsoftonline.com",
                           "g.whatsapp.net",
                           "fcm.googleapis.com",
                           "2.debian.pool.ntp.org",
                           "deb.debian.org",
                           "citizenlab.ca",
                           "securitylab.amnesty.org",
                           "r3.o.lencr.org",
                           "api.twitter.com",
                           "mask.icloud.com",
                           "www.nytimes.com",
                           "mail.proton.me",
                           "yandex.ru",
                           "paypal.com"})
    EXPECT_EQ(judged(Kind::host, host).why, Withheld::warning_list) << host;
  EXPECT_EQ(judged(Kind::host, "firebaseio.com").why, Withheld::shared_platform);
}

// What others can have names below, and what only looks alike, stays.
TEST(BlockVerdict, neighbours_of_well_known_hosts_are_blocked) {
  for (const char* host :
       {"evil.firebaseio.com", "evil.s3.amazonaws.com", "evil.appspot.com", "evil.azurewebsites.net",
        "evil.onmicrosoft.com", "family.microsoft.com", "push.apple.com.evil.test", "evil-citizenlab.ca",
        "evilgoogle.com", "apple.com-id.evil.test", "evil.pages.debian.net", "evil.github.io", "evil.workers.dev",
        "paypal.com-login.test", "evil.yandex.ru", "bbc.co.uk.evil.test"})
    EXPECT_EQ(judged(Kind::host, host).why, Withheld::no) << host;
  EXPECT_EQ(judged(Kind::url, "accounts.google.com/evil").why, Withheld::no);
  EXPECT_EQ(judged(Kind::email, "evil@icloud.com").why, Withheld::no);
}

TEST(BlockVerdict, networks_of_many_are_withheld) {
  EXPECT_EQ(judged(Kind::cidr, "17.0.0.0/8").why, Withheld::warning_list);
  EXPECT_EQ(judged(Kind::ipv4, "17.57.144.10").why, Withheld::warning_list);
  // Content networks: wide, narrow, and around a part of one.
  for (const char* network : {"104.16.0.0/12", "104.16.7.0/24", "2a04:4e40::/32", "2606:4700:7::/48", "131.0.72.0/22"})
    EXPECT_EQ(judged(Kind::cidr, network).why, Withheld::warning_list) << network;
  // Each address there stands before the sites of thousands; a page, or a server that Amazon lets, is another thing.
  for (const char* address : {"104.16.7.7", "172.67.1.1", "151.101.1.1", "13.32.1.1", "54.230.9.9", "185.199.108.153"})
    EXPECT_EQ(judged(Kind::ipv4, address).why, Withheld::warning_list) << address;
  EXPECT_EQ(judged(Kind::ipv6, "2606:4700::6810:101").why, Withheld::warning_list);
  EXPECT_EQ(judged(Kind::url, "104.16.7.7/evil").why, Withheld::no);
  for (const char* address : {"52.54.37.95", "54.248.2.220", "104.216.8.34", "104.15.255.255", "104.28.0.0"})
    EXPECT_EQ(judged(Kind::ipv4, address).why, Withheld::no) << address;
}

// Where servers are let, an address can be an attacker's alone; a network there is a crowd's.
TEST(BlockVerdict, networks_of_clouds_are_withheld_and_their_addresses_are_not) {
  WarningListBuilder builder;
  builder.add("Cloud", "cidr", WarningVerdict::exact, {}, {"198.18.0.0/15", "52.54.0.0/16"});
  const std::string image = builder.compile();
  const auto lists = WarningLists::open(as_bytes(image));
  ASSERT_TRUE(lists);
  const BlockRules rules{.warnings = &*lists};
  EXPECT_EQ(judge_block(listed(Kind::cidr, "52.54.37.0/24"), now, rules).why, Withheld::covers_others);
  EXPECT_EQ(judge_block(listed(Kind::ipv4, "52.54.37.95"), now, rules).why, Withheld::no);
}

TEST(BlockVerdict, a_network_wider_than_one_customers_is_withheld) {
  for (const char* network : {"185.0.0.0/21", "5.128.0.0/9", "2a0e:4::/47", "2a0e::/16"})
    EXPECT_EQ(judged(Kind::cidr, network).why, Withheld::network_too_wide) << network;
  for (const char* network : {"185.0.0.0/22", "185.0.0.0/31", "2a0e:4::/48", "2a0e:4::/64"})
    EXPECT_EQ(judged(Kind::cidr, network).why, Withheld::no) << network;
}

// `www.` before a victim's site, or the site without it, is the same site.
TEST(BlockVerdict, www_of_a_victims_site_is_a_victims) {
  Bystanders bystanders;
  bystanders.add(Kind::host, "victim.test");
  bystanders.add(Kind::host, "www.paper.test");
  bystanders.add(Kind::url, "www.town.test/news");
  const auto why = [&](std::string_view host) {
    return judge_block(listed(Kind::host, host), now, {.bystanders = &bystanders}).why;
  };
  for (const char* host : {"www.victim.test", "paper.test", "www.paper.test", "town.test", "www.town.test"})
    EXPECT_EQ(why(host), Withheld::victim) << host;
  for (const char* host : {"evil.victim.test", "www.evil.victim.test", "wwwvictim.test", "www.test"})
    EXPECT_EQ(why(host), Withheld::no) << host;
}

TEST(BlockVerdict, nothing_is_blocked_before_its_time) {
  StoredIndicator one = listed(Kind::host, "evil.test");
  one.claims[0].valid_from = day("2030-01-01");
  EXPECT_EQ(judge_block(one, now).why, Withheld::not_yet_valid);
  EXPECT_EQ(judge_block(one, day("2030-01-01")).why, Withheld::no);
  // Another source that holds it valid now is enough; one whose word has run out is not.
  one.claims.push_back(claim("b.csv", "", "2026-11-20"));
  EXPECT_EQ(judge_block(one, now).why, Withheld::no);
  one.claims[1].valid_until = day("2026-11-01");
  EXPECT_EQ(judge_block(one, now).why, Withheld::not_yet_valid);
}

// What a value is to others has no clock: no tool shall be alarmed by an old link shortener either.
TEST(BlockVerdict, a_value_is_judged_apart_from_what_is_claimed_of_it) {
  StoredIndicator old = listed(Kind::host, "bit.ly");
  old.claims[0].valid_until = day("2020-01-01");
  EXPECT_EQ(judge_block(old, now).why, Withheld::expired);
  EXPECT_EQ(judge_value(old).why, Withheld::shared_platform);
  EXPECT_EQ(judge_alarm(old, facts_of(old), {}).why, Withheld::shared_platform);
  Bystanders bystanders;
  bystanders.add(Kind::host, "victim.test");
  const StoredIndicator www = listed(Kind::host, "www.victim.test");
  EXPECT_EQ(judge_alarm(www, facts_of(www), {}).why, Withheld::no);
  EXPECT_EQ(judge_alarm(www, facts_of(www), {.bystanders = &bystanders}).why, Withheld::victim);
}

// An operator's list that names his own hosting hides nobody below it.
TEST(BlockVerdict, customers_below_an_operators_domain_are_not_his) {
  WarningListBuilder builder;
  builder.add("operator", "hostname", WarningVerdict::suppress, {}, {"azurewebsites.net", "operator.test"});
  const std::string image = builder.compile();
  const WarningLists lists = WarningLists::open(as_bytes(image)).value();
  const auto why = [&](std::string_view host) {
    return judge_block(listed(Kind::host, host), now, {.warnings = &lists}).why;
  };
  EXPECT_EQ(why("evil.azurewebsites.net"), Withheld::no);
  EXPECT_EQ(why("a.operator.test"), Withheld::warning_list);
}

constexpr std::string_view id = "indicator--11111111-1111-4111-8111-111111111111";

// STIX 2.1 section 3.6: the version of the highest `modified` is the current one, whoever still hands out the older.
TEST(BlockVerdict, an_older_copy_does_not_revive_what_its_newer_version_withdraws) {
  StoredIndicator one{.kind = Kind::host, .value = "evil.test"};
  one.claims = {claim("v2.json", std::string(id), "2026-11-10"), claim("v1.json", std::string(id), "2026-11-01")};
  one.claims[0].revoked = true;
  EXPECT_EQ(judge_block(one, now).why, Withheld::superseded);
  EXPECT_TRUE(facts_of(one).revoked);
  // Whatever the order of the sources, and where the version was not raised.
  std::swap(one.claims[0], one.claims[1]);
  EXPECT_EQ(judge_block(one, now).why, Withheld::superseded);
  one.claims[0].modified = one.claims[1].modified;
  EXPECT_EQ(judge_block(one, now).why, Withheld::superseded);
  // A source with an object of its own still says it; so does the newest version where the older one is withdrawn.
  one.claims.push_back(claim("c.json", "indicator--22222222-2222-4222-8222-222222222222", "2020-01-01"));
  EXPECT_EQ(judge_block(one, now, {.decay = false}).why, Withheld::no);
  one.claims.pop_back();
  one.claims[0].modified = day("2026-11-11");
  EXPECT_EQ(judge_block(one, now).why, Withheld::no);
  EXPECT_FALSE(facts_of(one).revoked);
}

TEST(BlockVerdict, numbers_of_rows_are_no_versions) {
  StoredIndicator one{.kind = Kind::host, .value = "evil.test"};
  one.claims = {claim("a.csv", "17", "2026-11-10"), claim("b.csv", "17", "2026-11-01")};
  one.claims[0].revoked = true;
  EXPECT_EQ(judge_block(one, now).why, Withheld::no);
}

TEST(BlockVerdict, the_newest_version_says_when_it_ends) {
  StoredIndicator one{.kind = Kind::host, .value = "evil.test"};
  one.claims = {claim("v1.json", std::string(id), "2026-11-01"), claim("v2.json", std::string(id), "2026-11-10")};
  one.claims[1].valid_until = day("2026-11-15");
  EXPECT_EQ(judge_block(one, now).why, Withheld::superseded);
  EXPECT_EQ(facts_of(one).valid_until, day("2026-11-15"));
}

TEST(WarningCore, every_line_is_whole_and_each_entry_stands_once) {
  std::set<std::pair<std::string, std::string>> seen;
  each_data_row("knowledge/warning_core.txt", [&](const std::vector<std::string_view>& fields) {
    ASSERT_EQ(fields.size(), 5U) << fields[0];
    EXPECT_TRUE(seen.emplace(fields[1] == "cidr" ? "network" : "name", fields[3]).second) << fields[3];
    if (fields[1] == "cidr") {
      const auto network = parse_network(fields[3]);
      ASSERT_TRUE(network) << fields[3];
      EXPECT_EQ(network->masked(network->prefix), *network) << fields[3];
    }
    if (fields[1] == "hostname" && fields[0] != "reserved names") {
      const auto host = normalise_host(fields[3]);
      EXPECT_TRUE(host && host->text == fields[3]) << fields[3];
    }
  });
  EXPECT_GT(seen.size(), 300U);
}

}  // namespace
}  // namespace testudo
