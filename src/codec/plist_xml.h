// What the two halves of the reader of XML property lists share: elements, and their values. Floor 1; for
// plist_xml*.cpp.
#pragma once

#include "codec/plist_list.h"

namespace testudo::plist_detail {

enum class Tag : std::uint8_t { unknown, plist, dict, array, key, string, data, date, integer, real, yes, no };

// Sets `object` to what `text`, the content of an element other than a container, says. The text is a part of
// list.input or a copy. Where it says nothing, an anomaly is reported and the type becomes `none`.
void set_xml_value(List& list, Object& object, Tag tag, std::string_view text);

}  // namespace testudo::plist_detail
