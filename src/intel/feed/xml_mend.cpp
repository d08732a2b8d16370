// A break in XML ends the parser's work; the items behind it are whole for all that.
#include "intel/feed/xml_mend.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <pugixml.hpp>

#include "base/text.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/text_encoding.h"

namespace testudo {
namespace {

constexpr std::string_view item_name = "IndicatorItem";
constexpr std::size_t prefix_limit = 64;  // octets of a namespace's prefix

bool declares_latin(std::string_view text) {
  const std::string head = lower_ascii(text.substr(0, std::min<std::size_t>(text.find("?>"), 200)));
  const std::size_t at = head.find("encoding");
  if (!head.starts_with("<?xml") || at == std::string::npos) return false;
  const std::string_view name = std::string_view(head).substr(at);
  return std::ranges::any_of(
             std::array<std::string_view, 5>{"windows-1252", "cp1252", "iso-8859-1\"", "latin1", "ascii"},
             [&](std::string_view known) { return name.find(known) != std::string_view::npos; }) ||
         name.find("iso-8859-1'") != std::string_view::npos;
}

// Where the next tag of an item begins, "<IndicatorItem …" or "</ns:IndicatorItem>"; the text's end if there is none.
std::size_t next_tag(std::string_view xml, std::size_t from, bool closing) {
  for (std::size_t at = from; (at = xml.find(item_name, at)) != std::string_view::npos; at += item_name.size()) {
    const std::size_t after = at + item_name.size();
    if (after < xml.size() && std::string_view(" \t\r\n/>").find(xml[after]) == std::string_view::npos) continue;
    const std::size_t near = std::max(from, at > prefix_limit ? at - prefix_limit : 0);
    const std::size_t before = xml.substr(near, at - near).rfind('<');
    if (before == std::string_view::npos) continue;
    const std::size_t open = near + before;
    const std::string_view prefix = xml.substr(open + 1, at - open - 1);
    const bool closes = prefix.starts_with('/');
    const std::string_view space = prefix.substr(closes ? 1 : 0);
    const bool whole =
        space.empty() || (space.ends_with(':') && space.find_first_of(" \t\r\n>") == std::string_view::npos);
    if (whole && closes == closing) return open;
  }
  return xml.size();
}

bool is_well_formed(std::string_view item) {
  pugi::xml_document document;
  return static_cast<bool>(document.load_buffer(item.data(), item.size(), pugi::parse_default, pugi::encoding_utf8));
}

// The id in the item's first tag; nothing if that is broken as well.
std::string_view id_of(std::string_view item) {
  const std::string_view tag = item.substr(0, std::min(item.find('>'), item.size()));
  const std::size_t at = tag.find(" id=\"");
  return at == std::string_view::npos ? std::string_view{} : tag.substr(at + 5, tag.find('"', at + 5) - at - 5);
}

}  // namespace

Result<std::string_view> xml_text(const FeedText& feed, std::string& owned, FeedNotes& notes) {
  if (is_utf8(feed.text) || !declares_latin(feed.text)) return feed_utf8(feed, owned, notes);
  notes.add("", "not_utf8", "windows-1252");
  owned = from_windows_1252(feed.text);
  return std::string_view(owned);
}

std::string without_broken_items(std::string_view xml, FeedNotes& notes) {
  std::string out;
  for (std::size_t at = 0; at < xml.size();) {
    const std::size_t begin = next_tag(xml, at, false);
    out += xml.substr(at, begin - at);
    if (begin == xml.size()) break;
    // An item that does not end before the next one begins, or before its tree ends, is cut there.
    const std::size_t next = next_tag(xml, begin + 1, false);
    const std::string_view room = xml.substr(begin, next - begin);
    const std::size_t tag_end = room.find('>'), close = next_tag(room, 1, true);
    const bool empty = tag_end != std::string_view::npos && room[tag_end - 1] == '/', closed = close < room.size();
    std::size_t end = begin + (empty ? tag_end + 1 : std::min(room.find('>', close), room.size() - 1) + 1);
    if (!empty && !closed)
      for (const std::string_view tree : {"<Indicator ", "<Indicator>", "</Indicator>", "</ioc>"})
        end = std::min(end, begin + std::min(room.find(tree), room.size()));
    const std::string_view item = xml.substr(begin, end - begin);
    if ((empty || closed) && is_well_formed(item)) {
      out += item;
    } else {
      notes.add(id_of(item), "broken_object", item);
      out.append("<").append(broken_item).append("/>");
    }
    at = end;
  }
  return out;
}

}  // namespace testudo
