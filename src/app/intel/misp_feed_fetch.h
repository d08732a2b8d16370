// A MISP feed that is a folder: manifest.json names the events, each a file beside it. Floor 7.
// Layout: docs/formats/feeds.md, rule F14.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace testudo {

// The names of the events' files, "<uuid>.json", in the order of the manifest; empty if this is no manifest. Looks at
// the keys of the outermost object alone, by a pass over the octets.
std::vector<std::string> misp_manifest_files(std::string_view manifest);

// All events as one JSON array, which the reader of MISP takes. `get` gives the content of the file of a name; an event
// that it cannot give is an Error, so that nothing of the feed ends because it could not be had. `limit`: more octets
// than this in all, or more than 100 000 events ("intel_feed_too_large").
Result<std::string> misp_events(const std::vector<std::string>& files, std::uint64_t limit,
                                const std::function<Result<std::string>(const std::string&)>& get);

}  // namespace testudo
