// Patterns against observed data. The cases are our own, of the kinds that the OASIS reference matcher is tested with:
// types, NOT, operators on one object, times, repetition, references, octets, Unicode.
#include "intel/pattern/eval.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace testudo {
namespace {

using Strings = std::vector<std::string>;

// One observed-data of STIX 2.0 with the objects "0", "1", …
std::string seen(const Strings& objects, std::string_view first = "2024-05-01T10:00:00Z", std::string_view last = "",
                 int times = 1, std::string_view id = "observed-data--1") {
  std::string text = "{\"type\":\"observed-data\",\"id\":\"" + std::string(id) + "\",\"first_observed\":\"" +
                     std::string(first) + "\",\"last_observed\":\"" + std::string(last.empty() ? first : last) +
                     "\",\"number_observed\":" + std::to_string(times) + ",\"objects\":{";
  for (std::size_t i = 0; i < objects.size(); ++i)
    text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + objects[i];
  return text + "}}";
}

std::string list(const Strings& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text.size() > 1 ? "," : "") + item;
  return text + "]";
}

int outcome(std::string_view pattern, const std::string& observed) {
  return static_cast<int>(evaluate_pattern(pattern, observed).outcome);
}

const std::string thing = seen({R"({"type":"thing","int":7,"real":2.5,"whole":3.0,"yes":true,"none":null,"word":"hello",
  "ip":"198.51.100.44","net":"198.51.100.32/20","six":"2001:db8::7","when":"2024-05-01T10:00:00.5Z",
  "name_hex":"616c696365","name_bin":"YWxpY2U=","low_hex":"01020304","list":["a","b",{"deep":1}],
  "hashes":{"X-256":"ab"},"lines":"one\ntwo"})"});

void expect_all(int expected, const Strings& patterns) {
  for (const std::string& pattern : patterns) {
    const PatternEvaluation answer = evaluate_pattern(pattern, thing);
    EXPECT_EQ(static_cast<int>(answer.outcome), expected) << pattern << ": " << answer.why;
  }
}

TEST(PatternEval, numbers_and_booleans) {
  expect_all(0, {"[thing:int = 7]", "[thing:int != 8]", "[thing:int NOT = 8]", "[thing:int > 6.9]", "[thing:int >= 7]",
                 "[thing:int < 7.1]", "[thing:int NOT > 7]", "[thing:whole = 3]", "[thing:real = 2.5]",
                 "[thing:int IN (1, 7.0)]", "[thing:int NOT IN (1, 2)]", "[thing:yes = true]", "[thing:yes != false]",
                 "[thing:yes IN (false, true)]", "[thing:int = +7]", "[thing:real > .5]", "[thing:int > -1]"});
  expect_all(1, {"[thing:int = 8]", "[thing:int != 7]", "[thing:int NOT = 7]", "[thing:int > 7]", "[thing:int IN (1)]",
                 "[thing:yes = false]", "[thing:yes NOT = true]", "[thing:real < 2.5]", "[other:int = 7]"});
}

TEST(PatternEval, what_cannot_be_compared_is_unequal_and_has_no_order) {
  expect_all(
      0, {"[thing:int != 'x']", "[thing:int != true]", "[thing:yes != 1]", "[thing:none != 'x']", "[thing:word != 1]",
          "[thing:int NOT LIKE 'h%']", "[thing:int NOT MATCHES 'l']", "[thing:int NOT IN ('a')]",
          "[thing:word != t'2024-01-01T00:00:00Z']", "[thing:int NOT ISSUBSET '198.51.100.0/24']"});
  expect_all(
      1, {"[thing:int = '7']", "[thing:yes = 1]", "[thing:none = 'x']", "[thing:none > 'x']", "[thing:none < 'x']",
          "[thing:int LIKE '7']", "[thing:int > h'00']", "[thing:word > 5]", "[thing:word < t'2024-01-01T00:00:00Z']",
          "[thing:int ISSUBSET '198.51.100.0/24']", "[thing:list = 'a']"});
}

TEST(PatternEval, texts) {
  expect_all(0, {"[thing:word = 'hello']", "[thing:word > 'alice']", "[thing:word <= 'hello']",
                 "[thing:word LIKE 'he%']", "[thing:word LIKE 'h_l_o']", "[thing:word LIKE '%']",
                 "[thing:word LIKE '%l%o%']", "[thing:word MATCHES 'l+']", "[thing:word MATCHES '^h.*o$']",
                 "[thing:word MATCHES '']", "[thing:word NOT MATCHES 'L']", "[thing:word IN ('a','hello')]",
                 "[thing:lines MATCHES 'one.two']", "[thing:lines LIKE 'one_two']", "[thing:word NOT IN ()]",
                 "[thing:hashes.'X-256' = 'ab']", R"([thing:word MATCHES '^\\w{5}$'])"});
  expect_all(1, {"[thing:word = 'Hello']", "[thing:word LIKE 'HE%']", "[thing:word LIKE 'hell']",
                 "[thing:word LIKE 'he.*']", "[thing:word MATCHES '^ell']", "[thing:word NOT LIKE 'h%']",
                 "[thing:word IN ()]", "[thing:hashes.'x-256' = 'ab']", "[thing:word LIKE '']"});
}

TEST(PatternEval, unicode_is_normalised_for_like_and_matches_alone) {
  const std::string observed = seen({R"({"type":"t","nfc":"\u1e0d\u0307","nfd":"d\u0323\u0307"})"});
  const std::string nfc = "\xE1\xB8\x8D\xCC\x87", nfd = "d\xCC\xA3\xCC\x87", other = "\xE1\xB8\x8B\xCC\xA3";
  for (const std::string& form : {nfc, nfd, other})
    for (const std::string key : {"nfc", "nfd"}) {
      EXPECT_EQ(outcome("[t:" + key + " LIKE '" + form + "']", observed), 0);
      EXPECT_EQ(outcome("[t:" + key + " MATCHES '^" + form + "$']", observed), 0);
      const bool same = (key == "nfc" && form == nfc) || (key == "nfd" && form == nfd);
      EXPECT_EQ(outcome("[t:" + key + " = '" + form + "']", observed), same ? 0 : 1);
    }
}

TEST(PatternEval, octets_addresses_and_times) {
  expect_all(0, {"[thing:name_hex = 'alice']", "[thing:name_bin = h'616c696365']", "[thing:name_hex = b'YWxpY2U=']",
                 "[thing:word = h'68656c6c6f']", "[thing:name_bin > 'aardvark']", "[thing:name_hex LIKE 'al%']",
                 R"([thing:low_hex MATCHES '.*\\x03'])", "[thing:ip ISSUBSET '198.51.100.0/24']",
                 "[thing:ip ISSUBSET '198.51.100.44']", "[thing:net ISSUPERSET '198.51.100.41']",
                 "[thing:net NOT ISSUPERSET '198.51.0.0/13']", "[thing:six ISSUBSET '2001:db8::/32']",
                 "[thing:when = t'2024-05-01T10:00:00.500Z']", "[thing:when > t'2024-05-01T10:00:00Z']",
                 "[thing:when IN (t'2024-05-01T10:00:00.5Z')]"});
  expect_all(1, {"[thing:name_hex = '\xC4\x83lice']", "[thing:name_bin < '\xC4\x83lice']",
                 "[thing:ip ISSUBSET '203.0.113.0/24']", "[thing:six ISSUBSET '198.51.100.0/24']",
                 "[thing:when < t'2024-05-01T10:00:00.4999999Z']", "[thing:net ISSUPERSET '198.0.0.0/8']"});
}

TEST(PatternEval, paths) {
  expect_all(0, {"[thing:list[0] = 'a']", "[thing:list[*] = 'b']", "[thing:list[*].deep = 1]", "[EXISTS thing:word]",
                 "[EXISTS thing:none]", "[NOT EXISTS thing:absent]", "[thing:list[2].deep >= 1]"});
  expect_all(1, {"[thing:list[1] = 'a']", "[thing:list[9] = 'a']", "[thing:word[0] = 'h']", "[EXISTS thing:absent]",
                 "[NOT EXISTS thing:word]", "[NOT EXISTS other:word]", "[thing:absent != 'x']"});
}

TEST(PatternEval, references_in_both_versions) {
  const std::string people =
      seen({R"({"type":"p","name":"alice","knows_ref":"1"})", R"({"type":"p","name":"bob","knows_refs":["0","2"]})",
            R"({"type":"p","name":"carol","knows_refs":["0","1","2"]})"});
  EXPECT_EQ(outcome("[p:knows_ref.name = 'bob']", people), 0);
  EXPECT_EQ(outcome("[p:knows_refs[*].name = 'carol' AND p:knows_refs[*].name = 'bob']", people), 0);
  EXPECT_EQ(outcome("[p:knows_refs[*].knows_refs[*].name = 'alice']", people), 0);
  EXPECT_EQ(outcome("[p:knows_refs[1].name = 'carol']", people), 0);
  EXPECT_EQ(outcome("[p:knows_ref = '1']", people), 0);
  EXPECT_EQ(outcome("[p:knows_refs[*].name = 'erin']", people), 1);
  const std::string bundle = R"({"type":"bundle","id":"bundle--1","objects":[
    {"type":"observed-data","id":"observed-data--9","spec_version":"2.1","first_observed":"2024-05-01T10:00:00Z",
     "last_observed":"2024-05-01T10:00:00Z","number_observed":1,"object_refs":["file--1"]},
    {"type":"file","id":"file--1","name":"a","parent_directory_ref":"directory--1"},
    {"type":"file","id":"file--2","name":"b"},
    {"type":"directory","id":"directory--1","path":"/tmp"}]})";
  const PatternEvaluation match = evaluate_pattern("[file:parent_directory_ref.path = '/tmp']", bundle);
  EXPECT_EQ(match.outcome, PatternOutcome::match);
  EXPECT_EQ(match.observations, Strings{"observed-data--9"});
  EXPECT_EQ(outcome("[file:name = 'b']", bundle), 1);  // in the bundle, but not observed
}

TEST(PatternEval, operands_speak_of_one_object) {
  const std::string pair = seen({R"({"type":"p","name":"alice","age":10})", R"({"type":"p","name":"bob","age":15})"});
  EXPECT_EQ(outcome("[p:name = 'alice' AND p:age < 20]", pair), 0);
  EXPECT_EQ(outcome("[p:name = 'alice' AND p:age > 10]", pair), 1);
  EXPECT_EQ(outcome("[p:name = 'alice' OR p:age > 1000 AND p:age < 0]", pair), 0);
  EXPECT_EQ(outcome("[(p:name = 'alice' OR p:age > 1000) AND p:age < 0]", pair), 1);
  EXPECT_EQ(outcome("[(p:name = 'carol' OR p:name = 'bob') AND p:age > 10]", pair), 0);
}

const std::string three =
    list({seen({R"({"type":"p","name":"alice","age":10})"}, "2024-05-01T10:00:00Z", "", 1, "o--a"),
          seen({R"({"type":"p","name":"bob","age":17})"}, "2024-05-01T10:00:05Z", "", 1, "o--b"),
          seen({R"({"type":"p","name":"carol","age":22})"}, "2024-05-01T10:00:10Z", "", 1, "o--c")});

TEST(PatternEval, observation_operators) {
  for (const std::string pattern :
       {"[p:name='alice'] AND [p:age>20]", "[p:name='alice'] OR [p:name='zelda']",
        "[p:name='alice'] FOLLOWEDBY [p:name>'bill']", "[p:name='alice'] FOLLOWEDBY [p:age=17] FOLLOWEDBY [p:age=22]",
        "[p:age > 20] OR [p:name > 'zelda'] AND [p:age < 0]", "([p:age=17] FOLLOWEDBY [p:age=22]) AND [p:age<15]",
        "[p:age > 0] AND [p:age > 0] AND [p:age > 0]", "[p:age > 20] OR ([p:age < 0] FOLLOWEDBY [p:age < 0])"})
    EXPECT_EQ(outcome(pattern, three), 0) << pattern;
  for (const std::string pattern :
       {"[p:name='alice'] AND [p:age=10]", "[p:name='alice'] FOLLOWEDBY [p:age=10]",
        "[p:name='bob'] FOLLOWEDBY [p:age<15]", "[p:age > 20] OR [p:name > 'zelda'] FOLLOWEDBY [p:age < 0]",
        "([p:age > 20] OR [p:name > 'zelda']) AND [p:age < 0]", "[p:age>0] AND [p:age>0] AND [p:age>0] AND [p:age>0]",
        "([p:age=10] FOLLOWEDBY [p:age=22]) FOLLOWEDBY [p:age=17]"})
    EXPECT_EQ(outcome(pattern, three), 1) << pattern;
  EXPECT_EQ(evaluate_pattern("[p:age>20] AND [p:name='alice']", three).observations, (Strings{"o--a", "o--c"}));
}

TEST(PatternEval, qualifiers) {
  for (const std::string pattern :
       {"[p:name='bob'] WITHIN .0001 SECONDS", "([p:name='alice'] AND [p:age=17]) WITHIN 5 SECONDS",
        "[p:name='alice'] AND [p:age=22] WITHIN 1 SECONDS", "[p:age>0] REPEATS 3 TIMES",
        "[p:age>0] REPEATS 2 TIMES WITHIN 5 SECONDS", "[p:age>0] REPEATS 3 TIMES WITHIN 10 SECONDS",
        "([p:age>0] REPEATS 1 TIMES) REPEATS 3 TIMES",
        "[p:name='bob'] START t'2024-05-01T10:00:05Z' STOP t'2024-05-01T10:00:06Z'",
        "[p:name='bob'] START '2024-05-01T10:00:05Z' STOP '2024-05-01T10:00:06Z'",
        "[p:age>0] REPEATS 2 TIMES START t'2024-05-01T10:00:00Z' STOP t'2024-05-01T10:00:10Z'"})
    EXPECT_EQ(outcome(pattern, three), 0) << pattern;
  for (const std::string pattern :
       {"([p:name='alice'] AND [p:age=17]) WITHIN 4.9999 SECONDS", "[p:age>0] REPEATS 4 TIMES",
        "[p:age>0] REPEATS 3 TIMES WITHIN 9 SECONDS", "([p:age>0] REPEATS 2 TIMES) REPEATS 2 TIMES",
        "[p:name='bob'] START t'2024-05-01T10:00:00Z' STOP t'2024-05-01T10:00:05Z'",
        "[p:name='bob'] START t'2024-05-01T10:00:05Z' STOP t'2024-05-01T10:00:05Z'",
        "[p:age>0] REPEATS 3 TIMES START t'2024-05-01T10:00:00Z' STOP t'2024-05-01T10:00:10Z'"})
    EXPECT_EQ(outcome(pattern, three), 1) << pattern;
}

TEST(PatternEval, an_observation_counts_as_often_as_it_was_seen_and_lasts) {
  const std::string observed =
      list({seen({R"({"type":"p","age":1})"}, "2024-05-01T10:00:00Z", "2024-05-01T10:00:01Z", 2),
            seen({R"({"type":"p","age":2})"}, "2024-05-01T10:00:03Z", "2024-05-01T10:00:04Z", 3)});
  EXPECT_EQ(outcome("[p:age>0] REPEATS 5 TIMES", observed), 0);
  EXPECT_EQ(outcome("[p:age>0] REPEATS 6 TIMES", observed), 1);
  EXPECT_EQ(outcome("[p:age=1] AND [p:age=1]", observed), 0);
  EXPECT_EQ(outcome("[p:age=1] AND [p:age=1] AND [p:age=1]", observed), 1);
  EXPECT_EQ(outcome("([p:age=1] AND [p:age=2]) WITHIN 2 SECONDS", observed), 0);
  EXPECT_EQ(outcome("([p:age=1] AND [p:age=2]) WITHIN 1 SECONDS", observed), 1);
  EXPECT_EQ(outcome("[p:age=2] FOLLOWEDBY [p:age=2]", observed), 0);
}

TEST(PatternEval, many_observations_stay_bounded) {
  Strings items;
  for (int i = 0; i < 60; ++i) {
    const std::string second = (i < 10 ? "0" : "") + std::to_string(i);
    items.push_back(seen({"{\"type\":\"p\",\"age\":" + std::to_string(i) + "}"}, "2024-05-01T10:00:" + second + "Z"));
  }
  const std::string many = list(items);
  for (const std::string pattern :
       {"[p:age<60] REPEATS 30 TIMES", "[p:age<60] REPEATS 10 TIMES WITHIN 10 SECONDS",
        "[p:age<60] REPEATS 59 TIMES AND [p:age<60]", "[p:age<60] REPEATS 10 TIMES FOLLOWEDBY [p:age<60]",
        "([p:age<60] FOLLOWEDBY [p:age>30]) REPEATS 10 TIMES", "([p:age<60] REPEATS 5 TIMES) REPEATS 12 TIMES"})
    EXPECT_EQ(outcome(pattern, many), 0) << pattern;
  EXPECT_EQ(outcome("[p:age<60] REPEATS 10 TIMES WITHIN 8 SECONDS", many), 1);
  EXPECT_EQ(outcome("[p:age<60] REPEATS 61 TIMES", many), 1);
  EXPECT_EQ(outcome("[p:age<60] REPEATS 999999999 TIMES", many), 1);
  // No binding, and too many ways to fail: the search ends and says so.
  const PatternEvaluation hard = evaluate_pattern(
      "([p:age<60] REPEATS 20 TIMES AND [p:age<60] REPEATS 20 TIMES) AND [p:age<21] REPEATS 21 TIMES", many);
  EXPECT_EQ(hard.outcome, PatternOutcome::no_match);
  EXPECT_TRUE(hard.gave_up);
}

TEST(PatternEval, long_patterns_do_not_overflow_the_stack) {
  std::string pattern = "[a:b=1]";
  while (pattern.size() < 900'000) pattern += " AND [a:b=1]";
  const std::string observed = seen({R"({"type":"a","b":1})"}, "2024-05-01T10:00:00Z", "", 999'999'999);
  const PatternEvaluation answer = evaluate_pattern(pattern, observed);
  EXPECT_EQ(answer.outcome, PatternOutcome::no_match);
  EXPECT_TRUE(answer.gave_up);
}

TEST(PatternEval, expressions_that_look_around_or_back_are_tried_for_a_while) {
  const std::string observed = seen({R"({"type":"a","b":")" + std::string(60, 'x') + R"(y"})"});
  const auto eval = [&](std::string_view expression) {
    return evaluate_pattern("[a:b MATCHES '" + std::string(expression) + "']", observed);
  };
  EXPECT_EQ(eval("x(?=y)").outcome, PatternOutcome::match);
  EXPECT_EQ(eval("x(?!x|y)").outcome, PatternOutcome::no_match);
  EXPECT_EQ(eval("(?<=x)y$").outcome, PatternOutcome::match);
  EXPECT_EQ(eval(R"(^(x+)\\1y$)").outcome, PatternOutcome::match);
  EXPECT_EQ(eval(R"((y)\\1)").outcome, PatternOutcome::no_match);
  EXPECT_FALSE(eval(R"((y)\\1)").gave_up);
  const PatternEvaluation endless = eval(R"(^((x+)+)+\\1[wz])");
  EXPECT_EQ(endless.outcome, PatternOutcome::no_match);
  EXPECT_TRUE(endless.gave_up);
  EXPECT_EQ(evaluate_pattern(R"([a:b MATCHES '^((x+)+)+\\1[wz]' OR a:b LIKE '%y'])", observed).outcome,
            PatternOutcome::match);
}

TEST(PatternEval, what_is_no_pattern_names_its_column) {
  const auto column = [](std::string_view pattern) {
    const PatternEvaluation answer = evaluate_pattern(pattern, thing);
    return answer.outcome == PatternOutcome::not_a_pattern ? static_cast<int>(answer.column) : -1;
  };
  EXPECT_EQ(column("file:size = 1280"), 1);
  EXPECT_EQ(column("[file:size = ]"), 14);
  EXPECT_EQ(column("[file:hashes.MD5 = cead3f77]"), 20);
  EXPECT_EQ(column("[file.size = 1280]"), 6);
  EXPECT_EQ(column(R"([file:name MATCHES /.*\.dll/])"), 20);
  EXPECT_EQ(column("[a:b='x'] WITHIN ]"), 18);
  EXPECT_EQ(column("[a:b='x'] WITHIN 5 HOURS"), 20);
  EXPECT_EQ(column("[a:b='x'] WITHIN -5 SECONDS"), 18);
  EXPECT_EQ(column("[a:b='x'] REPEATS 0 TIMES"), 19);
  EXPECT_EQ(column("[a:b ISSUBSET ]"), 15);
  EXPECT_EQ(column("[a:b ISSUBSET 'x']"), 15);
  EXPECT_EQ(column("[a:b =? 'x']"), 7);
  EXPECT_EQ(column("[a:b = t'2457-73-22T32:81:84.1Z']"), 8);
  EXPECT_EQ(column("[a:b = t'2024-05-01T10:00:00']"), 8);
  EXPECT_EQ(column("[a:b = t'2024-05-01t10:00:00Z']"), 8);
  EXPECT_EQ(column("[a:b = b'====']"), 8);
  EXPECT_EQ(column("[a:b = h'123']"), 8);
  EXPECT_EQ(column("[foo:bar=1] within 2 seconds"), 13);
  EXPECT_EQ(column("[a:b=1 and c:d=2]"), 8);
  EXPECT_EQ(column("[a:b='x'] WITHIN 5 SECONDS WITHIN 6 SECONDS"), 28);
  EXPECT_EQ(column("[a:b IN (1, true)]"), 13);
  EXPECT_EQ(column("[a:b IN (1,)]"), 12);
  EXPECT_EQ(column("[a:b = null]"), 8);
  EXPECT_EQ(column("[a:b > true]"), 8);
  EXPECT_EQ(column("[a:b = 007]"), 8);
  EXPECT_EQ(column("[a:b.c-d = 1]"), 6);
  EXPECT_EQ(column("[a:b MATCHES '(']"), 14);
  EXPECT_EQ(column("[a:b MATCHES '(?=x)']"), -1);
  EXPECT_EQ(column("[a:b MATCHES '(?=x']"), 14);
  EXPECT_EQ(column(R"([a:b = '\d'])"), 9);
  EXPECT_EQ(column("[a:b = \"x\"]"), 8);
  EXPECT_EQ(column(""), 1);
  EXPECT_EQ(column("([a:b='x']) WITHIN 5 SECONDS"), -1);
  EXPECT_EQ(column("([a:b='x'] WITHIN 5 SECONDS) WITHIN 6 SECONDS"), -1);
  EXPECT_EQ(column("([a:b='x']) WITHIN 5 SECONDS WITHIN 6 SECONDS"), -1);
  EXPECT_EQ(column("([a:b='x'] REPEATS 2 TIMES REPEATS 3 TIMES)"), 28);
  EXPECT_EQ(column("[a:b='x'] START t'2024-05-02T00:00:00Z' STOP t'2024-05-01T00:00:00Z'"), -1);
  EXPECT_EQ(column("( [(a-b:c IN(443,6443,8443) AND a-b:d != 0) ])"), -1);
  EXPECT_EQ(column("[a:b == 1] // a comment"), -1);
}

TEST(PatternEval, a_hash_has_the_length_of_its_algorithm) {
  const std::string md5(32, 'a'), sha256(64, 'B');
  const auto column = [](const std::string& pattern) {
    const PatternEvaluation answer = evaluate_pattern(pattern, thing);
    return answer.outcome == PatternOutcome::not_a_pattern ? static_cast<int>(answer.column) : -1;
  };
  EXPECT_EQ(column("[file:hashes.'SHA-256' = 'f00']"), 26);
  EXPECT_EQ(column("[file:hashes.MD5 IN ('" + md5 + "', 'f00')]"), 58);
  EXPECT_EQ(column("[file:hashes.SHA256 != '" + md5 + "']"), 24);
  EXPECT_EQ(column("[file:hashes.MD5 = 'zz" + md5.substr(2) + "']"), 20);
  EXPECT_EQ(column("[a:b = 1] AND ([a:b = 1 OR (a:c = 1 AND a:x.hashes.'SHA-1' = 5)])"), 62);
  EXPECT_EQ(column("[file:hashes.'SHA-256' = '" + sha256 + "']"), -1);
  EXPECT_EQ(column("[file:hashes.'SHA-256' LIKE 'f00%']"), -1);
  EXPECT_EQ(column("[file:hashes[*] = 'f00']"), -1);
  EXPECT_EQ(column("[file:hashes.TLSH = 'f00' OR file:MD5 = 'f00']"), -1);
}

TEST(PatternEval, bad_observation_files) {
  const std::string good = seen({R"({"type":"a","b":1})"});
  EXPECT_EQ(outcome("[a:b=1]", good), 0);
  EXPECT_EQ(outcome("[a:b=1]", "{\"type\":\"bundle\",\"objects\":[" + good + "]}"), 0);
  EXPECT_EQ(outcome("[a:b=1]", list({"{\"type\":\"bundle\",\"objects\":[" + good + "]}"})), 0);
  const auto without = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& bad :
       {std::string(), std::string("x"), std::string("{}"), std::string("[]"), good.substr(0, 40),
        without("\"number_observed\":1", "\"number_observed\":0"), without("\"number_observed\"", "\"n\""),
        without("first_observed", "x"), without("2024-05-01T10:00:00Z", "yesterday"), without("\"objects\"", "\"o\""),
        without("2024-05-01T10:00:00Z", "2025-05-01T10:00:00Z"),
        std::string(R"({"type":"bundle","objects":[{"type":"file","id":"file--1"}]})")}) {
    const PatternEvaluation answer = evaluate_pattern("[a:b=1]", bad);
    EXPECT_EQ(answer.outcome, PatternOutcome::bad_observation) << bad;
    EXPECT_FALSE(answer.why.empty());
    EXPECT_EQ(outcome("[a:b=", bad), 2);  // the pattern is judged first
  }
}

TEST(PatternEval, every_truncation_ends) {
  const std::string_view whole =
      "([p:age=1 OR p:list[0].'x-y' IN ('a', 'b')] FOLLOWEDBY [NOT EXISTS p:name]) WITHIN 5 SECONDS";
  EXPECT_EQ(outcome(whole, three), 1);
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(outcome(whole.substr(0, size), three), 3) << size;
  for (std::size_t size = 0; size < three.size(); ++size)
    EXPECT_EQ(outcome("[p:age>0]", three.substr(0, size)), 3) << size;
}

}  // namespace
}  // namespace testudo
