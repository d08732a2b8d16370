// A vendor as JSON: everything that its file and the others say of it. Floor 3.
#pragma once

#include "base/json_text.h"
#include "intel/actor/threat_indicators.h"
#include "intel/actor/vendor_catalogue.h"

namespace testudo {

// {"id","name","summary","names":[…],"aliases":[…],"entities":[…],"countries":[…],"owners":[…],"investors":[…],
// "people":[…],"products":[…],"customers":[…],"cves":[…],"measures":[…],"cases":[…],"threats":[…],
// "relations":[{"vendor"?,"name","kind","from"?,"to"?,"sources"}],"sources":[{"number","url","title",…}],
// "indicators"?:{…}}; each item is {"value", its attributes, "sources":[numbers]}. `indicators` null: no store was
// read.
void append_vendor_json(JsonText& json, const VendorCatalogue& catalogue, const VendorFile& vendor,
                        const ThreatIndicators* indicators);
// {"all","by_type","by_source","groups","newest","hosts":{"all","registrable","shared"}}
void append_threat_json(JsonText& json, const ThreatIndicators& indicators);
// {"files","statements","sources","fields":{…}}
void append_vendor_counts(JsonText& json, const VendorCounts& counts);

}  // namespace testudo
