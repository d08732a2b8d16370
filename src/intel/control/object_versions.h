// Versions of one object in several feeds. Source: STIX 2.1 section 3.6: of all versions of an id the one of the
// highest `modified` is the current. Floor 3. What follows for block lists: docs/design/intelligence-store.md.
#pragma once

#include <vector>

#include "intel/store/stored_indicator.h"

namespace testudo {

// By the places of the claims: whether another claim of the indicator comes from a later version of the very object,
// whichever source has it, or from the same version and is withdrawn. Objects are known by ids with a UUID alone: a
// number of a row is no id. Cost: linear in the claims.
std::vector<bool> outdated_claims(const StoredIndicator& indicator);

}  // namespace testudo
