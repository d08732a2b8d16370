// A property list as JSON text, to keep what a record has no field for. Floor 1.
#include <algorithm>
#include <string>

#include "base/json_text.h"
#include "base/text.h"
#include "codec/plist_list.h"

namespace testudo {
namespace {

class JsonWriter {
 public:
  JsonWriter(const PlistLimits& limits, std::size_t largest) : limits_(limits), largest_(largest), json_(text_) {}
  void write(Node node, std::uint32_t depth);
  std::string take() { return std::move(text_); }

 private:
  void write_items(Node node, std::uint32_t depth);
  void write_leaf(Node node);
  const PlistLimits& limits_;
  std::size_t largest_;
  std::uint32_t written_ = 0;
  std::string text_;
  JsonText json_;
};

void JsonWriter::write(Node node, std::uint32_t depth) {
  if (written_ == limits_.objects || text_.size() > largest_) {
    json_.null();
    return;
  }
  ++written_;
  if (node.type() < Node::Type::array) return write_leaf(node);
  if (depth == 0) {
    json_.null();
    return;
  }
  write_items(node, depth - 1);
}

void JsonWriter::write_items(Node node, std::uint32_t depth) {
  const bool dict = node.type() == Node::Type::dict;
  if (dict) json_.object();
  else json_.array();
  for (std::size_t i = 0; i < node.size() && written_ < limits_.objects && text_.size() <= largest_; ++i) {
    if (dict) json_.key(node.key(i));
    write(node[i], depth);
  }
  json_.end();
}

void JsonWriter::write_leaf(Node node) {
  switch (node.type()) {
    case Node::Type::boolean: json_.boolean(*node.boolean()); return;
    case Node::Type::integer:
      if (const auto value = node.integer()) json_.integer(*value);
      else json_.null();
      return;
    case Node::Type::real: json_.real(*node.real()); return;
    case Node::Type::date:
      if (const auto time = node.date()) json_.string(to_rfc3339(*time));
      else json_.null();
      return;
    case Node::Type::data: json_.string(to_base64(*node.data())); return;
    case Node::Type::text: json_.string(*node.text()); return;
    case Node::Type::uid:
      json_.object().key("CF$UID").raw(std::to_string(*node.uid()));
      json_.end();
      return;
    default: json_.null(); return;
  }
}

}  // namespace

std::string to_json(Node node, PlistLimits limits) {
  constexpr std::size_t least = 16U << 20;
  const std::size_t largest = node.list_ == nullptr ? least : least + node.list_->state_->input.size() * 16;
  JsonWriter writer(limits, largest);
  writer.write(node, std::min<std::uint32_t>(limits.depth, 512));
  return writer.take();
}

}  // namespace testudo
