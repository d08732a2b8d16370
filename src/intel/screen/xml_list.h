// XML of sanction lists, by pugixml: no entities of the document's own, nothing fetched, a broken document keeps the
// elements before the damage. Private to src/intel/screen.
#pragma once

#include <pugixml.hpp>

#include <string_view>

#include "base/result.h"
#include "intel/screen/list_builder.h"

namespace testudo {

// Parses UTF-8 into `document`, whatever encoding it declares (list_text.h). Notes `truncated` where it ends early (the
// last record may then lack parts) and `doctype` where it declares entities: their references stay as text. Error
// `malformed` if it has no element.
Result<pugi::xml_node> parse_list_xml(std::string_view content, pugi::xml_document& document, SanctionList& list);

// A name without its namespace prefix.
std::string_view local_name(const pugi::xml_node& node);
bool is_named(const pugi::xml_node& node, std::string_view name);
// The text of the first child of this name; empty if there is none.
std::string_view child_text(const pugi::xml_node& node, std::string_view name);
pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name);
inline std::string_view text_of(const pugi::xml_node& node) { return node.text().get(); }
inline std::string_view attribute(const pugi::xml_node& node, const char* name) { return node.attribute(name).value(); }

template <typename Each>
void each_child(const pugi::xml_node& node, std::string_view name, Each each) {
  for (const pugi::xml_node& child : node.children()) {
    if (is_named(child, name)) each(child);
  }
}
// Children `inner` of all children `outer`: <akaList><aka/></akaList>.
template <typename Each>
void each_in(const pugi::xml_node& node, std::string_view outer, std::string_view inner, Each each) {
  each_child(node, outer, [&](const pugi::xml_node& list) { each_child(list, inner, each); });
}

}  // namespace testudo
