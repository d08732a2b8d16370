// Envelopes of TAXII, posted or pulled, taken apart by a worker: hostile JSON is parsed where it can do no harm.
// Floor 7.
#pragma once

#include <string_view>

#include "intel/taxii/posted.h"
#include "sandbox/zygote.h"

namespace testudo {

// read_envelope() in a worker. Fault::malformed also if the worker died of it. `needs_list`: an envelope without an
// array of objects is malformed, as in a request.
Result<Envelope> read_envelope_apart(Zygote& zygote, std::string_view body, bool needs_list);

}  // namespace testudo
