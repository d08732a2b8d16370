// Reports as Markdown, AsciiDoc or plain text. Floor 3. What is taken and what never is: docs/formats/feeds.md.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat prose_format;

}  // namespace testudo
