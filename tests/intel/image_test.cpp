// The image as a hostile file: cut, changed, or made up.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "intel/bundle.h"
#include "intel/image_layout.h"
#include "intel/indicator_store.h"

namespace testudo {
namespace {

using test::Compiled;

IndicatorSet small_set() {
  IndicatorSet set;
  set.add(Kind::host, "a.test", {"feed", "Threat", "id-1"});
  set.add(Kind::host, "a.test", {"other", "Threat", "id-2"});
  set.add(Kind::path, "/x/y", {"feed", "", "id-3"});
  set.add(Kind::process, "a.process.longer.than.sixteen", {"feed", "", "id-4"});
  set.add(Kind::cidr, "198.51.100.0/24", {"feed", "", "id-5"});
  set.add(Kind::url, "https://a.test/x", {"feed", "", "id-6"});
  return set;
}

// Uses everything that a matcher offers.
std::size_t exercise(const Matcher& matcher) {
  std::vector<Match> out;
  matcher.find(Kind::host, "www.a.test", out);
  matcher.find(Kind::path, "/x/y/z", out);
  matcher.find(Kind::process, "a.process.longer", out);
  matcher.find(Kind::ipv4, "198.51.100.7", out);
  matcher.find(Kind::ipv6, "2001:db8::1", out);
  matcher.find(Kind::url, "a.test/x", out);
  for (const Match& match : out) EXPECT_LT(match.indicator, matcher.size());
  std::size_t seen = matcher.size() + out.size();
  for (std::uint32_t i = 0; i < 8; ++i)
    seen += matcher.describe(i).sources.size() + static_cast<std::size_t>(matcher.type(i)) + matcher.is_generic(i);
  for (const Match& match : out) seen += matcher.describe(match.indicator).value.size();
  return seen;
}

void with_true_checksum(std::string& image) {
  image::store(image, image::at::checksum, std::uint64_t{0});
  image::store(image, image::at::checksum, hash64(std::string_view(image).substr(0, image::header_size)));
}

TEST(MatcherImage, same_set_same_bytes) {
  EXPECT_EQ(small_set().compile(), small_set().compile());
  IndicatorSet set = small_set();
  const std::string once = set.compile();
  EXPECT_EQ(once, set.compile());
  const IndicatorSet moved = std::move(set);
  EXPECT_EQ(once, moved.compile());
}

TEST(MatcherImage, every_truncation_is_refused) {
  const std::string image = small_set().compile();
  for (std::size_t size = 0; size < image.size(); ++size) {
    const std::string cut = image.substr(0, size);
    EXPECT_FALSE(Matcher::open(as_bytes(cut)).ok()) << size;
  }
  const std::string longer = image + "x";
  EXPECT_FALSE(Matcher::open(as_bytes(longer)).ok());
}

TEST(MatcherImage, every_octet_changed) {
  const std::string image = small_set().compile();
  for (std::size_t at = 0; at < image.size(); ++at) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string changed = image;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      EXPECT_EQ(Matcher::open(as_bytes(changed)).ok(), at >= image::header_size) << at;
      // What a deliberate forger would do: the checksum is no protection against him.
      with_true_checksum(changed);
      const Result<Matcher> opened = Matcher::open(as_bytes(changed));
      if (opened) exercise(opened.value());
    }
  }
}

TEST(MatcherImage, every_header_number_made_huge) {
  const std::string image = small_set().compile();
  for (std::size_t at = 0; at + 8 <= image::header_size; at += 4) {
    for (const std::uint64_t value :
         {~std::uint64_t{0}, std::uint64_t{1} << 31, std::uint64_t{image.size()}, std::uint64_t{1}}) {
      std::string changed = image;
      image::store(changed, at, value);
      with_true_checksum(changed);
      const Result<Matcher> opened = Matcher::open(as_bytes(changed));
      if (opened) exercise(opened.value());
    }
  }
}

TEST(MatcherImage, another_version_is_refused) {
  std::string image = small_set().compile();
  image::store(image, image::at::version, std::uint32_t{1});
  with_true_checksum(image);
  EXPECT_EQ(Matcher::open(as_bytes(image)).error().what, "an indicator image of another version");
}

TEST(MatcherImage, groups_that_lead_anywhere) {
  const std::string image = small_set().compile();
  for (const std::uint64_t place :
       {std::uint64_t{0}, image::header_size, std::uint64_t{image.size() - 8}, std::uint64_t{image.size() - 1},
        std::uint64_t{image.size()}, (std::uint64_t{1} << 48) - 1}) {
    for (const int count : {0, 1, 1024, 65535}) {
      std::string changed = image;
      for (std::size_t i = 0; i < image::table_count; ++i) {
        const image::Table table = image::load_table(as_bytes(image), i);
        for (std::uint32_t group = 0; group < table.group_count; ++group) {
          image::store(changed, image::filter_at(table, group), ~std::uint64_t{0});
          image::store_place(changed, image::records_at(table, group), {place, static_cast<std::uint16_t>(count)});
        }
      }
      exercise(Matcher::open(as_bytes(changed)).value());
    }
  }
}

// Two thousand records, each right, in a group that claims all of them and in one that claims more than there are.
TEST(MatcherImage, a_look_up_reads_no_more_records_than_a_writer_puts_into_a_group) {
  const std::string image = small_set().compile();
  const image::Table table = image::load_table(as_bytes(image), image::cut_process_table);
  ASSERT_EQ(table.group_count, 1U);
  const std::uint64_t records = image::records_at(table, 0);
  const image::Record record = image::load_record(as_bytes(image), image::load_place(as_bytes(image), records).at);
  for (const int count : {2000, 65535}) {
    std::string longer = image + std::string(2000 * image::record_size, '\0');
    for (std::size_t i = 0; i < 2000; ++i) image::store_record(longer, image.size() + i * image::record_size, record);
    image::store_place(longer, records, {image.size(), static_cast<std::uint16_t>(count)});
    image::store(longer, image::at::image_size, std::uint64_t{longer.size()});
    with_true_checksum(longer);
    std::vector<Match> out;
    Matcher::open(as_bytes(longer)).value().find(Kind::process, "a.process.longer", out);
    EXPECT_EQ(out.size(), image::group_limit);
  }
}

TEST(MatcherImage, values_that_collide_under_one_seed_get_another) {
  IndicatorSet set;
  std::vector<std::string> hosts;
  constexpr std::uint32_t count = 67 * image::group_values;
  const image::Table table{.group_count = 67, .count = count};
  for (int i = 0; hosts.size() < count; ++i) {
    const std::string host = "x" + std::to_string(i) + ".test";
    if (image::group_of(table, image::hash_value(Kind::host, host, 0)) != 0) continue;
    ASSERT_TRUE(set.add(Kind::host, host, {"feed", "", ""}));
    hosts.push_back(host);
  }
  const Compiled c(set);
  EXPECT_EQ(image::load_table(as_bytes(c.image), static_cast<std::size_t>(Kind::host)).group_count, table.group_count);
  EXPECT_EQ(image::load<std::uint64_t>(as_bytes(c.image), image::at::seed), 1U);
  for (const std::string& host : hosts) EXPECT_EQ(c.find(Kind::host, host), std::vector{host + " exact"});
}

// hash64 forgets its seed where eight octets are its first constant. They are no UTF-8, but a hostile worker may send
// them.
TEST(MatcherImage, values_that_collide_under_every_seed_cost_themselves_alone) {
  const auto value = [](int i) { return "\x03\xED\x92\xD1\x32\x4A\xB5\xD1" + std::to_string(10'000'000 + i) + "x"; };
  IndicatorStore store;
  for (int i = 0; i < 1100; ++i) store.add({.type = Kind::text, .value = value(i)}, {"feed", "", ""});
  store.add({.type = Kind::host, .value = "a.test"}, {"feed", "", ""});
  const std::string image = write_image(store);
  EXPECT_EQ(image::load<std::uint64_t>(as_bytes(image), image::at::seed), 15U);
  const Matcher matcher = Matcher::open(as_bytes(image)).value();
  std::vector<Match> out;
  for (int i = 0; i < 1100; ++i) {
    EXPECT_EQ(matcher.value(static_cast<std::uint32_t>(i)), value(i));
    matcher.find(Kind::text, value(i), out);
  }
  EXPECT_EQ(out.size(), image::group_limit);
  matcher.find(Kind::host, "a.test", out);
  EXPECT_EQ(out.size(), image::group_limit + 1);
}

TEST(MatcherImage, more_names_with_one_beginning_than_a_group_takes) {
  IndicatorSet set;
  const auto name = [](int i) { return "com.example.same.start" + std::to_string(i); };
  for (int i = 0; i < 1500; ++i) set.add(Kind::process, name(i), {"feed", "", ""});
  const Compiled c(set);
  EXPECT_EQ(c.find(Kind::process, "com.example.same").size(), image::group_limit);
  for (int i = 0; i < 1500; ++i)
    EXPECT_EQ(c.find(Kind::process, name(i)), std::vector<std::string>{name(i) + " exact"});
}

TEST(MatcherImage, a_value_as_long_as_a_record_can_say) {
  const std::string longest(image::longest_value, 'x'), shorter(70'000, 'x');
  IndicatorStore store;
  EXPECT_EQ(store.add({.type = Kind::text, .value = longest}, {"feed", "", "1"}), IndicatorStore::Added::fresh);
  EXPECT_EQ(store.add({.type = Kind::text, .value = shorter, .shown = "shown"}, {"feed", "", "2"}),
            IndicatorStore::Added::fresh);
  EXPECT_EQ(store.add({.type = Kind::text, .value = longest + "x"}, {"feed", "", "3"}), IndicatorStore::Added::full);
  const std::string image = write_image(store);
  const Matcher matcher = Matcher::open(as_bytes(image)).value();
  std::vector<Match> out;
  matcher.find(Kind::text, longest, out);
  matcher.find(Kind::text, shorter, out);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].length, image::longest_value);
  EXPECT_EQ(matcher.value(0), longest);
  EXPECT_EQ(matcher.value(1), shorter);
  EXPECT_EQ(matcher.describe(1).value, "shown");
  EXPECT_EQ(matcher.describe(1).sources.at(0).id, "2");
}

TEST(MatcherImage, changes_after_open_do_not_lead_outside) {
  std::string image = small_set().compile();
  const Matcher matcher = Matcher::open(as_bytes(image)).value();
  const std::size_t before = exercise(matcher);
  EXPECT_GT(before, 0U);
  std::fill(image.begin(), image.end(), '\xFF');
  exercise(matcher);
  std::fill(image.begin(), image.end(), '\0');
  exercise(matcher);
}

}  // namespace
}  // namespace testudo
