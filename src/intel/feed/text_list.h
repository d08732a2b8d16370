// Lists of values: one a line. Floor 3. What is taken and what is noted: docs/formats/feeds.md.
#pragma once

#include <string_view>
#include <vector>

#include "intel/feed/feed_format.h"
#include "record/kind.h"

namespace testudo {

extern const FeedFormat text_format;

// A value as it stands in a text, and its kind_of_value() once defanging is undone.
struct FoundValue {
  std::string_view text;
  Kind kind;
};

// The values that one cell or line holds: itself, or its parts if all of them look like values ("a.test, b.test",
// "a.test|192.0.2.1"). Empty if it is no value. Views of `text`.
std::vector<FoundValue> values_in(std::string_view text);

// Whether a cell holds what separates values: without it, values_in() gives the cell itself or nothing.
bool may_be_several(std::string_view text);

}  // namespace testudo
