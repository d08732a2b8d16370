// Delimited feeds of any columns. Floor 3. Sources: RFC 4180; docs/formats/feeds.md.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat csv_format;

// A cell as its author meant it: without blanks at the ends and without the apostrophe that keeps a spreadsheet from
// running it ("'=1+1").
std::string_view plain_cell(std::string_view cell);

}  // namespace testudo
