// The memory behind a Plist: one flat table of small objects over the input, filled by the binary and the XML reader.
// Floor 1; for the plist*.cpp files alone.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "codec/plist.h"

namespace testudo::plist_detail {

inline constexpr std::uint32_t no_object = 0xffffffff;
// Offsets are kept in 32 bits, and decoded text can be three times as long as what it was read from.
inline constexpr std::uint64_t largest_list = 1U << 30;
// Anomalies are kept one by one only up to here: a hostile list has millions.
inline constexpr std::size_t most_anomalies = 64;

enum class Form : std::uint8_t {
  plain,    // integer, real, uid, date: the value itself; text and data: a span of the input
  decoded,  // text and data: a span of `arena`
  huge,     // integer: beyond int64; a span of the input (16 octets big endian, or decimal digits)
  invalid,  // date: not a time
};

// 16 octets, so that the table of an ordinary archive fits into a few cache lines.
struct Object {
  struct Span {
    std::uint32_t start;
    std::uint32_t count;  // octets of a text or data; items of an array, set or dictionary
  };
  std::uint32_t at = 0;  // where the object stands in the input
  Node::Type type = Node::Type::none;
  Form form = Form::plain;
  union {
    std::int64_t integer = 0;  // also boolean, and the microseconds of an XML date
    double real;
    std::uint64_t uid;
    Span span;
  };
};
static_assert(sizeof(Object) == 16);

struct List {
  Bytes input;
  std::string converted;  // the input as UTF-8, where it came as UTF-16
  std::vector<Object> objects;
  std::string arena;                // decoded texts and data
  std::vector<std::uint32_t> refs;  // XML: items of containers; of a dictionary first all keys, then all values
  std::uint32_t ref_size = 0;       // binary: references stand in the input with this many octets; XML: 0
  std::vector<std::uint64_t> cuts;  // container << 32 | position: edges that closed a cycle or lay too deep, sorted
  std::vector<PlistAnomaly> anomalies;
  std::uint32_t root = no_object;

  void anomaly(std::string_view name, std::uint64_t offset) {
    if (anomalies.size() < most_anomalies) anomalies.push_back({name, offset});
  }
  Bytes span_of(const Object& object) const {
    const Bytes base = object.form == Form::decoded ? as_bytes(arena) : input;
    return base.subspan(object.span.start, object.span.count);
  }
  std::string_view text_of(std::uint32_t index) const {
    if (index >= objects.size() || objects[index].type != Node::Type::text) return {};
    return as_text(span_of(objects[index]));
  }
  // The index in the table that the reference at `position` holds, or something beyond the table.
  std::uint64_t raw_ref(const Object& container, std::uint64_t position) const {
    if (ref_size == 0) return refs[container.span.start + position];
    const std::uint8_t* p = input.data() + container.span.start + position * ref_size;
    if (ref_size == 1) return *p;
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < ref_size; ++i) value = value << 8 | p[i];
    return value;
  }
  std::uint32_t ref(std::uint32_t container, std::uint64_t position) const {
    if (!cuts.empty() && std::binary_search(cuts.begin(), cuts.end(), std::uint64_t{container} << 32 | position))
      return no_object;
    const std::uint64_t index = raw_ref(objects[container], position);
    return index < objects.size() ? static_cast<std::uint32_t>(index) : no_object;
  }
};

inline bool is_container(Node::Type type) { return type >= Node::Type::array; }
// How many references a container holds: a dictionary two for each entry.
inline std::uint64_t ref_count(const Object& container) {
  return std::uint64_t{container.span.count} * (container.type == Node::Type::dict ? 2 : 1);
}

inline bool is_ascii(Bytes text) {
  std::uint8_t seen = 0;
  for (const std::uint8_t octet : text) seen |= octet;
  return seen < 0x80;
}

// Sets `object` to the text in `octets`, a part of list.input: borrowed where it is ASCII or valid UTF-8.
void set_text(List& list, Object& object, Bytes octets);
// Sets `object` to text or data that had to be decoded.
void set_decoded(List& list, Object& object, std::string_view octets);

Result<void> read_binary(List& list, const PlistLimits& limits);
Result<void> read_xml(List& list, const PlistLimits& limits);
// Cuts every edge that closes a cycle or leads deeper than `depth` containers, so that what remains is acyclic and can
// be walked by recursion. Linear in the references below the root.
void cut_cycles(List& list, std::uint32_t depth);

}  // namespace testudo::plist_detail

namespace testudo {
struct Plist::State : plist_detail::List {};
}  // namespace testudo
