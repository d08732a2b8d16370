// The two lists of knowledge/: well formed, sorted out against the public suffix list.
#include "intel/known_names.h"

#include <gtest/gtest.h>

#include <set>

#include "base/embedded.h"
#include "base/host.h"
#include "base/text.h"

namespace testudo {
namespace {

std::vector<std::vector<std::string_view>> lines_of(std::string_view path) {
  std::vector<std::vector<std::string_view>> lines;
  for (const std::string_view line : split(embedded_file(path).value_or(""), '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    lines.push_back(split(line, '|'));
    for (std::string_view& field : lines.back()) field = trim(field);
  }
  return lines;
}

TEST(SharedPlatforms, every_line_has_a_normal_host_a_category_and_a_source) {
  const auto lines = lines_of("knowledge/shared_platforms.txt");
  EXPECT_GT(lines.size(), 300U);
  std::set<std::string_view> seen;
  std::size_t repeated = 0;
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 3U) << line[0];
    const std::optional<HostName> host = normalise_host(line[0]);
    ASSERT_TRUE(host.has_value()) << line[0];
    EXPECT_EQ(host->text, line[0]);
    EXPECT_TRUE(seen.insert(line[0]).second) << line[0];
    EXPECT_TRUE(line[2].starts_with("https://")) << line[0];
    EXPECT_TRUE(is_shared_platform(line[0]));
    repeated += is_public_suffix(line[0]) ? 1 : 0;
  }
  // Operators keep registering their domains in the public suffix list; a newer list than ours may know some of them.
  EXPECT_LE(repeated, lines.size() / 10);
  EXPECT_FALSE(is_shared_platform("a.test"));
}

TEST(GenericNames, every_line_has_a_kind_a_value_and_a_reason) {
  const auto lines = lines_of("knowledge/generic_names.txt");
  EXPECT_GT(lines.size(), 50U);
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 3U) << line[0];
    const std::optional<Kind> kind = kind_from_name(line[0]);
    ASSERT_TRUE(kind.has_value()) << line[0];
    EXPECT_FALSE(line[2].empty());
    EXPECT_TRUE(seen.insert({line[0], line[1]}).second) << line[1];
    EXPECT_TRUE(is_generic_name(*kind, line[1]));
  }
  EXPECT_TRUE(is_generic_name(Kind::process, "bh"));
  EXPECT_FALSE(is_generic_name(Kind::file_name, "bh"));
}

}  // namespace
}  // namespace testudo
