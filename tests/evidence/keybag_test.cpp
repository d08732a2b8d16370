// Keybags: parsing, key derivation, unwrapping, and what goes wrong. Claims: docs/formats/ios-backup.md.
#include "evidence/keybag.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/text.h"
#include "evidence/backup_crypto.h"
#include "shared_data.h"

namespace testudo {
namespace {

using test::field;
using test::number;

Fault fault_of(std::string_view octets) { return Keybag::parse(as_bytes(octets)).error().fault; }

TEST(Keybag, ReadsItsFields) {  // K1
  const auto bag = Keybag::parse(as_bytes(test::keybag("secret")));
  ASSERT_TRUE(bag.ok());
  EXPECT_EQ(bag.value().version, 3U);
  EXPECT_EQ(bag.value().type, 1U);
  EXPECT_EQ(bag.value().uuid, to_hex(as_bytes("0123456789abcdef")));
  EXPECT_EQ(as_text(bag.value().salt), test::salt);
  EXPECT_EQ(as_text(bag.value().double_salt), test::double_salt);
  EXPECT_EQ(bag.value().iterations, 100U);
  EXPECT_EQ(bag.value().double_iterations, 1000U);
  ASSERT_EQ(bag.value().class_keys.size(), 4U);
  EXPECT_EQ(bag.value().class_keys[2].protection_class, 3U);
  EXPECT_EQ(bag.value().class_keys[2].wrap, 2U);
  EXPECT_EQ(bag.value().class_keys[2].key.size(), 40U);
}

TEST(Keybag, OpensWithItsPassword) {  // K2, K3
  for (const std::uint32_t double_rounds : {0U, 1000U}) {
    const auto bag = Keybag::parse(as_bytes(test::keybag("p\u00e4ssword", 100, double_rounds)));
    ASSERT_TRUE(bag.ok());
    const auto key = derive_key(bag.value(), "p\u00e4ssword", double_rounds == 0 ? "9.3.5" : "16.5");
    ASSERT_TRUE(key.ok());
    EXPECT_EQ(key.value(),
              test::openssl_key("p\u00e4ssword", test::salt, 100, test::double_salt, static_cast<int>(double_rounds)));
    const auto keys = ClassKeys::open(bag.value(), key.value());
    ASSERT_TRUE(keys.ok());
    EXPECT_EQ(keys.value().size(), 3U);
    ASSERT_NE(keys.value().find(2), nullptr);
    EXPECT_EQ(*keys.value().find(2), test::key_of(2));
    EXPECT_EQ(keys.value().find(4), nullptr);
  }
}

// The version decides; where it says nothing, the fields do.
TEST(Keybag, VersionDecidesHowOftenThePasswordIsStretched) {
  const auto bag = Keybag::parse(as_bytes(test::keybag("secret")));
  const auto twice = derive_key(bag.value(), "secret", "10.2");
  const auto once = derive_key(bag.value(), "secret", "10.1.1");
  EXPECT_EQ(derive_key(bag.value(), "secret", "").value(), twice.value());
  EXPECT_EQ(derive_key(bag.value(), "secret", "26.0").value(), twice.value());
  EXPECT_EQ(derive_key(bag.value(), "secret", "9.3").value(), once.value());
  EXPECT_NE(twice.value(), once.value());
  const auto old = Keybag::parse(as_bytes(test::keybag("secret", 100, 0)));
  EXPECT_EQ(derive_key(old.value(), "secret", "").value(), once.value());
  EXPECT_EQ(derive_key(old.value(), "secret", "16.5").error().fault, Fault::malformed);
}

TEST(Keybag, TellsAWrongPasswordFromDamage) {  // K4
  const std::string octets = test::keybag("secret");
  const auto bag = Keybag::parse(as_bytes(octets));
  const auto wrong = derive_key(bag.value(), "Secret", "16.5");
  EXPECT_EQ(ClassKeys::open(bag.value(), wrong.value()).error().fault, Fault::wrong_key);

  EXPECT_EQ(fault_of(""), Fault::truncated);
  EXPECT_EQ(fault_of("bplist00"), Fault::malformed);
  EXPECT_EQ(fault_of(field("VERS", "12345")), Fault::malformed);
  Keybag device_only = bag.value();
  for (auto& key : device_only.class_keys) key.wrap = 1;
  EXPECT_EQ(ClassKeys::open(device_only, wrong.value()).error().fault, Fault::malformed);
  Keybag odd = bag.value();
  for (auto& key : odd.class_keys) key.key.pop_back();
  EXPECT_EQ(ClassKeys::open(odd, wrong.value()).error().fault, Fault::malformed);
}

TEST(Keybag, OneDamagedClassKeyCostsItsClassAlone) {  // K4
  Keybag bag = Keybag::parse(as_bytes(test::keybag("secret"))).value();
  const auto right = derive_key(bag, "secret", "16.5");
  const std::uint32_t cut = bag.class_keys[1].protection_class, whole = bag.class_keys[2].protection_class;
  bag.class_keys[0].key[7] ^= 1;
  bag.class_keys[1].key.pop_back();
  const auto keys = ClassKeys::open(bag, right.value());
  ASSERT_TRUE(keys.ok());
  EXPECT_EQ(keys.value().find(bag.class_keys[0].protection_class), nullptr);
  EXPECT_EQ(keys.value().find(cut), nullptr);
  EXPECT_NE(keys.value().find(whole), nullptr);
}

TEST(Keybag, SurvivesTruncationAtEveryOctet) {
  const std::string whole = test::keybag("secret");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto bag = Keybag::parse(as_bytes(whole).first(size));
    EXPECT_TRUE(bag.ok() || bag.error().fault == Fault::truncated) << size;
  }
}

TEST(Keybag, RefusesHostileCounts) {  // K5
  auto bag = Keybag::parse(as_bytes(test::keybag("secret"))).value();
  bag.double_iterations = most_double_iterations + 1;
  EXPECT_EQ(derive_key(bag, "secret", "16.5").error().fault, Fault::limit);
  bag.double_iterations = 1;
  bag.iterations = most_iterations + 1;
  EXPECT_EQ(derive_key(bag, "secret", "16.5").error().fault, Fault::limit);
  std::string many = test::keybag("secret");
  for (int i = 0; i < 100; ++i) many += field("UUID", "x");
  EXPECT_EQ(fault_of(many), Fault::limit);
  EXPECT_EQ(fault_of(field("VERS", number(3)) + "SALT\xff\xff\xff\xff"), Fault::truncated);
}

TEST(Keybag, ShowsProgressToTheEnd) {
  auto bag = Keybag::parse(as_bytes(test::keybag("secret"))).value();
  bag.double_iterations = 600'000;
  std::vector<std::uint64_t> seen;
  std::uint64_t of = 0;
  const auto key = derive_key(bag, "secret", "16.5", [&](std::uint64_t done, std::uint64_t total) {
    seen.push_back(done);
    of = total;
  });
  EXPECT_GE(seen.size(), 3U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 600'000U);
  EXPECT_EQ(of, 600'000U);
  EXPECT_EQ(key.value(), test::openssl_key("secret", test::salt, 100, test::double_salt, 600'000));
}

TEST(Keybag, ExportsAndImportsTheDerivedKey) {  // K6
  const DerivedKey key = test::key_of(200);
  const std::string text = export_key(key);
  EXPECT_EQ(text.size(), 64U);
  EXPECT_EQ(import_key(" " + text + "\n").value(), key);
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(import_key(upper).value(), key);
  EXPECT_EQ(import_key(text.substr(2)).error().fault, Fault::usage);
  EXPECT_EQ(import_key("zz" + text.substr(2)).error().fault, Fault::usage);
}

TEST(Keybag, UnwrapsFileKeys) {  // K7
  const auto bag = Keybag::parse(as_bytes(test::keybag("secret")));
  const auto opened = ClassKeys::open(bag.value(), derive_key(bag.value(), "secret", "16.5").value());
  ASSERT_TRUE(opened.ok());
  const FileKey key = test::key_of(77);
  const std::string wrapped = test::wrapped_file_key(3, key);
  EXPECT_EQ(opened.value().unwrap(as_bytes(wrapped)).value(), key);
  std::string other = wrapped;
  other[0] = 2;
  EXPECT_EQ(opened.value().unwrap(as_bytes(other)).error().fault, Fault::wrong_key);
  other[0] = 9;
  EXPECT_EQ(opened.value().unwrap(as_bytes(other)).error().fault, Fault::not_found);
  EXPECT_EQ(opened.value().unwrap(as_bytes(wrapped).first(43)).error().fault, Fault::truncated);
  EXPECT_EQ(opened.value().unwrap(as_bytes(wrapped + "x")).error().fault, Fault::malformed);
}

// Foreign conformance vectors: project Wycheproof.
class Wycheproof : public testing::Test {
 protected:
  bool load(const char* name) {
    const auto path = test::shared_data() / "vectors/wycheproof" / name;
    return std::filesystem::exists(path) && parser_.load(path.string()).get(root_) == simdjson::SUCCESS;
  }
  static std::string octets(simdjson::dom::element test, const char* field_name) {
    return *from_hex(test[field_name].get_string().value());
  }
  template <typename Each>
  void each(Each&& check) {
    const simdjson::dom::array groups = root_["testGroups"];
    for (const simdjson::dom::element group : groups) {
      const simdjson::dom::array tests = group["tests"];
      for (const simdjson::dom::element test : tests) check(test);
    }
  }
  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
};

TEST_F(Wycheproof, AesKeyWrap) {
  if (!load("aes_wrap_test.json")) GTEST_SKIP() << "vectors/wycheproof";
  std::size_t valid = 0, invalid = 0;
  each([&](simdjson::dom::element test) {
    const auto opened = unwrap_key(as_bytes(octets(test, "key")), as_bytes(octets(test, "ct")));
    const bool good = test["result"].get_string().value() == "valid";
    if (test["result"].get_string().value() == "acceptable") return;
    // Keys of eight octets are beyond RFC 3394, which demands two blocks.
    if (good && octets(test, "msg").size() < 16) return;
    ASSERT_EQ(opened.ok(), good) << simdjson::minify(test);
    EXPECT_EQ(good ? as_text(opened.value()) : std::string_view(), good ? octets(test, "msg") : std::string());
    ++(good ? valid : invalid);
  });
  EXPECT_GT(valid, 20U);
  EXPECT_GT(invalid, 20U);
}

TEST_F(Wycheproof, Pbkdf2) {
  for (const auto& [name, prf] : {std::pair{"pbkdf2_hmacsha1_test.json", Prf::hmac_sha1},
                                  std::pair{"pbkdf2_hmacsha256_test.json", Prf::hmac_sha256}}) {
    if (!load(name)) GTEST_SKIP() << "vectors/wycheproof";
    std::size_t count = 0;
    each([&, which = prf](simdjson::dom::element test) {
      const auto rounds = static_cast<std::uint32_t>(test["iterationCount"].get_uint64().value());
      if (rounds == 0 || rounds > 5'000'000 || test["result"].get_string().value() == "invalid") return;
      const auto size = static_cast<std::size_t>(test["dkLen"].get_uint64().value());
      const auto key = pbkdf2(which, as_bytes(octets(test, "password")), as_bytes(octets(test, "salt")), rounds, size);
      EXPECT_EQ(to_hex(key), test["dk"].get_string().value()) << simdjson::minify(test);
      ++count;
    });
    EXPECT_GT(count, 30U);
  }
}

}  // namespace
}  // namespace testudo
