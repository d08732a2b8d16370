// Workers that answer with one text: a question and files in, text out. Floor 7.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/worker/functions.h"
#include "base/descriptor.h"

namespace testudo {

// The worker's side: any number of times, in pieces of any size.
void write_answer(FrameWriter& out, std::string_view text);

// Runs the worker function `task` and gives all that it answered, as valid UTF-8; at most 4 GiB. The worker's own
// Error, if it gave one.
Result<std::string> ask_worker(Zygote& zygote, Task task, std::string_view request, std::span<const int> descriptors);

}  // namespace testudo
