// The sub-verbs of `testudo intel taxii`. Floor 7. For users: docs/manual/taxii.md.
#pragma once

#include "app/intel/sub_verb.h"
#include "intel/taxii/taxii_store.h"

namespace testudo {

void add_taxii_serve(IntelVerb& taxii);
void add_taxii_manage(IntelVerb& taxii);    // collection add, collection list, user add, publish
void add_taxii_transfer(IntelVerb& taxii);  // collections, pull, push

// The intelligence store, made if it is absent, and the collections beside it. With Mode::read another program may be
// changing the intelligence store meanwhile; the collections can be changed in any case.
struct TaxiiStores {
  IntelStore intel;
  TaxiiStore taxii;
};
Result<TaxiiStores> open_taxii_stores(const IntelCall& call, IntelStore::Mode mode);

}  // namespace testudo
