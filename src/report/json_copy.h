// JSON copy: what simdjson parsed, written again as JsonText writes it: the same bytes as the first time, and nothing
// that acts on a terminal. Floor 5.
#pragma once

#include <simdjson.h>

#include "base/json_text.h"

namespace testudo {

void append_parsed(JsonText& json, simdjson::dom::element value);

}  // namespace testudo
