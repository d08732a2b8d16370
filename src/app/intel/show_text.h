// What `testudo intel show` prints for people. Floor 7.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/intel/sub_verb.h"
#include "intel/actor/threat_indicators.h"
#include "intel/actor/vendor_catalogue.h"
#include "intel/store/stored_indicator.h"

namespace testudo {

// The whole picture of a vendor; `indicators` is null where no store was read.
void print_vendor(const IntelCall& call, const VendorCatalogue& catalogue, const VendorFile& vendor,
                  const ThreatIndicators* indicators);
// What the store holds under the names of a threat.
void print_threat(const IntelCall& call, const ThreatIndicators& indicators);
// An indicator with every claim. `warnings` are keys below "intel.show.warning.".
void print_indicator(const IntelCall& call, const StoredIndicator& indicator,
                     const std::vector<std::string_view>& warnings, const std::vector<VendorHit>& vendors);
// The vendors that a name may stand for, below the sentence `heading` ({name}, {n}).
void print_choice(const IntelCall& call, std::string_view heading, std::string_view name,
                  const std::vector<VendorHit>& hits);

}  // namespace testudo
