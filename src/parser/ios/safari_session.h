// What Safari keeps of a tab's back and forward list: SessionHistory, a property list behind a header of four octets.
// Format and sources: docs/formats/ios-safari-state.md. Floor 4.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "codec/plist.h"

namespace testudo {

struct SessionEntry {
  std::int64_t index = 0;
  bool current = false;  // the page that the tab showed
  std::optional<std::string_view> url, original_url, title;
  std::optional<Bytes> data;  // WebKit's own encoding of the page's frames and forms
};

// Gives each page of the list, oldest first. `anomaly` gets a name for a form that we do not read
// ("session_data_compressed", "session_data_unknown_form") and for damage inside the property list.
// Cost: linear in the octets.
void read_session(Bytes stored, const std::function<void(std::string_view)>& anomaly,
                  const std::function<void(const SessionEntry&)>& entry);

// Addresses inside WebKit's encoding of a page (frames, referrer, form target): runs of printable characters in one or
// two octets each that contain "://", one a line, each once. Stops after 64.
std::string links_in_frame_state(Bytes data);

}  // namespace testudo
