// What only the objects of a STIX feed show, beside what its reader says: identifiers, required properties, times,
// references, cycles. Floor 3. Source: STIX 2.1 (OASIS Standard, 10 June 2021).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "intel/feed/stix.h"
#include "intel/secret_hash.h"

namespace testudo {

// About 100 octets are kept for a relationship that can be part of a cycle, 16 for any other object.
class StixLint : public StixWatcher {
 public:
  using Report =
      std::function<void(std::string_view object, std::string_view defect, std::string_view value, std::string mend)>;
  explicit StixLint(Report report) : report_(std::move(report)) {}

  void indicator(std::string_view id, std::string_view pattern) override;
  void parsed(const StixObject& object, simdjson::dom::object json) override;
  // Says what only the whole feed shows.
  void finish();

  // Of the indicator whose claims come now.
  std::string_view pattern() const { return pattern_; }
  // Whether its pattern has been reported as none.
  bool is_malformed() const { return malformed_; }

 private:
  struct Reference {
    std::string object, property, target;
  };
  struct Edge {
    std::string from, to, relationship;
  };
  struct Members;
  void member(const StixObject& object, std::string_view key, simdjson::dom::element value, Members& found);
  void check_order(const StixObject& object, const Members& found);
  void check_id(const StixObject& object);
  void check_version(const StixObject& object);
  void check_pattern(const StixObject& object);
  void check_required(const StixObject& object, std::uint64_t has, bool extended);
  // Of the date that was found last, under `key`.
  void check_time(const StixObject& object, std::string_view key, const Members& found);
  void check_relationship(const StixObject& object);
  void refer(const StixObject& object, std::string_view key, simdjson::dom::element value);
  void say_once();

  Report report_;
  std::string pattern_;
  bool malformed_ = false;
  std::uint64_t seed_ = secret_seed();
  std::unordered_map<std::uint64_t, std::int64_t> ids_;  // with the first version of each
  std::unordered_set<std::uint64_t> later_versions_, triples_;
  std::map<std::string, Reference, std::less<>> references_;  // by target, the first of each
  std::map<std::string, std::vector<Edge>> edges_;            // by type
  std::size_t edge_count_ = 0;
  // Counts for what is said once.
  std::uint64_t indicators_ = 0, authored_ = 0, marked_ = 0, ending_ = 0, described_ = 0, referring_ = 0,
                sightings_ = 0, imprecise_ = 0;
  std::string imprecise_example_;
};

}  // namespace testudo
