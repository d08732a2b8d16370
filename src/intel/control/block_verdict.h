// Whether an indicator may stand on a list that blocks. Two clocks: looking back at evidence an indicator never ages;
// blocking with it does, by its kind (docs/design/decay.md). Floor 3.
#pragma once

#include <string>
#include <string_view>

#include "intel/control/bystanders.h"
#include "intel/store/stored_indicator.h"
#include "intel/warning/warning_lists.h"

namespace testudo {

enum class Withheld : std::uint8_t {
  no,       // it may be blocked
  victim,   // any source calls it or a page on it a victim's, or a compromised site, or one lies inside the network
  benign,   // any source calls it benign
  revoked,  // every source has withdrawn it
  expired,  // past valid_until of every claim that has one, and no claim is without
  decayed,  // the block clock has run out
  shared_platform,  // unrelated people have pages there
  generic,          // ordinary software or networks use it, or it is a page of everybody's own
  tlp,              // its marking does not allow it to leave
  warning_list,     // a list of the `suppress` verdict names it, or an address inside the network
};
std::string_view withheld_name(Withheld why);

// The strictest marking that any claim of the indicator carries; nothing if none carries one.
std::optional<Tlp> strictest_tlp(const StoredIndicator& indicator);

// What beside the indicator itself decides.
struct BlockRules {
  const WarningLists* warnings = nullptr;  // lists of the user; those of the program (core_warnings()) always count
  bool decay = true;                       // whether the block clock counts
  const Bystanders* bystanders = nullptr;  // whom a block of something wider must not hit; null: nobody
};

struct BlockJudgement {
  Withheld why = Withheld::no;
  std::string by;  // the warning list and its entry ("List: entry"), or when the clock ran out
  // It may be blocked, but nothing below it: a list of the verdict `exact` names it, or a bystander lies there.
  bool exact_only = false;
};

// `as_of` is the day for which the list is made. Cost: a few hash look-ups and binary searches.
BlockJudgement judge_block(const StoredIndicator& indicator, Time as_of, const BlockRules& rules = {});
// Its reason alone.
Withheld block_verdict(const StoredIndicator& indicator, Time as_of);

}  // namespace testudo
