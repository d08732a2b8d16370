// KeyedArchive: an NSKeyedArchiver archive seen as plain objects. Floor 1.
//
//   {"$version": 100000, "$archiver": "NSKeyedArchiver", "$top": {"root": uid}, "$objects": ["$null", object, …]}
//   object: a value, or {"$class": uid, key: value or uid, …};  class: {"$classname": text, "$classes": […]}
#include "codec/plist.h"

namespace testudo {

std::optional<KeyedArchive> KeyedArchive::of(Node root) {
  const Node objects = root["$objects"];
  const Node top = root["$top"];
  if (objects.type() != Node::Type::array || top.type() != Node::Type::dict) return std::nullopt;
  return KeyedArchive(objects, top);
}

Node KeyedArchive::top(std::string_view name) const { return resolve(top_[name]); }

Node KeyedArchive::resolve(Node node) const {
  constexpr int longest_chain = 8;
  for (int i = 0; node.type() == Node::Type::uid; ++i) {
    const std::uint64_t index = *node.uid();
    // Object 0 is "$null" in every archive.
    if (index == 0 || i == longest_chain) return {};
    node = objects_[static_cast<std::size_t>(index)];
  }
  return node;
}

Node KeyedArchive::get(Node object, std::string_view key) const { return resolve(resolve(object)[key]); }

std::string_view KeyedArchive::class_name(Node object) const {
  return get(get(object, "$class"), "$classname").text().value_or(std::string_view());
}

std::optional<std::string_view> KeyedArchive::text(Node object) const {
  object = resolve(object);
  if (object.type() == Node::Type::text) return object.text();
  if (object.type() != Node::Type::dict) return std::nullopt;
  // NSString and NSMutableString; NSURL; NSAttributedString, whose string is an object of its own.
  for (const std::string_view key : {"NS.string", "NS.relative", "NSString"}) {
    const Node inner = get(object, key);
    if (inner.type() == Node::Type::text) return inner.text();
    if (inner.type() == Node::Type::dict) return get(inner, "NS.string").text();
  }
  return std::nullopt;
}

std::optional<Bytes> KeyedArchive::data(Node object) const {
  object = resolve(object);
  if (object.type() == Node::Type::data) return object.data();
  return get(object, "NS.data").data();
}

std::optional<Time> KeyedArchive::date(Node object) const {
  object = resolve(object);
  if (object.type() == Node::Type::date) return object.date();
  const auto seconds = get(object, "NS.time").real();
  return seconds ? from_mac_seconds(*seconds) : std::nullopt;
}

}  // namespace testudo
