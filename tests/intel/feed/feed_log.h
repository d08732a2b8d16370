// A sink that writes down what a reader says, for tests.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "intel/feed/feed_format.h"

namespace testudo::test {

class FeedLog : public FeedSink {
 public:
  struct Claim {
    std::string text;  // "host evil.test", with " (victim)" and the like where a role is stated
    std::string object, threat, comment;
    std::optional<Tlp> tlp;
    std::optional<std::uint8_t> confidence;
    std::optional<Time> created, modified, valid_until, first_seen, last_seen;
    bool revoked;
  };
  void claim(const FeedClaim& c) override {
    constexpr const char* roles[] = {"", " (attacker)", " (victim)", " (benign)", " (context)"};
    std::string text = std::string(kind_name(c.kind)) + " " + std::string(c.value) + roles[static_cast<int>(c.role)];
    claims.push_back({text, std::string(c.object), std::string(c.threat), std::string(c.comment), c.tlp, c.confidence,
                      c.created, c.modified, c.valid_until, c.first_seen, c.last_seen, c.revoked});
  }
  void threat(std::uint64_t claim, std::string_view name) override { threats.emplace_back(claim, name); }
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern& p) override {
    patterns.push_back(std::string(p.language) + " " + std::string(p.why) + ": " + std::string(p.text));
    names.emplace_back(p.name);
    pattern_tlps.push_back(p.tlp);
  }
  void object(const KeptObject& o) override { objects.push_back(std::string(o.type) + " " + std::string(o.object)); }
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    notes.push_back(std::string(object) + (object.empty() ? "" : ": ") + std::string(defect) +
                    (value.empty() ? "" : " " + std::string(value)));
    ++defects[std::string(defect)];
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const Claim& claim : claims) out.push_back(claim.text);
    return out;
  }
  std::size_t said() const { return claims.size() + patterns.size() + objects.size() + notes.size(); }

  std::vector<Claim> claims;
  std::vector<std::pair<std::uint64_t, std::string>> threats;
  std::vector<std::string> patterns, names, objects, notes;
  std::vector<std::optional<Tlp>> pattern_tlps;
  std::map<std::string, int> defects;
};

// Reads `text` as the format that it is recognised as, or as `format`.
inline FeedLog read_feed(std::string_view name, std::string_view text, std::string_view format = {}) {
  FeedLog log;
  const FeedFormat* found = format.empty() ? recognise_feed(name, text) : feed_format(format);
  if (found == nullptr) {
    log.notes.emplace_back("NOT RECOGNISED");
    return log;
  }
  const Result<void> read = found->read({name, text}, log);
  if (!read) log.notes.push_back("ERROR " + read.error().what);
  return log;
}

inline std::string recognised(std::string_view name, std::string_view text) {
  const FeedFormat* found = recognise_feed(name, text);
  return found == nullptr ? "-" : std::string(found->name);
}

using Strings = std::vector<std::string>;

}  // namespace testudo::test
