// A store in a folder of its own, and short ways to fill and read it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "intel/store/feed_import.h"
#include "intel/store/indicator_query.h"

namespace testudo {

template <typename T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().what;
    std::abort();
  }
  return std::move(result).value();
}

class StoreFolder {
 public:
  StoreFolder() {
    char name[] = "/tmp/testudo-store-XXXXXX";
    parent_ = ::mkdtemp(name);
  }
  ~StoreFolder() { std::filesystem::remove_all(parent_); }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  std::string path() const { return parent_ + "/store"; }
  IntelStore open() const { return must(IntelStore::open(path(), IntelStore::Mode::write)); }

 private:
  std::string parent_;
};

// What a feed says of a host.
struct Said {
  std::string value, object, threat;
  std::optional<std::uint8_t> confidence;
  std::optional<Time> modified;
};

inline ImportDifference import_feed(IntelStore& store, const std::string& name, std::int64_t at,
                                    const std::vector<Said>& claims) {
  StoreChange change = must(StoreChange::begin(store, "import", name, Time{at}));
  FeedImport import = must(FeedImport::begin(change, {.name = name, .format = "text"}));
  for (const Said& said : claims) {
    FeedClaim claim{.kind = Kind::host, .value = said.value, .object = said.object, .threat = said.threat};
    claim.confidence = said.confidence;
    claim.modified = said.modified;
    EXPECT_TRUE(import.claim(claim));
  }
  ImportDifference difference = must(import.finish());
  EXPECT_TRUE(change.commit());
  return difference;
}

inline std::vector<StoredIndicator> indicators_of(IntelStore& store, const IndicatorFilter& filter = {}) {
  IndicatorCursor cursor = must(IndicatorCursor::open(store, filter));
  std::vector<StoredIndicator> all;
  StoredIndicator one;
  while (must(cursor.next(one))) all.push_back(one);
  return all;
}

inline std::vector<std::string> values_of(IntelStore& store, const IndicatorFilter& filter = {}) {
  std::vector<std::string> values;
  for (const StoredIndicator& indicator : indicators_of(store, filter)) values.push_back(indicator.value);
  return values;
}

// All that holds at a generation, as text.
inline std::string dump(IntelStore& store, std::int64_t generation) {
  std::string text;
  for (const StoredIndicator& indicator : indicators_of(store, {.generation = generation, .withdrawn = true}))
    for (const StoredClaim& claim : indicator.claims) {
      text += indicator.value + ' ' + claim.source + ' ' + claim.object;
      for (const std::string& threat : claim.threats) text += ' ' + threat;
      text += '\n';
    }
  return text;
}

}  // namespace testudo
