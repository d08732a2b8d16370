// A property list as JSON text, to keep what a record has no field for. Floor 1.
#include <algorithm>
#include <string>

#include "base/json_text.h"
#include "base/text.h"
#include "codec/plist_list.h"

namespace testudo {
namespace {

using plist_detail::Form;
using plist_detail::List;
using plist_detail::no_object;
using plist_detail::Object;

// 16 octets, unsigned and big endian, in decimal digits.
std::string decimal(Bytes octets) {
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i < octets.size(); ++i) words[i / 4] = words[i / 4] << 8 | octets[i];
  std::string digits;
  while (std::any_of(words.begin(), words.end(), [](std::uint32_t word) { return word != 0; })) {
    std::uint64_t rest = 0;
    for (std::uint32_t& word : words) {
      rest = rest << 32 | word;
      word = static_cast<std::uint32_t>(rest / 10);
      rest %= 10;
    }
    digits.push_back(static_cast<char>('0' + rest));
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

class JsonWriter {
 public:
  JsonWriter(const List& list, std::uint32_t most_objects, std::size_t largest)
      : list_(list), most_objects_(most_objects), largest_(largest), json_(text_) {}
  void write(std::uint32_t index, std::uint32_t depth);
  std::string take() { return std::move(text_); }

 private:
  bool full() const { return written_ >= most_objects_ || text_.size() > largest_; }
  void write_items(std::uint32_t index, std::uint32_t depth);
  void write_leaf(const Object& object);
  void write_integer(const Object& object);

  const List& list_;
  std::uint32_t most_objects_;
  std::size_t largest_;
  std::uint32_t written_ = 0;
  std::string text_;
  JsonText json_;
};

void JsonWriter::write(std::uint32_t index, std::uint32_t depth) {
  if (index == no_object || full()) {
    json_.null();
    return;
  }
  ++written_;
  if (!plist_detail::is_container(list_.objects[index].type)) return write_leaf(list_.objects[index]);
  if (depth == 0) {
    json_.null();
    return;
  }
  write_items(index, depth - 1);
}

void JsonWriter::write_items(std::uint32_t index, std::uint32_t depth) {
  const Object& object = list_.objects[index];
  const bool dict = object.type == Node::Type::dict;
  if (dict) {
    json_.object();
  } else {
    json_.array();
  }
  const std::uint64_t n = object.span.count;
  for (std::uint64_t i = 0; i < n && !full(); ++i) {
    if (dict) json_.key(list_.text_of(list_.ref(index, i)));
    write(list_.ref(index, dict ? n + i : i), depth);
  }
  json_.end();
}

void JsonWriter::write_integer(const Object& object) {
  if (object.form != Form::huge) {
    json_.integer(object.integer);
    return;
  }
  const Bytes span = list_.span_of(object);
  std::string digits = list_.ref_size != 0 ? decimal(span) : std::string(as_text(span));
  // Digits of XML, maybe with a sign: JSON has no leading zeros. Beyond int64 there is another digit behind them.
  const bool negative = digits.starts_with('-');
  digits.erase(0, digits.find_first_of("123456789"));
  constexpr std::string_view largest = "18446744073709551615";
  const bool common = !negative && (digits.size() < largest.size() ||  //
                                    (digits.size() == largest.size() && digits <= largest));
  if (negative) digits.insert(digits.begin(), '-');
  // Readers of JSON refuse numbers beyond 64 bits.
  if (common) {
    json_.raw(digits);
  } else {
    json_.string(digits);
  }
}

void JsonWriter::write_leaf(const Object& object) {
  switch (object.type) {
    case Node::Type::boolean:
      json_.boolean(object.integer != 0);
      return;
    case Node::Type::integer:
      return write_integer(object);
    case Node::Type::real:
      json_.real(object.real);
      return;
    case Node::Type::date:
      if (object.form == Form::invalid) {
        json_.null();
      } else {
        json_.string(to_rfc3339(Time{object.integer}));
      }
      return;
    case Node::Type::data:
      json_.string(to_base64(list_.span_of(object)));
      return;
    case Node::Type::text:
      json_.string(as_text(list_.span_of(object)));
      return;
    case Node::Type::uid:
      json_.object().key("CF$UID").raw(std::to_string(object.uid));
      json_.end();
      return;
    default:
      json_.null();
      return;
  }
}

}  // namespace

std::string to_json(Node node, PlistLimits limits) {
  constexpr std::size_t least = 16U << 20;
  constexpr std::uint32_t deepest = 512;  // of our own recursion, whatever the caller asks for
  if (node.list_ == nullptr) return "null";
  const List& list = *node.list_->state_;
  JsonWriter writer(list, limits.objects, least + list.input.size() * 16);
  writer.write(node.index_, std::min(limits.depth, deepest));
  return writer.take();
}

}  // namespace testudo
