// Envelopes of TAXII, posted or pulled, taken apart by a worker: hostile JSON is parsed where it can do no harm.
// Floor 7.
#pragma once

#include <cstdint>
#include <string_view>

#include "intel/taxii/posted.h"
#include "sandbox/zygote.h"

namespace testudo {

// A page of a server's, which may be without an array of objects; what a client posted, with the limits of PostLimits;
// a bundle of the user's, which may hold millions of objects, as a page may.
enum class EnvelopeUse : std::uint8_t { page, posted, bundle };
// read_envelope() in a worker. Fault::malformed also if the worker died of it, or where the array is missing and `use`
// needs it.
Result<Envelope> read_envelope_apart(Zygote& zygote, std::string_view body, EnvelopeUse use);

}  // namespace testudo
