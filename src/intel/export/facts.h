// What the sources of an indicator say together: formats that hold one statement a value are written from this.
// Floor 3.
#pragma once

#include <string_view>
#include <vector>

#include "intel/control/block_verdict.h"
#include "intel/store/stored_indicator.h"

namespace testudo {

// Views into the indicator.
struct Facts {
  bool attacker = false, victim = false, benign = false, context = false, unstated = false;  // any source says so
  bool revoked = false;    // every source has withdrawn it, or another has the newer version of its object that is
  std::optional<Tlp> tlp;  // the strictest
  std::optional<std::uint8_t> confidence;      // the highest
  std::optional<Time> created;                 // of the first source that has one
  std::optional<Time> modified, last_seen;     // the latest
  std::optional<Time> valid_from, first_seen;  // the earliest
  std::optional<Time> valid_until;             // the latest, if every source has one; a source without it never ends
  std::vector<std::string_view> threats, sources, comments;  // each once, in the order of the sources
  // The one that decides what is done: victim, benign, attacker, unstated, context, in this order: what one source
  // lists without a word stays an indicator where another only mentions it, as block lists have it.
  Role role() const;
};

// Claims that their source has withdrawn count only where all are withdrawn; their markings always count. So with those
// of an outdated version of an object (object_versions.h), but that its names stay.
Facts facts_of(const StoredIndicator& indicator);

// Whether an alarm is due where the indicator is seen: an attacker's or nobody's in particular, and not what ordinary
// people use too; `exact_only` where what lies below the name is other people's. Age and markings do not enter: looking
// back, both stay true. What is mere context is `benign` here.
BlockJudgement judge_alarm(const StoredIndicator& indicator, const Facts& facts, const BlockRules& rules);

// "a, b, c": at most `limit` octets, then "…".
std::string joined(const std::vector<std::string_view>& texts, std::size_t limit = 500);

}  // namespace testudo
