// What a feed says, one thing at a time: readers of all formats call a FeedSink, and nothing of a feed is lost without
// a note. Floor 3. Formats: docs/formats/feeds.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "intel/normalise.h"
#include "record/kind.h"

namespace testudo {

// Defects that a reader notes where it cannot tell what follows: the file ends in the middle, or its text breaks so
// that the rest is lost. What such a feed does not say may stand in the part that was not read.
inline constexpr std::array<std::string_view, 6> losing_defects{
    "truncated", "malformed_json", "malformed_xml", "unterminated_quote", "unterminated_rule", "unclosed_parenthesis"};
constexpr bool loses_the_rest(std::string_view defect) {
  return std::ranges::find(losing_defects, defect) != losing_defects.end();
}

// Whose a value is. Feeds list the sites of victims beside the servers of attackers; only `attacker` and `unstated` may
// ever be blocked. `context` stands beside the case (MISP: `to_ids` false): evidence is compared with it, nothing is
// blocked by it, and unlike `benign` it takes nothing from what other sources say.
enum class Role : std::uint8_t { unstated, attacker, victim, benign, context };

// Traffic Light Protocol 2.0 (FIRST, August 2022). `clear` is the `white` of TLP 1.0.
enum class Tlp : std::uint8_t { clear, green, amber, amber_strict, red };

// One value that a feed calls an indicator. Views live until the call returns.
struct FeedClaim {
  Kind kind = Kind::text;
  std::string_view value;   // as the feed means it: escapes resolved, defanging undone, not yet normalised
  std::string_view object;  // the object's id in the feed; empty where the format has none
  std::string_view threat;  // malware, family, campaign or event that the feed names beside it; may come later instead
  Role role = Role::unstated;
  std::optional<Tlp> tlp;                  // nothing: the feed does not say
  std::optional<std::uint8_t> confidence;  // 0 to 100, STIX scale; nothing: the feed does not say
  std::optional<Time> created, modified, valid_from, valid_until, first_seen, last_seen;
  bool revoked = false;
  std::string_view comment;  // the feed's own words on it: name, description, comment column
  // Set by NormalisingSink: the spelling that people know, where the value's is another; how the value is to be used.
  std::string_view shown;
  Standing standing;
};

// What a device or a log cannot be compared with, kept and republished: a compound pattern, a rule of another language.
struct KeptPattern {
  std::string_view language;  // "stix", "yara", "snort", "suricata", "sigma", "pcre", "openioc"
  std::string_view text, object, name;
  std::string_view why;  // stable words: "and", "followedby", "not_a_single_value", …
  std::optional<Tlp> tlp;
  bool revoked = false;
};

// Any other object of a feed (malware, actor, report, observed data, marking), kept whole.
struct KeptObject {
  std::string_view type, object, json;
};

// When an object was seen in use that this part of the feed does not hold, but an earlier one may have told of (a page
// that holds a STIX sighting alone).
struct FeedSeen {
  std::string_view object;
  std::optional<Tlp> tlp;  // of the sighting: the dates are for nobody else
  std::optional<Time> first, last;
};

class FeedSink {
 public:
  virtual ~FeedSink() = default;
  // Claims are numbered from 0 in the order of these calls.
  virtual void claim(const FeedClaim& claim) = 0;
  // A name that the feed gives an earlier claim through a relationship or report; the most telling comes first.
  virtual void threat(std::uint64_t claim, std::string_view name) = 0;
  // The feed holds a newer version of the object that the claim came from.
  virtual void supersede(std::uint64_t claim) = 0;
  virtual void kept(const KeptPattern& pattern) = 0;
  virtual void object(const KeptObject& object) = 0;
  virtual void seen(const FeedSeen& seen) { static_cast<void>(seen); }
  // What was odd. `defect` is a stable snake_case word (docs/manual/lint.md lists all); `object` may be empty.
  virtual void note(std::string_view object, std::string_view defect, std::string_view value) = 0;
};

}  // namespace testudo
