// What is remembered of the objects of a STIX feed after their text is gone: ids, versions, and who refers to whom.
// Floor 3. An id is kept whole in 24 octets where it is `type--UUID`.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "intel/feed/feed_sink.h"
#include "intel/indicator_store.h"
#include "intel/secret_hash.h"

namespace testudo {

// What an object can lend its name for, the most telling first.
enum class ThreatRank : std::uint8_t { malware, tool, intrusion_set, campaign, threat_actor, report, none };
ThreatRank threat_rank(std::string_view object_type);

// The type of the object by which a reader says that the name of a threat is marked: `object` is the name, `json` the
// word of the Traffic Light Protocol. STIX has no such object.
inline constexpr std::string_view threat_marking = "threat-marking";

class StixIndex {
 public:
  using Number = std::uint32_t;
  static constexpr Number none = ~Number{0};

  // One version of an indicator.
  struct Version {
    std::optional<Time> modified, valid_until;
    std::uint64_t first_claim = 0;
    std::uint32_t claims = 0;
    Number object = none;
    Number twin = none;  // an earlier version with the same id and time
    bool superseded = false;
    bool in_use = false;  // neither revoked nor benign nor left out
  };

  StixIndex() : slots_(1024) {}

  // The number of this id, whether its object was seen or only spoken of. `none` for an empty id, one above 1 KiB, and
  // when 256 MiB of odd ids are kept.
  Number number(std::string_view id);
  std::string id(Number object) const;
  // Whether the object itself stands in the feed.
  bool holds(Number object) const { return object < objects_.size() && objects_[object].seen; }
  // Says that the object itself stands in the feed, `modified` then; false if it did so before with the same time, or
  // if one of the two tells none. Of several names the newest version's counts.
  bool see(Number object, ThreatRank rank, std::string_view name, std::optional<Time> modified);
  // Says that a marking-definition stands in the feed; nothing: it is no level of TLP. Of two of one id the stricter
  // counts.
  void set_marking(Number object, std::optional<Tlp> tlp);
  // Says with whom a threat, or what ties something to one, may be shared.
  void mark(Number object, Tlp tlp);
  // Null where no definition is known.
  const std::optional<Tlp>* marking(Number object) const;

  // Adds a version of an indicator. Of two versions of one id with different times the older is superseded, and its
  // twins with it; that one's place in versions(), or `versions().size()` if none is.
  std::size_t add_version(const Version& version);
  std::deque<Version>& versions() { return versions_; }

  void refer(Number report, Number object) { references_.push_back({report, object}); }
  void relate(Number relationship, Number source, Number target) {
    relationships_.push_back({relationship, source, target});
  }

  using Note = std::function<void(std::string_view object, std::string_view defect, std::string_view value)>;
  // Resolves all references, once: notes those to absent objects, and passes on the names of threats.
  void resolve(FeedSink& sink, const Note& note);

 private:
  static constexpr std::uint16_t odd_type = 0xFFFF;
  static constexpr std::int64_t untold = std::numeric_limits<std::int64_t>::min();
  struct Object {
    std::uint64_t high = 0, low = 0;  // the UUID, or address and length of an odd id's text
    std::int64_t modified = untold;   // of the newest version seen, in microseconds
    Number latest = none;             // of an indicator: its newest version
    std::uint16_t type = 0;           // index into types_; odd_type
    ThreatRank rank = ThreatRank::none;
    bool seen = false;
  };
  struct Reference {
    Number report, object;
  };
  struct Relationship {
    Number relationship, source, target;
  };
  struct Link {
    Number object, threat, tie;  // `tie`: the relationship, if it is one
  };

  bool split(std::string_view id, Object& object);
  bool find_type(std::string_view type, std::uint16_t& number);
  std::uint64_t hash(const Object& object) const;
  bool same(const Object& a, const Object& b) const;
  void grow();
  void link(Number object, Number threat, Number tie);
  void follow_reports(const Note& note);
  void follow_relationships(const Note& note);
  void name_threats(FeedSink& sink);
  void mark_threats(FeedSink& sink) const;

  std::deque<Object> objects_;
  std::vector<std::uint64_t> slots_;  // upper half of the hash, number + 1; 0 is empty
  std::vector<std::string> types_;    // with their "--"
  std::unordered_map<std::string, std::uint16_t, SecretHash, std::equal_to<>> type_numbers_;
  TextPool odd_ids_;
  std::unordered_map<Number, std::string> names_;
  std::unordered_map<Number, std::optional<Tlp>> markings_;
  std::unordered_map<Number, Tlp> shared_with_;  // of threats and ties that are marked
  std::deque<Version> versions_;
  std::deque<Reference> references_;
  std::deque<Relationship> relationships_;
  std::vector<Link> links_;
};

}  // namespace testudo
