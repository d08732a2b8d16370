// The index of public feeds: where each is published, in which format, under which licence. Floor 3.
// Data: knowledge/feeds.txt, or a file of the user's own of the same form (docs/manual/intel.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace testudo {

struct IndexedFeed {
  std::string name;     // unique; the feed's name in the store
  std::string address;  // https://, http:// or file://
  std::string format;   // a name of feed_formats(); empty: recognised by its content
  std::string licence, group, what;
};

// Lines "name | address | format | licence | group | what"; `#` begins a comment line. Fault::malformed with the line's
// number as offset for a line of another form, a name that comes twice, or a name that is no relative path.
Result<std::vector<IndexedFeed>> parse_feed_index(std::string_view text);

// The index that travels inside the program.
Result<std::vector<IndexedFeed>> built_in_feed_index();

}  // namespace testudo
