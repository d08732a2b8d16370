// The store's indicators, compiled: one matcher image a generation, saved in the store's folder and mapped by `check`.
// Floor 7.
#pragma once

#include "app/worker/indicators.h"
#include "intel/store/intel_store.h"

namespace testudo {

// Compiles what the store holds now and saves it as `matcher/<generation>.image`; older images go. Left out are
// indicators that all sources withdrew, and roles that say nothing against whoever was there: victims, benign, context.
// The change that it follows stands already: what cannot be saved is made anew by whoever needs it.
void write_store_image(IntelStore& store);
// The same with an image that is made already, of a generation of the store in `folder`.
void write_store_image(const std::string& folder, std::int64_t generation, std::string_view image);

// The image of the present generation; made anew where it is absent, damaged or of another version, and in memory alone
// where the folder cannot be written. Feeds are those of the store.
Result<Indicators> load_store_image(const std::string& folder);

// What `--intel` names: feed files and folders, or one store. Named nothing: the user's own store, if there is one.
Result<Indicators> indicators_for(Zygote& zygote, const std::vector<std::string>& intel);

}  // namespace testudo
