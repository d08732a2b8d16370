// A broken JSON feed made readable again at the cost of what is broken. Floor 3. Source: RFC 8259.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/feed/feed_notes.h"

namespace testudo {

// For a text that a JSON parser has refused. Objects that stand in arrays and are no JSON become null (note
// "malformed_object"), and what a cut or a wrong bracket leaves open is closed behind the last whole value (note
// "truncated" or "malformed_json"). Nothing if not even one member or element is whole. Cost: each object in an array
// is parsed once more for each array around it, up to four.
std::optional<std::string> mended_json(std::string_view text, FeedNotes& notes);

}  // namespace testudo
