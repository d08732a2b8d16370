// xml_list.h.
#include "intel/screen/xml_list.h"

namespace testudo {

Result<pugi::xml_node> parse_list_xml(std::string_view content, pugi::xml_document& document, SanctionList& list) {
  if (contains(content.substr(0, 65536), "<!DOCTYPE")) add_note(list, "doctype");
  const pugi::xml_parse_result parsed = document.load_buffer(
      content.data(), content.size(), pugi::parse_default | pugi::parse_trim_pcdata, pugi::encoding_utf8);
  const pugi::xml_node root = document.document_element();
  if (!root) return error(Fault::malformed, parsed.description(), static_cast<std::uint64_t>(parsed.offset));
  if (!parsed) add_note(list, "truncated", parsed.description(), static_cast<std::uint64_t>(parsed.offset));
  return root;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_named(const pugi::xml_node& node, std::string_view name) {
  return node.type() == pugi::node_element && local_name(node) == name;
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (is_named(child, name)) return child;
  }
  return {};
}

std::string_view child_text(const pugi::xml_node& node, std::string_view name) {
  return text_of(child_named(node, name));
}

}  // namespace testudo
