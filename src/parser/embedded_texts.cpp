// Embedded texts: see embedded_texts.h. Floor 4.
#include "parser/embedded_texts.h"

#include <algorithm>
#include <array>

#include "base/link_scan.h"
#include "base/octet_set.h"
#include "base/reader.h"
#include "base/text.h"
#include "codec/plist.h"
#include "record/sink.h"

namespace testudo {
namespace {

// Class and key names of archives, which every list holds.
bool is_archive_noise(std::string_view text) {
  constexpr std::array<std::string_view, 2> prefixes{"NS.", "$"};
  constexpr std::array<std::string_view, 2> whole{"NSKeyedArchiver", "streamtyped"};
  return std::ranges::any_of(prefixes, [&](auto p) { return text.starts_with(p); }) ||
         std::ranges::find(whole, text) != whole.end();
}

bool is_property_list(Bytes blob) {
  const std::string_view text = as_text(blob);
  return text.starts_with("bplist") || text.starts_with("<?xml") || text.starts_with("<!DOCTYPE plist") ||
         text.starts_with("<plist");
}

bool is_typed_stream(Bytes blob) {
  const std::string_view head = as_text(blob).substr(0, 16);
  return head.find("streamtyped") != std::string_view::npos || head.find("typedstream") != std::string_view::npos;
}

bool is_readable(Bytes octets) {
  return std::ranges::none_of(octets,
                              [](std::uint8_t c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; }) &&
         is_utf8(as_text(octets));
}

Result<std::uint64_t> varint(Reader& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto octet = TRY(in.le<std::uint8_t>("varint"));
    value |= static_cast<std::uint64_t>(octet & 0x7F) << shift;
    if (octet < 0x80) return value;
  }
  return error(Fault::malformed, "varint too long", in.offset());
}

// One field of a protocol buffer message; the octets of a length-delimited one, else empty.
Result<Bytes> protobuf_field(Reader& in) {
  const std::uint64_t tag = TRY(varint(in));
  if (tag >> 3 == 0 || tag >> 3 > 536'870'911) return error(Fault::malformed, "field number", in.offset());
  switch (tag & 7) {
    case 0:
      TRY(varint(in));
      return Bytes();
    case 1:
      TRY(in.skip(8, "fixed64"));
      return Bytes();
    case 2:
      return in.take(TRY(varint(in)), "field");
    case 5:
      TRY(in.skip(4, "fixed32"));
      return Bytes();
    default:
      return error(Fault::malformed, "wire type", in.offset());
  }
}

bool is_protobuf(Bytes octets) {
  Reader in(octets);
  while (!in.empty())
    if (!protobuf_field(in)) return false;
  return !octets.empty();
}

// What a `data:` address holds in base64, where that can be read: Messages sends polls so, as JSON (iOS 26).
std::optional<std::string> text_of_data_address(std::string_view address) {
  const auto comma = address.find(',');
  if (!address.starts_with("data:") || comma == std::string_view::npos) return std::nullopt;
  address.remove_prefix(comma + 1);
  auto text = from_base64(percent_decoded(address.substr(0, address.find('?'))).text);
  if (!text || !is_readable(as_bytes(*text))) return std::nullopt;
  return without_escaped_slashes(*text);
}

// Calls `on_text` and `on_data` for the values of a list. A hostile list holds more paths than objects: bounded.
template <typename OnText, typename OnData>
class Walk {
 public:
  Walk(OnText on_text, OnData on_data) : on_text_(on_text), on_data_(on_data) {}

  void over(Node node, int depth) {
    if (left_ == 0 || depth > 64) return;
    --left_;
    if (const auto text = node.text()) return on_text_(*text);
    if (const auto data = node.data()) return on_data_(*data);
    // A class description of a keyed archive: names only.
    if (node["$classname"]) return;
    const bool named = node.type() == Node::Type::dict;
    for (std::size_t i = 0; i < node.size(); ++i) {
      if (named && may_hold_link(as_bytes(node.key(i)))) on_text_(node.key(i));
      over(node[i], depth + 1);
    }
  }

 private:
  OnText on_text_;
  OnData on_data_;
  std::size_t left_ = 100'000;
};

}  // namespace

void EmbeddedTexts::known(std::string_view text) { seen_.emplace(trim(text)); }

void EmbeddedTexts::add(std::string_view text) {
  text = trim(text);
  if (text.empty() || is_archive_noise(text)) return;
  if (lines_.size() + text.size() > most_octets) {
    truncated_ = true;
    return;
  }
  if (!seen_.emplace(text).second) return;
  if (!lines_.empty()) lines_.push_back('\n');
  for (char c : text) lines_.push_back(c == '\n' || c == '\r' ? ' ' : c);
  if (const auto inner = text_of_data_address(text)) add(*inner);
}

bool EmbeddedTexts::add_blob(Bytes blob, int depth) {
  if (blob.empty()) return true;
  if (depth == most_depth) {
    add_runs(blob);
    return false;
  }
  if (is_typed_stream(blob)) {
    if (const auto stream = parse_attributed_text(blob)) {
      add(stream.value().text);
      add_others(*stream, blob);
      return stream->anomaly.empty();
    }
  }
  if (is_property_list(blob)) {
    if (auto list = Plist::parse(blob)) {
      Walk walk([this](std::string_view text) { add(text); },
                [this, depth](Bytes data) {
                  if (is_property_list(data) || is_typed_stream(data) || may_hold_link(data)) add_blob(data, depth + 1);
                });
      const Node objects = list->root()["$objects"];
      walk.over(objects ? objects : list->root(), 0);
      return true;
    }
  }
  add_runs(blob);
  return false;
}

void EmbeddedTexts::add_others(const AttributedText& body, Bytes blob) {
  for (const std::string& text : body.other_texts) add(text);
  if (!body.anomaly.empty() && body.anomaly_offset < blob.size())
    add_runs(blob.subspan(static_cast<std::size_t>(body.anomaly_offset)));
}

bool EmbeddedTexts::add_payload(Bytes payload) {
  return is_property_list(payload) || is_typed_stream(payload) ? add_blob(payload) : add_protobuf(payload);
}

bool EmbeddedTexts::add_protobuf(Bytes message) {
  if (message.empty()) return true;
  if (is_protobuf(message)) return add_fields(message, 0);
  add_runs(message);
  return false;
}

bool EmbeddedTexts::add_fields(Bytes message, int depth) {
  constexpr int deepest = 16;
  constexpr std::size_t shortest = 2;
  Reader in(message);
  while (!in.empty()) {
    const auto field = protobuf_field(in);
    if (!field) return false;
    const Bytes octets = field.value();
    if (octets.size() < shortest) continue;
    // A short message may look like text and the reverse: what reads as text is text.
    if (is_readable(octets))
      add(as_text(octets));
    else if (depth < deepest && is_protobuf(octets))
      add_fields(octets, depth + 1);
    else if (may_hold_link(octets))
      add_runs(octets);
  }
  return true;
}

void EmbeddedTexts::add_runs(Bytes blob) {
  constexpr std::size_t shortest = 6;
  constexpr std::string_view no_character = "\xEF\xBF\xBD";
  std::size_t begin = 0;
  const std::string_view text = as_text(blob);
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const auto c = i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    if (c >= 0x20 && c != 0x7F) continue;
    const std::string_view run = text.substr(begin, i - begin);
    begin = i + 1;
    if (run.size() < shortest || !may_hold_link(as_bytes(run))) continue;
    // Octets that are no character end a text as well: a host would go on with them.
    const std::string readable = to_utf8(run);
    for (std::string_view rest = readable; !rest.empty();) {
      const std::string_view part = rest.substr(0, rest.find(no_character));
      rest.remove_prefix(std::min(rest.size(), part.size() + no_character.size()));
      if (part.size() >= shortest && may_hold_link(as_bytes(part))) add(part);
    }
  }
}

std::optional<std::string> EmbeddedTexts::take() {
  if (lines_.empty()) return std::nullopt;
  return std::move(lines_);
}

std::optional<std::string> EmbeddedTexts::take(Sink& out, std::uint64_t where) {
  if (truncated_) out.anomaly("embedded_texts_truncated", where);
  return take();
}

std::string without_escaped_slashes(std::string_view json) {
  std::string plain;
  for (std::size_t i = 0; i < json.size(); ++i)
    if (json.substr(i, 2) != "\\/") plain.push_back(json[i]);
  return plain;
}

bool may_hold_link(Bytes octets) {
  // A dot, its look-alikes (by their first octet; U+2024 shares it with quotes and dashes), a colon, or an escaped one.
  constexpr OctetSet tells(".:%\xE3\xEF");
  constexpr std::string_view dot_leader = "\xE2\x80\xA4";
  return tells.is_in(as_text(octets)) || as_text(octets).find(dot_leader) != std::string_view::npos;
}

}  // namespace testudo
