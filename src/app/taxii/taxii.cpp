// testudo intel taxii: exchange with other platforms in TAXII 2.1.
#include "app/taxii/verbs.h"

namespace testudo {

Result<TaxiiStores> open_taxii_stores(const IntelCall& call, IntelStore::Mode mode) {
  auto intel = call.open(mode);
  if (!intel && intel.error().what == "intel_no_store") {
    TRY(call.open(IntelStore::Mode::write));
    intel = call.open(mode);
  }
  if (!intel) return std::move(intel).error();
  TaxiiStore taxii = TRY(TaxiiStore::open(intel->folder()));
  return TaxiiStores{std::move(*intel), std::move(taxii)};
}

void add_intel_taxii(IntelVerb& verb) {
  IntelVerb taxii = verb.group("taxii");
  add_taxii_serve(taxii);
  add_taxii_manage(taxii);
  add_taxii_transfer(taxii);
}

}  // namespace testudo
