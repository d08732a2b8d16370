// The vendor files of the program: whole, consistent with each other, each statement with a source, no text twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/embedded.h"
#include "intel/actor/vendor_catalogue.h"
#include "intel/actor/vendor_schema.h"

namespace testudo {
namespace {

const VendorCatalogue& shipped() {
  static const VendorCatalogue catalogue = [] {
    auto loaded = VendorCatalogue::load();
    EXPECT_TRUE(loaded.ok()) << loaded.error().what;
    return loaded ? std::move(loaded).value() : VendorCatalogue::load_from({}).value();
  }();
  return catalogue;
}

TEST(ShippedVendors, EveryFileParses) {
  const auto files = embedded_files("knowledge/vendors/");
  EXPECT_GE(files.size(), 60U);
  for (const EmbeddedFile& file : files) {
    const auto parsed = parse_vendor_file(file.path, file.content);
    EXPECT_TRUE(parsed.ok()) << parsed.error().what;
    if (parsed) {
      EXPECT_EQ("knowledge/vendors/" + parsed->id + ".txt", file.path);
    }
  }
  EXPECT_EQ(shipped().vendors().size(), files.size());
}

TEST(ShippedVendors, EverySourceIsUsedAndComplete) {
  for (const VendorFile& vendor : shipped().vendors()) {
    std::set<std::size_t> used;
    for (const VendorStatement& s : vendor.statements) {
      EXPECT_FALSE(s.sources.empty()) << vendor.id << ':' << s.line;
      used.insert(s.sources.begin(), s.sources.end());
    }
    EXPECT_FALSE(vendor.sources.empty()) << vendor.id;
    for (std::size_t i = 0; i < vendor.sources.size(); ++i) {
      const VendorSource& source = vendor.sources[i];
      EXPECT_TRUE(used.contains(i)) << vendor.id << " never cites " << source.letter;
      EXPECT_FALSE(source.title.empty()) << vendor.id << ' ' << source.letter;
      EXPECT_TRUE(source.date.empty() || is_vendor_date(source.date)) << vendor.id << ' ' << source.letter;
      EXPECT_EQ(source.read.size(), 10U) << vendor.id << ' ' << source.letter;
      EXPECT_LE(source.date, source.read) << vendor.id << ' ' << source.letter << ": written after it was read";
    }
  }
}

TEST(ShippedVendors, NoAddressTwiceInAFile) {
  for (const VendorFile& vendor : shipped().vendors()) {
    std::set<std::string> seen;
    for (const VendorSource& source : vendor.sources)
      EXPECT_TRUE(seen.insert(source.url).second) << vendor.id << ' ' << source.url;
  }
}

TEST(ShippedVendors, NoStatementTwiceInAFile) {
  for (const VendorFile& vendor : shipped().vendors()) {
    std::set<std::string> seen;
    for (const VendorStatement& s : vendor.statements) {
      std::string key = std::string(vendor_field_name(s.field)) + s.value;
      for (const auto& [name, value] : s.attributes) key += ';' + name + '=' + value;
      EXPECT_TRUE(seen.insert(key).second) << vendor.id << ':' << s.line;
    }
  }
}

// A relation by name that a file answers to should be written with the id.
TEST(ShippedVendors, RelationsNameTheIdWhereThereIsAFile) {
  for (const VendorFile& vendor : shipped().vendors())
    for (const VendorStatement& s : vendor.of(VendorField::relation)) {
      if (shipped().find_id(s.value) != nullptr) {
        EXPECT_NE(s.value, vendor.id) << vendor.id << ':' << s.line << ": a relation to itself";
        continue;
      }
      const bool looks_like_id =
          std::ranges::none_of(s.value, [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); });
      EXPECT_FALSE(looks_like_id) << vendor.id << ':' << s.line << ": no file " << s.value;
      for (const VendorHit& hit : shipped().find(s.value))
        EXPECT_GT(hit.kind, VendorNameKind::name) << vendor.id << ':' << s.line << ": write " << hit.vendor->id;
    }
}

// Neither end may deny what the other says: not owner and owned, not before and after at once.
TEST(ShippedVendors, RelationsDoNotContradict) {
  for (const VendorFile& vendor : shipped().vendors()) {
    const auto all = shipped().relations(vendor);
    for (const VendorRelation& a : all)
      for (const VendorRelation& b : all) {
        const bool symmetric = inverse_relation(a.kind) == a.kind;
        EXPECT_FALSE(a.other != nullptr && a.other == b.other && !symmetric && inverse_relation(a.kind) == b.kind)
            << vendor.id << ' ' << a.kind << ' ' << a.name << " and " << b.kind;
      }
  }
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c != ' ')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

// Text that two files share is copied, or a template: summaries, roles, remarks of eight words or more in a row.
TEST(ShippedVendors, NoTextIsCopied) {
  std::map<std::string, std::string> seen;
  for (const VendorFile& vendor : shipped().vendors())
    for (const VendorStatement& s : vendor.statements) {
      if (s.field != VendorField::summary && s.field != VendorField::product) continue;
      const auto words = words_of(s.value);
      for (std::size_t i = 0; i + 8 <= words.size(); ++i) {
        std::string run;
        for (std::size_t j = 0; j < 8; ++j) run += words[i + j] + ' ';
        const auto [at, fresh] = seen.emplace(run, vendor.id);
        EXPECT_TRUE(fresh || at->second == vendor.id) << vendor.id << " and " << at->second << " share: " << run;
      }
    }
}

TEST(ShippedVendors, AreCounted) {
  const VendorCounts counts = shipped().counts();
  EXPECT_EQ(counts.files, embedded_files("knowledge/vendors/").size());
  std::size_t statements = 0;
  for (const std::size_t n : counts.by_field) statements += n;
  EXPECT_EQ(statements, counts.statements);
  EXPECT_EQ(counts.by_field[static_cast<std::size_t>(VendorField::name)], counts.files);
  EXPECT_EQ(counts.by_field[static_cast<std::size_t>(VendorField::summary)], counts.files);
}

TEST(ShippedVendors, AreFoundByAnyName) {
  const auto only = [](std::string_view name) {
    const auto hits = shipped().find(name);
    return hits.size() == 1 ? hits.front().vendor->id : std::to_string(hits.size()) + " vendors";
  };
  EXPECT_EQ(only("intellexa"), "intellexa");
  EXPECT_EQ(only("INTELLEXA"), "intellexa");
  EXPECT_EQ(only("Intellexa Consortium"), "intellexa");
  EXPECT_EQ(only("hackingteam"), "hacking-team");
  EXPECT_EQ(only("Saito Tech"), "candiru");
  EXPECT_EQ(only("devilstongue"), "candiru");
  EXPECT_EQ(only("NSO Group Ltd"), "nso-group");
  EXPECT_EQ(only("Q Cyber Technologies Ltd."), "nso-group");
  EXPECT_EQ(only("Tal Jonathan Dilian"), "intellexa");
  EXPECT_EQ(shipped().find("nobody of this name").size(), 0U);
  const auto dilian = shipped().find("Tal Dilian");
  EXPECT_TRUE(std::ranges::any_of(dilian, [](const VendorHit& hit) { return hit.vendor->id == "intellexa"; }));
  for (const auto& [name, id] : {std::pair("Nexa", "nexa-technologies"), {"Memento", "memento-labs"}}) {
    const auto hits = shipped().find_beginning(name);
    ASSERT_EQ(hits.size(), 1U) << name;
    EXPECT_EQ(hits.front().vendor->id, id);
  }
  EXPECT_TRUE(shipped().find_beginning("nobody of").empty());
  for (const char* name : {"Q Cyber", "Lavie", "Novalpina"}) {
    const auto hits = shipped().find_part(name);
    EXPECT_TRUE(std::ranges::any_of(hits, [](const VendorHit& hit) { return hit.vendor->id == "nso-group"; })) << name;
  }
  // Two files tie themselves to it.
  EXPECT_GE(shipped().find("predator").size(), 2U);
}

TEST(ShippedVendors, AreNearMisspellings) {
  const auto near = shipped().near_names("intelexa");
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near.front(), "intellexa");
}

TEST(ShippedVendors, RelationsShowFromBothEnds) {
  const VendorFile* memento = shipped().find_id("memento-labs");
  ASSERT_NE(memento, nullptr);
  const auto all = shipped().relations(*memento);
  const auto found = std::ranges::find_if(
      all, [](const VendorRelation& r) { return r.other != nullptr && r.other->id == "hacking-team"; });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->kind, "successor-of");
  EXPECT_EQ(found->from, "2019-04");
  EXPECT_EQ(found->cited.size(), 2U);  // both files say so
}

}  // namespace
}  // namespace testudo
