// Jobs of one worker done by several threads; what they write arrives in the order of the jobs, whoever is done first.
// Floor 7.
#pragma once

#include <functional>

#include "sandbox/frames.h"

namespace testudo {

// Calls job(i, frames) once for each i below `count`, on as many threads as there are processors, four at most, and
// writes their frames to `out` in order of i. Jobs that wait for their turn keep up to 32 MB. Throws std::bad_alloc, in
// the thread that called it, where a job did: what is written by then are whole frames.
void side_by_side(std::size_t count, FrameWriter& out, const std::function<void(std::size_t, FrameWriter&)>& job);

}  // namespace testudo
