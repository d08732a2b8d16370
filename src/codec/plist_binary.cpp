// Binary property lists. Floor 1. Layout and sources: docs/formats/plist.md.
//
//   "bplist00" | objects | offset table | trailer (32 octets)
//   trailer: 6 unused, u8 offset size, u8 reference size, u64 objects, u64 root, u64 position of the offset table (BE)
//   object:  u8 marker (type << 4 | size), then what the type says
//
// Writers store the objects in the order of the table, root first; a list whose end is lost is read on that ground.
#include <bit>

#include "base/reader.h"
#include "base/text.h"
#include "codec/plist_list.h"

namespace testudo::plist_detail {
namespace {

constexpr std::size_t magic_size = 8;
constexpr std::size_t trailer_size = 32;

struct Trailer {
  std::uint64_t offset_size, ref_size, objects, root, table;
};

std::uint64_t big_endian(const std::uint8_t* p, std::uint64_t size) {
  std::uint64_t value = 0;
  for (std::uint64_t i = 0; i < size; ++i) value = value << 8 | p[i];
  return value;
}

std::optional<Trailer> read_trailer(Bytes input) {
  if (input.size() < magic_size + trailer_size) return std::nullopt;
  const std::uint8_t* p = input.data() + input.size() - trailer_size;
  const Trailer t{p[6], p[7], big_endian(p + 8, 8), big_endian(p + 16, 8), big_endian(p + 24, 8)};
  const std::uint64_t end = input.size() - trailer_size;
  const bool sizes = t.offset_size >= 1 && t.offset_size <= 8 && t.ref_size >= 1 && t.ref_size <= 8;
  if (!sizes || t.table < magic_size || t.table > end) return std::nullopt;
  if (t.objects == 0 || t.objects > (end - t.table) / t.offset_size || t.root >= t.objects) return std::nullopt;
  return t;
}

enum class Outcome : std::uint8_t { good, cut_short, bad };

// What a marker says before anything is decoded.
struct Header {
  Outcome outcome = Outcome::bad;
  std::uint32_t body = 0;   // where the octets after marker and count start
  std::uint64_t count = 0;  // octets, UTF-16 units, items or entries
  std::uint64_t size = 0;   // octets of the body
};

class BinaryList {
 public:
  BinaryList(List& list, std::uint64_t end) : list_(list), in_(list.input.data()), end_(end) {}

  Header header(std::uint64_t at) const;
  void decode(Object& object, std::uint64_t at, bool keep_cut_short);
  void check_refs(std::uint32_t index);
  bool may_be_cyclic() const { return may_be_cyclic_; }
  std::uint32_t containers() const { return containers_; }

 private:
  Header sized(std::uint64_t body, std::uint64_t count, std::uint64_t each) const;
  Header counted(std::uint64_t at, std::uint8_t low, std::uint64_t each) const;
  void decode_body(Object& object, std::uint8_t marker, const Header& head);
  void decode_integer(Object& object, const Header& head);

  List& list_;
  const std::uint8_t* in_;
  std::uint64_t end_;  // objects lie before it
  // Objects of an honest list do not overlap, so all bodies together are no longer than the list. A hostile offset
  // table names one large object many times.
  std::uint64_t budget_ = end_;
  std::uint32_t containers_ = 0;
  bool may_be_cyclic_ = false;
};

Header BinaryList::sized(std::uint64_t body, std::uint64_t count, std::uint64_t each) const {
  Header head{Outcome::good, static_cast<std::uint32_t>(body), count, count * each};
  if (body > end_ || count > (end_ - body) / each) head.outcome = Outcome::cut_short;
  return head;
}

Header BinaryList::counted(std::uint64_t at, std::uint8_t low, std::uint64_t each) const {
  if (low != 15) return sized(at + 1, low, each);
  if (at + 1 >= end_) return {Outcome::cut_short};
  const std::uint8_t marker = in_[at + 1];
  if ((marker & 0xf0) != 0x10 || (marker & 0x0f) > 3) return {Outcome::bad};
  const std::uint64_t width = std::uint64_t{1} << (marker & 0x0f);
  if (width > end_ - (at + 2)) return {Outcome::cut_short};
  const std::uint64_t count = big_endian(in_ + at + 2, width);
  return sized(at + 2 + width, count, each);
}

Header BinaryList::header(std::uint64_t at) const {
  if (at >= end_) return {Outcome::cut_short};
  const std::uint8_t marker = in_[at];
  const std::uint8_t low = marker & 0x0f;
  switch (marker >> 4) {
    case 0x0:
      return low == 0 || low == 8 || low == 9 || low == 15 ? sized(at + 1, 0, 1) : Header{};
    case 0x1:
      return low <= 4 ? sized(at + 1, std::uint64_t{1} << low, 1) : Header{};
    case 0x2:
      return low == 2 || low == 3 ? sized(at + 1, std::uint64_t{1} << low, 1) : Header{};
    case 0x3:
      return low == 3 ? sized(at + 1, 8, 1) : Header{};
    case 0x4:
    case 0x5:
    case 0x7:
      return counted(at, low, 1);
    case 0x6:
      return counted(at, low, 2);
    case 0x8:
      return low < 8 ? sized(at + 1, low + 1U, 1) : Header{};
    case 0xa:
    case 0xb:
    case 0xc:
      return counted(at, low, list_.ref_size);
    case 0xd:
      return counted(at, low, std::uint64_t{list_.ref_size} * 2);
    default:
      return {};
  }
}

void BinaryList::decode(Object& object, std::uint64_t at, bool keep_cut_short) {
  object.at = static_cast<std::uint32_t>(at);
  Header head = header(at);
  if (head.outcome == Outcome::bad) return list_.anomaly("plist_bad_marker", at);
  const std::uint8_t marker = in_[at < end_ ? at : 0];
  if (head.outcome == Outcome::cut_short) {
    list_.anomaly("plist_truncated", at);
    const std::uint8_t type = marker >> 4;
    // The part that is there of a text, of data or of an array is kept; half a number or dictionary says nothing.
    if (!keep_cut_short || head.body == 0 || head.body > end_ || type < 4 || type == 8 || type == 0xd) return;
    const std::uint64_t each = type == 6 ? 2 : type >= 0xa ? list_.ref_size : 1;
    head.count = (end_ - head.body) / each;
    head.size = head.count * each;
  }
  if (head.size > budget_) return list_.anomaly("plist_overlap", at);
  budget_ -= head.size;
  decode_body(object, marker, head);
}

void BinaryList::decode_integer(Object& object, const Header& head) {
  object.type = Node::Type::integer;
  const std::uint8_t* body = in_ + head.body;
  if (head.size < 16) {
    object.integer = std::bit_cast<std::int64_t>(big_endian(body, head.size));
    return;
  }
  // 16 octets hold what is unsigned and beyond int64; writers that use them for less are taken at their word.
  const std::uint64_t high = big_endian(body, 8);
  object.integer = std::bit_cast<std::int64_t>(big_endian(body + 8, 8));
  if ((high == 0 && object.integer >= 0) || (high == ~std::uint64_t{0} && object.integer < 0)) return;
  object.form = Form::huge;
  object.span = {head.body, 16};
}

void BinaryList::decode_body(Object& object, std::uint8_t marker, const Header& head) {
  const std::uint8_t* body = in_ + head.body;
  const auto size = static_cast<std::uint32_t>(head.size);
  switch (marker >> 4) {
    case 0x0:
      object.type = (marker & 8) != 0 && marker != 15 ? Node::Type::boolean : Node::Type::null;
      object.integer = marker == 9;
      return;
    case 0x1:
      return decode_integer(object, head);
    case 0x2:
      object.type = Node::Type::real;
      object.real = size == 4 ? double{std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(body, 4)))}
                              : std::bit_cast<double>(big_endian(body, 8));
      return;
    case 0x3: {
      object.type = Node::Type::date;
      const auto time = from_mac_seconds(std::bit_cast<double>(big_endian(body, 8)));
      object.form = time ? Form::plain : Form::invalid;
      object.integer = time ? time->micros : 0;
      return;
    }
    case 0x4:
      object.type = Node::Type::data;
      object.span = {head.body, size};
      return;
    case 0x5:
    case 0x7:
      return set_text(list_, object, {body, size});
    case 0x6:
      object.type = Node::Type::text;
      return set_decoded(list_, object, utf16be_to_utf8({body, size}));
    case 0x8:
      object.type = Node::Type::uid;
      object.uid = big_endian(body, size);
      return;
    default:
      object.type = marker >> 4 == 0xd ? Node::Type::dict : marker >> 4 == 0xa ? Node::Type::array : Node::Type::set;
      object.span = {head.body, static_cast<std::uint32_t>(head.count)};
      ++containers_;
  }
}

// Writers place a container before what it holds; only where that does not hold can there be a cycle.
void BinaryList::check_refs(std::uint32_t index) {
  const Object& object = list_.objects[index];
  const std::uint64_t n = ref_count(object);
  const std::uint64_t keys = object.type == Node::Type::dict ? object.span.count : 0;
  bool bad = false, bad_key = false;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t child = list_.raw_ref(object, i);
    if (child >= list_.objects.size()) {
      bad = true;
      continue;
    }
    const Node::Type type = list_.objects[child].type;
    if (child <= index && is_container(type)) may_be_cyclic_ = true;
    if (i < keys && type != Node::Type::text) bad_key = true;
  }
  if (bad_key) list_.anomaly("plist_bad_key", object.at);
  if (bad) list_.anomaly("plist_bad_reference", object.at);
}

Result<void> finish(List& list, const BinaryList& reader, const PlistLimits& limits) {
  if (reader.may_be_cyclic() || reader.containers() > limits.depth) cut_cycles(list, limits.depth);
  return {};
}

Result<void> read_by_table(List& list, const Trailer& trailer, const PlistLimits& limits) {
  list.ref_size = static_cast<std::uint32_t>(trailer.ref_size);
  list.root = static_cast<std::uint32_t>(trailer.root);
  const std::uint64_t n = std::min<std::uint64_t>(trailer.objects, limits.objects);
  if (n < trailer.objects) list.anomaly("plist_too_many_objects", trailer.table);
  if (trailer.root >= n) return error(Fault::limit, "property list has too many objects", trailer.table);
  list.objects.resize(n);
  BinaryList reader(list, trailer.table);
  const std::uint8_t* table = list.input.data() + trailer.table;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint64_t at = big_endian(table + i * trailer.offset_size, trailer.offset_size);
    if (at < magic_size || at >= trailer.table)
      list.anomaly("plist_bad_offset", trailer.table + i * trailer.offset_size);
    else
      reader.decode(list.objects[i], at, false);
  }
  for (std::uint32_t i = 0; i < n; ++i)
    if (is_container(list.objects[i].type)) reader.check_refs(i);
  return finish(list, reader, limits);
}

// Objects that follow each other end to end, if references have one certain size.
struct Walk {
  enum class End : std::uint8_t { damage, input, table };  // each better than the one before
  End reason = End::damage;
  std::uint64_t end = 0;
  std::uint64_t sure = 0;  // where the last whole object ends; a wrong size tends to see a long text that is cut short
  std::vector<std::uint32_t> starts;
};

// The first entry of an offset table is the position of the first object, whatever its size.
bool is_table(Bytes octets) {
  std::size_t i = 0;
  while (i < octets.size() && i < 8 && octets[i] == 0) ++i;
  return i < octets.size() && octets[i] == magic_size;
}

// The highest number that a container's references name, plus one; nothing if one is beyond what any list holds.
std::optional<std::uint64_t> named_by(Bytes refs, std::uint32_t ref_size, std::uint64_t most) {
  std::uint64_t named = 0;
  for (std::uint64_t i = 0; i + ref_size <= refs.size(); i += ref_size) {
    const std::uint64_t ref = big_endian(refs.data() + i, ref_size);
    if (ref >= most) return std::nullopt;
    named = std::max(named, ref + 1);
  }
  return named;
}

// Whether the keys of all dictionaries are texts, as far as the walk met them: read with a wrong reference size they
// are anything.
bool keys_are_texts(Bytes input, const Walk& found, const BinaryList& reader, std::uint32_t ref_size) {
  for (const std::uint32_t at : found.starts) {
    const Header head = reader.header(at);
    if (input[at] >> 4 != 0xd || head.outcome != Outcome::good) continue;
    for (std::uint64_t i = 0; i < head.count; ++i) {
      const std::uint64_t key = big_endian(input.data() + head.body + i * ref_size, ref_size);
      if (key >= found.starts.size()) continue;
      const std::uint8_t type = input[found.starts[key]] >> 4;
      if (type < 5 || type > 7) return false;
    }
  }
  return true;
}

Walk walk(List& list, std::uint32_t ref_size, const PlistLimits& limits) {
  list.ref_size = ref_size;
  const Bytes input = list.input;
  const BinaryList reader(list, input.size());
  Walk found{Walk::End::damage, magic_size, 0, {}};
  std::uint64_t named = 1;  // objects that some reference names: behind the last of them starts the offset table
  while (found.starts.size() < named && found.end < input.size()) {
    const Header head = reader.header(found.end);
    if (head.outcome == Outcome::bad || found.starts.size() == limits.objects) return found;
    const std::uint64_t begin = found.end;
    const std::uint64_t end = head.outcome == Outcome::good ? head.body + head.size : input.size();
    if (input[begin] >> 4 >= 0xa && head.body != 0 && head.body <= end) {
      const auto more = named_by(input.subspan(head.body, end - head.body), ref_size, limits.objects);
      if (!more) return found;
      named = std::max(named, *more);
    }
    found.starts.push_back(static_cast<std::uint32_t>(begin));
    found.end = end;
    if (head.outcome == Outcome::good) found.sure = end;
  }
  if (!keys_are_texts(input, found, reader, ref_size)) return found;
  if (found.end == input.size()) found.reason = Walk::End::input;
  if (found.starts.size() == named && is_table(input.subspan(found.end))) found.reason = Walk::End::table;
  return found;
}

// The trailer is lost or lies: reads the objects as they follow each other. A wrong reference size soon meets a
// reference where a marker should be; the one that leads to the table is taken, or else the one that gets furthest.
Result<void> read_in_sequence(List& list, const PlistLimits& limits) {
  list.anomaly("plist_no_trailer", list.input.size());
  std::uint32_t best_size = 1;
  Walk best = walk(list, best_size, limits);
  for (const std::uint32_t ref_size : {2U, 3U, 4U}) {
    Walk found = walk(list, ref_size, limits);
    // Writers take the smallest size, so larger ones stand in lists of more than 255 or 65 535 objects: if the rest of
    // a list has fewer octets than that, only its table can prove them.
    if (found.reason != Walk::End::table && list.input.size() >> (8 * (ref_size - 1)) == 0) continue;
    if (found.reason < best.reason || (found.reason == best.reason && found.sure <= best.sure)) continue;
    best = std::move(found);
    best_size = ref_size;
  }
  if (best.starts.empty()) return error(Fault::malformed, "property list without a readable object", magic_size);
  list.ref_size = best_size;
  list.root = 0;
  list.objects.resize(best.starts.size());
  BinaryList reader(list, list.input.size());
  for (std::size_t i = 0; i < best.starts.size(); ++i) reader.decode(list.objects[i], best.starts[i], true);
  for (std::uint32_t i = 0; i < list.objects.size(); ++i)
    if (is_container(list.objects[i].type)) reader.check_refs(i);
  if (list.objects[0].type == Node::Type::none) return error(Fault::truncated, "property list cut short", magic_size);
  return finish(list, reader, limits);
}

}  // namespace

Result<void> read_binary(List& list, const PlistLimits& limits) {
  if (list.input.size() <= magic_size) return error(Fault::truncated, "property list cut short", list.input.size());
  if (list.input[6] != '0') return error(Fault::unsupported, "version of binary property list", 6);
  if (const auto trailer = read_trailer(list.input)) return read_by_table(list, *trailer, limits);
  return read_in_sequence(list, limits);
}

}  // namespace testudo::plist_detail
