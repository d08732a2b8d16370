// A feed that is kept until it was read whole, and then put into an IndicatorSet: claims get their threats' names only
// at its end, and a file that turns out to be no feed leaves nothing. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/stix.h"
#include "intel/indicator_state.h"

namespace testudo {

class HeldFeed : public FeedSink, public StixWatcher {
 public:
  HeldFeed(std::string name, std::optional<Time> as_of) : name_(std::move(name)), as_of_(as_of) {}

  void indicator(std::string_view id, std::string_view pattern) override;
  void claim(const FeedClaim& claim) override;
  void threat(std::uint64_t claim, std::string_view name) override;
  void supersede(std::uint64_t claim) override;
  void kept(const KeptPattern& pattern) override;
  void object(const KeptObject&) override {}
  void note(std::string_view object, std::string_view defect, std::string_view value) override;

  // Puts it into the set; once.
  void add_to(IndicatorState& set, FeedSummary& feed);
  bool has_claims() const { return !claims_.empty(); }
  // The latest date of a claim.
  std::optional<Time> newest() const { return newest_; }

 private:
  struct Indicator {
    std::string_view id, pattern;
    std::uint32_t first_claim = 0;
    bool superseded = false, left_out = false, incomplete = false;
  };
  struct Claim {
    std::string_view value;
    std::uint32_t indicator = 0;
    std::uint32_t first_threat = 0, threats = 0;  // in threats_; they come claim by claim
    Kind kind = Kind::text;
    Role role = Role::unstated;
  };
  std::string_view part_of_pattern(std::string_view value);
  void begin_indicator(std::string_view object) {
    indicators_.push_back({pool_.keep(object), {}, static_cast<std::uint32_t>(claims_.size())});
  }
  void add(IndicatorState& set, FeedSummary& feed, const Indicator& indicator, std::uint32_t end);
  bool add(IndicatorState& set, FeedSummary& feed, const Indicator& indicator, const Claim& claim);

  std::string name_;
  std::optional<Time> as_of_;
  TextPool pool_;
  std::vector<Indicator> indicators_;
  std::vector<Claim> claims_;
  std::vector<std::uint32_t> threats_;  // index into names_
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t, SecretHash> name_numbers_;
  std::optional<std::uint32_t> just_superseded_;
  bool is_stix_ = false;  // indicators are told before what is said of them; of other formats each claim is one
  std::optional<Time> newest_;
  NoteBook notes_;
  std::uint64_t also_elsewhere_ = 0;
};

}  // namespace testudo
