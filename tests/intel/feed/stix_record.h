// A sink that writes down what a STIX feed says, and ways to read one, for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "intel/feed/stix.h"

namespace testudo::test {

using Strings = std::vector<std::string>;

struct Record : FeedSink {
  Strings claims, threats, superseded, patterns, objects, notes;
  std::vector<FeedClaim> raw;  // only what is no view
  void claim(const FeedClaim& claim) override {
    claims.push_back(std::string(kind_name(claim.kind)) + " " + std::string(claim.value) + " " +
                     std::string(claim.object));
    raw.push_back(claim);
    comments.emplace_back(claim.comment);
  }
  void threat(std::uint64_t claim, std::string_view name) override {
    threats.push_back(std::to_string(claim) + " " + std::string(name));
  }
  void supersede(std::uint64_t claim) override { superseded.push_back(std::to_string(claim)); }
  void kept(const KeptPattern& pattern) override {
    patterns.push_back(std::string(pattern.language) + " " + std::string(pattern.text) + " " +
                       std::string(pattern.why));
  }
  void object(const KeptObject& object) override {
    objects.push_back(std::string(object.object));
    texts.emplace_back(object.json);
  }
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    notes.push_back(std::string(object) + ": " + std::string(defect) + ": " + std::string(value));
  }
  bool noted(std::string_view defect) const {
    return std::ranges::any_of(notes, [&](const std::string& note) {
      return note.find(": " + std::string(defect) + ": ") != std::string::npos;
    });
  }
  Strings comments, texts;
};

inline bool read(std::string_view text, Record& record) {
  return read_stix(FeedText{.name = "feed.json", .text = text}, record).ok();
}

inline Record read(std::string_view text) {
  Record record;
  EXPECT_TRUE(read(text, record)) << text;
  return record;
}

inline std::string indicator(std::string_view id, std::string_view host) {
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + std::string(id) +
         R"(","pattern":"[domain-name:value=')" + std::string(host) + R"(']"})";
}

}  // namespace testudo::test
