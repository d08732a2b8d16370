// Collections that show what the intelligence store holds, each for one audience. Floor 7.
#pragma once

#include <functional>
#include <string>

#include "intel/export/export_format.h"
#include "intel/store/intel_store.h"
#include "intel/taxii/taxii_store.h"

namespace testudo {

// Makes the collection "store" (TLP clear and green, for everybody who may ask) where no collection has that name.
Result<void> make_default_collection(TaxiiStore& taxii);

// Brings the collections with an audience up to the store's present generation, those that are not. What did not change
// keeps its moment of addition. True if something was written. Cost: an export of the store, to a file of its folder;
// memory does not grow with the store, but for what is kept (TaxiiStore::replace_all). `ended` is asked again and again
// whether to give up: then the collection at hand stays as it was, and the Error is "ended".
using AskEnded = std::function<bool()>;
Result<bool> publish_store(IntelStore& intel, TaxiiStore& taxii, const AskEnded& ended = {});

// The store as a STIX 2.1 bundle, with what an audience may see.
Result<std::string> store_bundle(IntelStore& intel, Tlp audience);

}  // namespace testudo
