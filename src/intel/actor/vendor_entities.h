// Vendors as entities that names are screened against. Floor 3.
#pragma once

#include <vector>

#include "intel/actor/vendor_catalogue.h"
#include "intel/screen/screen_entity.h"

namespace testudo {

// An entity a company (with its names, aliases and countries), a legal entity, a person, an owner: list "vendors", id
// "<vendor>#<line>". A measure that names its target is the programme of that target. Cost: a pass over the files.
std::vector<ScreenEntity> vendor_entities(const VendorCatalogue& catalogue);
// Of the files of the program; empty if one of them cannot be read, which the tests rule out.
std::vector<ScreenEntity> vendor_entities();

}  // namespace testudo
