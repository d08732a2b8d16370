// The message catalogue: format, fallback, the pseudo-language; and that the program says nothing that is not in it.
#include "base/catalogue.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <regex>
#include <set>

#include "shared_data.h"

namespace testudo {
namespace {

Result<Catalogue> load(std::string_view language, std::string_view english, std::string_view other = "") {
  const EmbeddedFile files[] = {{"knowledge/text/en/a.txt", english}, {"knowledge/text/ar/a.txt", other}};
  return Catalogue::load_from(language, files);
}

TEST(Catalogue, sentences) {
  const auto words =
      load("en", "# A comment\nhello = Hello {name}, {name}!\n\nlong = One\n  two\n\tthree.\r\nempty =\n");
  ASSERT_TRUE(words.ok());
  EXPECT_EQ(words->say("hello", {{"name", "{you}"}}), "Hello {you}, {you}!");
  EXPECT_EQ(words->say("hello"), "Hello {name}, {name}!");
  EXPECT_EQ(words->say("hello", {{"other", "x"}}), "Hello {name}, {name}!");
  EXPECT_EQ(words->say("long"), "One two three.");
  EXPECT_EQ(words->say("empty"), "");
  EXPECT_EQ(words->say("unknown.key"), "unknown.key");
  EXPECT_TRUE(words->has("long"));
  EXPECT_FALSE(words->has("unknown.key"));
  EXPECT_EQ(words->language(), "en");
  EXPECT_FALSE(words->right_to_left());
}

TEST(Catalogue, odd_braces_stay) {
  const auto words = load("en", "a = {open\nb = close}\nc = {}x{a}\n");
  ASSERT_TRUE(words.ok());
  EXPECT_EQ(words->say("a", {{"open", "x"}}), "{open");
  EXPECT_EQ(words->say("b"), "close}");
  EXPECT_EQ(words->say("c", {{"a", "1"}}), "{}x1");
}

TEST(Catalogue, counts) {
  const auto words = load("en", "files.one = {n} file in {where}\nfiles.other = {n} files in {where}\n");
  ASSERT_TRUE(words.ok());
  EXPECT_EQ(words->say_count("files", 1, {{"where", "{n}"}}), "1 file in {n}");
  EXPECT_EQ(words->say_count("files", 0, {{"where", "x"}}), "0 files in x");
  EXPECT_EQ(words->say_count("files", -3, {{"where", "x"}}), "-3 files in x");
  EXPECT_EQ(words->say_count("folders", 2), "folders");
}

TEST(Catalogue, other_language_falls_back_key_by_key) {
  const auto words = load("ar", "a = first\nb = second\n", "a = أول\n");
  ASSERT_TRUE(words.ok());
  EXPECT_EQ(words->say("a"), "أول");
  EXPECT_EQ(words->say("b"), "second");
  EXPECT_TRUE(words->right_to_left());
}

TEST(Catalogue, pseudo_language_marks_every_sentence) {
  const auto words = load("qps-rtl", "a = Hello {name}\n");
  ASSERT_TRUE(words.ok());
  EXPECT_EQ(words->say("a", {{"name", "x"}}), "⟦Hello x⟧");
  EXPECT_TRUE(words->right_to_left());
}

TEST(Catalogue, broken_files_are_refused_with_their_line) {
  for (std::string_view english : {"no equals sign\n", "Bad Key = x\n", " = x\n", "  continues nothing\n",
                                   "a = 1\na = 2\n", "a = 1\n\n  after a gap\n"}) {
    const auto words = load("en", english);
    ASSERT_FALSE(words.ok()) << english;
    EXPECT_EQ(words.error().fault, Fault::malformed);
    EXPECT_TRUE(words.error().what.starts_with("knowledge/text/en/a.txt:")) << words.error().what;
  }
  EXPECT_EQ(load("xx", "a = 1\n").error().fault, Fault::not_found);
  EXPECT_EQ(load("../en", "a = 1\n").error().fault, Fault::not_found);
}

std::string all_sources() {
  std::string all;
  for (const auto& path : test::files_below(std::filesystem::path(TESTUDO_SOURCE_DIR) / "src"))
    all += test::content_of(path);
  return all;
}

// Keys that are said as literals: words.say("a.b"). Keys put together at run time, "a." + x, end in '*' here.
// Catalogues are called `words`, so that this finds them.
std::set<std::string> keys_in(const std::string& source) {
  static const std::regex use(
      R"re((?:words|catalogue)\w*(?:\(\))?(?:\.|->)(?:say|say_count|has)\(\s*"([^"]+)"(\s*\+)?)re");
  std::set<std::string> keys;
  for (std::sregex_iterator at(source.begin(), source.end(), use), end; at != end; ++at)
    keys.insert((*at)[1].str() + ((*at)[2].matched ? "*" : ""));
  return keys;
}

bool is_defined(const Catalogue& words, const std::string& key) {
  if (!key.ends_with('*')) return words.has(key) || words.has(key + ".other");
  const std::string prefix = key.substr(0, key.size() - 1);
  return std::ranges::any_of(words.keys(), [&](std::string_view k) { return k.starts_with(prefix); });
}

TEST(Catalogue, every_sentence_of_the_program_is_in_it) {
  const auto words = Catalogue::load("en");
  ASSERT_TRUE(words.ok()) << words.error().what;
  const std::set<std::string> used = keys_in(all_sources());
  EXPECT_FALSE(used.empty());
  for (const std::string& key : used) EXPECT_TRUE(is_defined(*words, key)) << key << " is said but not defined";
}

// Whether literals of the program make a key: as it stands, or put together ("anomaly." + name, verb + ".done").
class Literals {
 public:
  explicit Literals(const std::string& source) {
    static const std::regex literal(R"re("([A-Za-z0-9._-]{2,})")re");
    for (std::sregex_iterator at(source.begin(), source.end(), literal), end; at != end; ++at) all_.insert((*at)[1]);
  }
  bool make(const std::string& key, int parts = 7) const {
    const bool is_number = key.find_first_not_of("0123456789") == std::string::npos;
    if (all_.contains(key) || is_number) return true;
    for (std::size_t at = 1; parts > 1 && at < key.size(); ++at) {
      const char before = key[at - 1];
      if ((before == '.' || before == '_') && all_.contains(key.substr(0, at)) && make(key.substr(at), parts - 1))
        return true;
      if (key[at] != '.') continue;
      if (all_.contains(key.substr(at)) && make(key.substr(0, at), parts - 1)) return true;
      if (all_.contains(key.substr(0, at)) && make(key.substr(at + 1), parts - 1)) return true;
    }
    return false;
  }

 private:
  std::set<std::string> all_;
};

TEST(Catalogue, every_sentence_in_it_can_be_said) {
  const Literals literals(all_sources());
  EXPECT_FALSE(literals.make("anomaly.never_reported"));
  const auto words = Catalogue::load("en");
  ASSERT_TRUE(words.ok());
  for (const std::string_view key : words->keys()) {
    std::string bare(key);
    for (const std::string_view end : {".one", ".other"})
      if (bare.ends_with(end)) bare.resize(bare.size() - end.size());
    const bool said = literals.make(std::string(key)) || literals.make(bare) ||
                      (bare.starts_with("error.") && literals.make(bare.substr(6)));
    EXPECT_TRUE(said) << key << " is defined, and nothing in the source says it";
  }
}

TEST(Catalogue, every_language_loads_and_keeps_the_placeholders) {
  const auto english = Catalogue::load("en");
  ASSERT_TRUE(english.ok());
  const auto pseudo = Catalogue::load("qps-rtl");
  ASSERT_TRUE(pseudo.ok());
  EXPECT_EQ(english->keys(), pseudo->keys());
  for (std::string_view key : english->keys()) EXPECT_EQ(pseudo->say(key), "⟦" + english->say(key) + "⟧");
}

}  // namespace
}  // namespace testudo
