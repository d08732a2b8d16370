// How hosts and what they share are compared, and what of a known indicator is. Private to src/intel/hunt.
#pragma once

#include <string>
#include <string_view>

#include "intel/hunt/fact.h"
#include "intel/network.h"
#include "record/kind.h"

namespace testudo {

// The value of a tie as it is compared; empty for what is none.
std::string tie_value(Tie tie, std::string_view value);
std::uint64_t tie_hash(Tie tie, std::string_view value);
// A host as it is known: without the star of a certificate's name. False for an address and for what is no host.
bool read_host(std::string_view spelled, std::string& host);
// What hosts have in common that share an indicator of this kind; none: nothing.
Tie tie_of_seed(Kind kind);
// How much an address in a known block says: 1 where the block is a single address, less than 0.3 from a /23 on.
double network_strength(const Network& network);

}  // namespace testudo
