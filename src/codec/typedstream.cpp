// typedstream archives. Floor 1. Layout and sources: docs/formats/typedstream.md.
//
//   archive:  u8 version (4), string "streamtyped" (little endian) or "typedstream" (big endian), integer system
//             version, then groups until the end
//   group:    shared string with the types of the values, then the values
//   integer:  one octet; 0x81: 2 octets follow, 0x82: 4, 0x87: 8
//   string:   integer length, octets; 0x85: none
//   shared:   0x84: a string follows, which gets the next number; otherwise the number of an earlier one
//   object:   0x84: class, groups, 0x86; 0x85: none; otherwise the number of an earlier one
//   class:    0x84: shared name, integer version, superclass; 0x85: none; otherwise the number of an earlier one
#include "codec/typedstream.h"

#include <algorithm>
#include <charconv>

#include "base/reader.h"
#include "base/text.h"
#include "codec/plist.h"

namespace testudo {
namespace {

constexpr std::uint8_t tag_two = 0x81, tag_four = 0x82, tag_real = 0x83, tag_new = 0x84, tag_nil = 0x85, tag_end = 0x86,
                       tag_eight = 0x87;
// 0x80 to 0x91 are tags; numbers of earlier strings and objects count from 0x92, which is -110 as a signed octet.
constexpr std::uint8_t last_tag = 0x91;
constexpr std::int64_t first_number = -110;
// Objects and types inside each other; a message has less than ten.
constexpr int deepest = 128;

// Names that archivers use themselves: keys such as "$class" and "NS.string", classes such as "NSMutableArray".
bool is_archive_name(std::string_view text) {
  if (text.starts_with('$') || text.starts_with("NS.") || text.starts_with("__kIM")) return true;
  const bool letters =
      std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  return letters && text.starts_with("NS");
}

void add_texts(std::vector<std::string>& out, const Plist& list, std::string_view except) {
  for (const std::string_view text : all_texts(list)) {
    if (text != except && !is_archive_name(text)) out.emplace_back(text);
  }
}

class Archive {
 public:
  Archive(Bytes bytes, AttributedText& out) : reader_(bytes), out_(out), steps_(bytes.size() * 4 + 64) {}
  Result<void> read_header();
  Result<void> read_groups();
  bool found_text() const { return found_text_; }
  std::uint64_t offset() const { return reader_.offset(); }

 private:
  Result<std::uint8_t> octet(std::string_view what) { return reader_.le<std::uint8_t>(what); }
  Result<std::uint64_t> number(std::size_t octets);
  Result<std::int64_t> integer(std::uint8_t head);
  Result<std::uint64_t> length(std::uint8_t head);
  Result<Bytes> string();
  Result<Bytes> shared(std::uint8_t head);
  Result<void> class_chain();
  Result<void> object();
  Result<void> group(std::uint8_t head);
  Result<void> values(std::string_view types);
  Result<void> value(std::string_view type);
  Result<void> octets_value();
  Result<void> array(std::string_view inner);
  Result<void> real(std::size_t octets);
  void keep(Bytes text);

  Reader reader_;
  AttributedText& out_;
  std::vector<Bytes> shared_;
  std::uint64_t steps_;  // values without octets, in arrays of arrays, could be "read" for ever
  int depth_ = 0;
  bool big_endian_ = false;
  bool found_text_ = false;
};

Result<std::uint64_t> Archive::number(std::size_t octets) {
  const Bytes raw = TRY(reader_.take(octets, "number"));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < octets; ++i) value = value << 8 | raw[big_endian_ ? i : octets - 1 - i];
  return value;
}

Result<std::int64_t> Archive::integer(std::uint8_t head) {
  if (head == tag_two) return static_cast<std::int16_t>(TRY(number(2)));
  if (head == tag_four) return static_cast<std::int32_t>(TRY(number(4)));
  if (head == tag_eight) return static_cast<std::int64_t>(TRY(number(8)));
  if (head >= 0x80 && head <= last_tag) return error(Fault::malformed, "number expected", reader_.offset() - 1);
  return static_cast<std::int8_t>(head);
}

Result<std::uint64_t> Archive::length(std::uint8_t head) {
  if (head == tag_two) return number(2);
  if (head == tag_four) return number(4);
  if (head == tag_eight) return number(8);
  if (head == tag_nil) return 0;
  if (head >= 0x80 && head <= last_tag) return error(Fault::malformed, "length expected", reader_.offset() - 1);
  return head;
}

Result<Bytes> Archive::string() { return reader_.take(TRY(length(TRY(octet("length of a string")))), "string"); }

Result<Bytes> Archive::shared(std::uint8_t head) {
  if (head == tag_nil) return Bytes();
  if (head == tag_new) {
    shared_.push_back(TRY(string()));
    return shared_.back();
  }
  const std::uint64_t at = reader_.offset() - 1;
  const std::int64_t index = TRY(integer(head)) - first_number;
  if (index < 0 || static_cast<std::uint64_t>(index) >= shared_.size())
    return error(Fault::malformed, "string that was not stored before", at);
  return shared_[static_cast<std::size_t>(index)];
}

// Superclasses follow each other up to one that was stored before, or none. Which class an object has does not matter
// here, so their numbers are read over.
Result<void> Archive::class_chain() {
  std::uint8_t head = TRY(octet("class"));
  while (head == tag_new) {
    static_cast<void>(TRY(shared(TRY(octet("name of a class")))));
    static_cast<void>(TRY(integer(TRY(octet("version of a class")))));
    head = TRY(octet("superclass"));
  }
  if (head != tag_nil) static_cast<void>(TRY(integer(head)));
  return {};
}

Result<void> Archive::object() {
  std::uint8_t head = TRY(octet("object"));
  if (head == tag_nil) return {};
  if (head != tag_new) {
    static_cast<void>(TRY(integer(head)));
    return {};
  }
  if (depth_ >= deepest) return error(Fault::limit, "objects nested too deep", reader_.offset());
  ++depth_;
  TRY(class_chain());
  for (head = TRY(octet("object")); head != tag_end; head = TRY(octet("object"))) TRY(group(head));
  --depth_;
  return {};
}

Result<void> Archive::group(std::uint8_t head) { return values(as_text(TRY(shared(head)))); }

// One type: a letter, or everything between a bracket and its counterpart.
std::string_view first_type(std::string_view types) {
  int open = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const char c = types[i];
    if (c == '[' || c == '{' || c == '(') ++open;
    if (c == ']' || c == '}' || c == ')') --open;
    if (open <= 0) return types.substr(0, i + 1);
  }
  return types;
}

Result<void> Archive::values(std::string_view types) {
  if (depth_ >= deepest) return error(Fault::limit, "types nested too deep", reader_.offset());
  ++depth_;
  while (!types.empty()) {
    const std::string_view type = first_type(types);
    TRY(value(type));
    types.remove_prefix(type.size());
  }
  --depth_;
  return {};
}

Result<void> Archive::value(std::string_view type) {
  if (steps_-- == 0) return error(Fault::limit, "values without octets", reader_.offset());
  switch (type.front()) {
    case 'B':
    case 'C':
    case 'c':
      return reader_.skip(1, "octet");
    case 'S':
    case 'I':
    case 'L':
    case 'Q':
    case 's':
    case 'i':
    case 'l':
    case 'q':
      static_cast<void>(TRY(integer(TRY(octet("integer")))));
      return {};
    case 'f':
      return real(4);
    case 'd':
      return real(8);
    case '%':
    case ':':
      static_cast<void>(TRY(shared(TRY(octet("name")))));
      return {};
    case '#':
      return class_chain();
    case '@':
      return object();
    case '+':
      return octets_value();
    case '!':
      return {};
    case '*': {  // a C string, itself an object that others may refer to
      const std::uint8_t head = TRY(octet("C string"));
      if (head == tag_new)
        static_cast<void>(TRY(shared(TRY(octet("C string")))));
      else if (head != tag_nil)
        static_cast<void>(TRY(integer(head)));
      return {};
    }
    case '[':
      return array(type.substr(1, type.size() - std::min<std::size_t>(type.size(), 2)));
    case '{': {
      const std::string_view inner = type.substr(1, type.size() - std::min<std::size_t>(type.size(), 2));
      const std::size_t name = inner.substr(0, inner.find('{')).find('=');
      return values(name == std::string_view::npos ? inner : inner.substr(name + 1));
    }
    default:
      return error(Fault::malformed, "unknown type of a value", reader_.offset());
  }
}

// The octets of a string object. The first ones are the attributed string's text.
Result<void> Archive::octets_value() {
  const std::uint64_t size = TRY(length(TRY(octet("length of a string"))));
  const bool whole = size <= reader_.left();
  if (!whole && found_text_) return error(Fault::truncated, "string", reader_.offset());
  const std::uint64_t at = reader_.offset();
  keep(TRY(reader_.take(whole ? size : reader_.left(), "string")));
  if (!whole) return error(Fault::truncated, "string", at);
  return {};
}

// "[12c]": twelve octets; other element types one by one.
Result<void> Archive::array(std::string_view inner) {
  std::uint64_t count = 0;
  const auto [end, problem] = std::from_chars(inner.data(), inner.data() + inner.size(), count);
  if (problem != std::errc() || end == inner.data() + inner.size())
    return error(Fault::malformed, "type of an array", reader_.offset());
  const std::string_view element = inner.substr(static_cast<std::size_t>(end - inner.data()));
  if (element == "c" || element == "C") {
    const Bytes octets = TRY(reader_.take(count, "octets"));
    if (!as_text(octets).starts_with("bplist")) return {};
    if (const auto list = Plist::parse(octets); list.ok()) add_texts(out_.other_texts, list.value(), {});
    return {};
  }
  for (std::uint64_t i = 0; i < count; ++i) TRY(values(element));
  return {};
}

Result<void> Archive::real(std::size_t octets) {
  const std::uint8_t head = TRY(octet("number"));
  if (head == tag_real) return reader_.skip(octets, "number");
  static_cast<void>(TRY(integer(head)));
  return {};
}

void Archive::keep(Bytes text) {
  if (!found_text_) {
    out_.text = to_utf8(as_text(text));
    found_text_ = true;
  } else if (!as_text(text).starts_with("__kIM")) {
    out_.other_texts.push_back(to_utf8(as_text(text)));
  }
}

Result<void> Archive::read_header() {
  const std::uint8_t version = TRY(octet("version"));
  if (version == 3) return error(Fault::unsupported, "typedstream of version 3", 0);
  const Bytes magic = TRY(string());
  big_endian_ = as_text(magic) == "typedstream";
  if (version != 4 || (!big_endian_ && as_text(magic) != "streamtyped"))
    return error(Fault::malformed, "not a typedstream", 0);
  static_cast<void>(TRY(integer(TRY(octet("system version")))));
  return {};
}

Result<void> Archive::read_groups() {
  while (!reader_.empty()) TRY(group(TRY(octet("group"))));
  return {};
}

// Damage before the text: looks for what a first string always looks like, the type "+" stored in full.
bool salvage(Bytes archive, AttributedText& out) {
  constexpr std::string_view lead = "\x84\x01+";
  const std::size_t found = as_text(archive).find(lead);
  if (found == std::string_view::npos || archive.size() - found <= lead.size() + 1) return false;
  Reader reader(archive.subspan(found + lead.size()));
  std::uint64_t size = *reader.le<std::uint8_t>("length");
  if (size == tag_two) {
    const auto wide = reader.le<std::uint16_t>("length");
    if (!wide) return false;
    size = wide.value();
  } else if (size >= 0x80 && size <= last_tag) {
    return false;
  }
  const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(reader.left(), size));
  out.text = to_utf8(as_text(reader.rest().first(there)));
  return true;
}

std::string_view anomaly_of(Fault fault) {
  if (fault == Fault::truncated) return "typedstream_truncated";
  return fault == Fault::limit ? "typedstream_too_deep" : "typedstream_malformed";
}

Result<AttributedText> from_keyed_archive(Bytes archive) {
  const Plist list = TRY(Plist::parse(archive));
  const auto keyed = KeyedArchive::of(list.root());
  if (!keyed) return error(Fault::malformed, "property list without an archive", 0);
  AttributedText out;
  const auto text = keyed->text(keyed->top());
  if (text) out.text = *text;
  if (!list.anomalies().empty()) {
    out.anomaly = list.anomalies().front().name;
    out.anomaly_offset = list.anomalies().front().offset;
  }
  add_texts(out.other_texts, list, out.text);
  if (!text && out.other_texts.empty()) return error(Fault::malformed, "archive without a text", 0);
  return out;
}

}  // namespace

Result<AttributedText> parse_attributed_text(Bytes bytes) {
  if (bytes.empty()) return error(Fault::truncated, "no octets", 0);
  if (as_text(bytes).starts_with("bplist")) return from_keyed_archive(bytes);
  AttributedText out;
  Archive archive(bytes, out);
  TRY(archive.read_header());
  const auto read = archive.read_groups();
  if (!read.ok()) {
    if (!archive.found_text() && !salvage(bytes, out)) return read.error();
    out.anomaly = anomaly_of(read.error().fault);
    out.anomaly_offset = read.error().offset;
  } else if (!archive.found_text()) {
    return error(Fault::truncated, "archive without a text", archive.offset());
  }
  return out;
}

}  // namespace testudo
