// XML of feeds as it can be parsed: one encoding, and without the items that are broken. Floor 3.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_notes.h"

namespace testudo {

// The feed as UTF-8. A text that is none and declares windows-1252, ISO 8859-1 or ASCII is read as the first of these
// (WHATWG Encoding §4.2: the labels mean one encoding), with note "not_utf8"; of any other, wrong octets are replaced.
Result<std::string_view> xml_text(const FeedText& feed, std::string& owned, FeedNotes& notes);

// What stands in place of an item that could not be read: an AND without it would mean another thing.
inline constexpr std::string_view broken_item = "broken-item";
// A copy in which each IndicatorItem that is no well-formed element by itself is <broken-item/>; each is noted
// ("broken_object", by its id).
std::string without_broken_items(std::string_view xml, FeedNotes& notes);

}  // namespace testudo
