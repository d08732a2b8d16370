// The values of XML property lists: text, numbers, dates and base64. Floor 1.
#include <charconv>

#include "base/text.h"
#include "codec/plist_xml.h"

namespace testudo::plist_detail {
namespace {

// Whether a piece of text is a part of the input, and not a copy.
bool borrowed(const List& list, std::string_view piece) {
  const char* const start = as_text(list.input).data();
  return piece.data() >= start && piece.data() < start + list.input.size();
}

void set_span(List& list, Object& object, std::string_view text) {
  if (borrowed(list, text)) return set_text(list, object, as_bytes(text));
  const bool valid = is_utf8(text);
  if (!valid) list.anomaly("plist_bad_text", object.at);
  object.type = Node::Type::text;
  if (valid) return set_decoded(list, object, text);
  set_decoded(list, object, to_utf8(text));
}

void set_integer(List& list, Object& object, std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(negative || text.starts_with('+') ? 1 : 0);
  const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
  if (hex) digits.remove_prefix(2);
  std::uint64_t magnitude = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, hex ? 16 : 10);
  const bool whole = !digits.empty() && end == digits.data() + digits.size();
  constexpr std::uint64_t largest = std::uint64_t{1} << 63;
  if (whole && problem == std::errc() && magnitude < largest + negative) {
    object.integer = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
  } else if (whole && !hex && borrowed(list, digits)) {
    object.form = Form::huge;
    if (negative) digits = {digits.data() - 1, digits.size() + 1};
    object.span = {static_cast<std::uint32_t>(digits.data() - as_text(list.input).data()),
                   static_cast<std::uint32_t>(digits.size())};
  } else {
    list.anomaly("plist_bad_number", object.at);
    object.type = Node::Type::none;
  }
}

void set_real(List& list, Object& object, std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  object.real = value;
  if (!text.empty() && problem == std::errc() && end == text.data() + text.size()) return;
  list.anomaly("plist_bad_number", object.at);
  object.type = Node::Type::none;
}

void set_data(List& list, Object& object, std::string_view text) {
  auto octets = from_base64(text);
  if (!octets) {
    // Of damaged base64 the part before the damage is kept, in whole groups of four.
    list.anomaly("plist_bad_data", object.at);
    std::string good;
    for (const char c : text) {
      const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (letter || c == '+' || c == '/')
        good.push_back(c);
      else if (std::string_view(" \t\r\n").find(c) == std::string_view::npos)
        break;
    }
    good.resize(good.size() / 4 * 4);
    octets = from_base64(good);
  }
  set_decoded(list, object, octets.value_or(std::string()));
}

}  // namespace

void set_xml_value(List& list, Object& object, Tag tag, std::string_view text) {
  switch (tag) {
    case Tag::yes:
    case Tag::no:
      object.integer = tag == Tag::yes;
      return;
    case Tag::data:
      return set_data(list, object, text);
    case Tag::integer:
      return set_integer(list, object, trim(text));
    case Tag::real:
      return set_real(list, object, trim(text));
    case Tag::date: {
      const auto time = parse_rfc3339(trim(text));
      object.form = time ? Form::plain : Form::invalid;
      object.integer = time ? time->micros : 0;
      if (!time) list.anomaly("plist_bad_date", object.at);
      return;
    }
    default:
      return set_span(list, object, text);
  }
}

}  // namespace testudo::plist_detail
