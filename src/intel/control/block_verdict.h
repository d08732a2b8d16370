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
  no,  // it may be blocked
  // any source calls it or a page on it a victim's, or a compromised site, or one lies inside the network; with and
  // without `www.` a host is one site
  victim,
  benign,   // any source calls it benign
  revoked,  // every source has withdrawn it
  // A source has a newer version of the very object, which is withdrawn or has run out; others may still say it.
  superseded,
  expired,           // past valid_until of every claim that has one, and no claim is without
  not_yet_valid,     // no claim holds before a day to come
  decayed,           // the block clock has run out
  shared_platform,   // unrelated people have pages there
  generic,           // ordinary software or networks use it, or it is a page of everybody's own
  tlp,               // its marking does not allow it to leave
  warning_list,      // a list of the `suppress` verdict names it, or an address inside the network
  network_too_wide,  // wider than what one customer is given (widest_block_v4, widest_block_v6)
  covers_others,     // a network in which unrelated people have servers: a list of the `exact` verdict says so
};
std::string_view withheld_name(Withheld why);

// The shortest prefixes of networks that may be blocked. IPv4: the most that a registry gave to a newcomer since the
// addresses ran out (ARIN, LACNIC, APNIC before 2019, RIPE NCC before 2019: a /22; now less), so that one may be an
// attacker's altogether. IPv6: what one site gets of its provider (RFC 6177; RIPE-690); a shorter prefix is a
// provider with all its customers.
inline constexpr unsigned widest_block_v4 = 22, widest_block_v6 = 48;

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
// What speaks against blocking the value whatever is claimed of it, and whenever: whom it would hit as well.
BlockJudgement judge_value(const StoredIndicator& indicator, const BlockRules& rules = {});
// Its reason alone.
Withheld block_verdict(const StoredIndicator& indicator, Time as_of);

}  // namespace testudo
