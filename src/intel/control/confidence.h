// How sure several sources together are, on the scale of STIX (0 to 100). Floor 3. Rules: docs/design/decay.md.
#pragma once

#include <cstdint>
#include <optional>

#include "intel/store/stored_indicator.h"

namespace testudo {

// What several sources together make of it: the surest one counts whole; each further source, surest first, closes half
// of what its own confidence would close of the rest, since feeds copy each other; at most 95 unless one source alone
// says more. Each source counts once. Withdrawn claims and those of benign values and victims do not count. Nothing
// where no source says how sure it is.
std::optional<std::uint8_t> combined_confidence(const StoredIndicator& indicator);

}  // namespace testudo
