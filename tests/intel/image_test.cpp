// The image as a hostile file: cut, changed, or made up.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "intel/bundle.h"
#include "intel/image_layout.h"

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
