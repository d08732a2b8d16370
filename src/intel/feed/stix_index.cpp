// Numbers for ids by open addressing; names of threats by the references between the objects.
#include "intel/feed/stix_index.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

namespace testudo {
namespace {

constexpr std::size_t id_limit = 1024;
// The upper half of a hash finds the slot, and slots are kept half empty.
constexpr std::size_t object_limit = std::size_t{1} << 30;
constexpr std::size_t odd_ids_limit = std::size_t{256} << 20;
constexpr std::size_t uuid_length = 36;

constexpr std::array<std::uint8_t, 256> hex_digits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(0xFF);
  for (std::uint8_t i = 0; i < 16; ++i) digits[static_cast<unsigned char>("0123456789abcdef"[i])] = i;
  return digits;
}();

bool is_hyphen_place(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

// Lower case only: another spelling is kept as it is.
bool read_uuid(std::string_view text, std::uint64_t& high, std::uint64_t& low) {
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  std::uint8_t wrong = 0;
  const auto digits = [&](std::size_t from, std::size_t to, std::uint64_t& half) {
    for (std::size_t i = from; i < to; ++i) {
      const std::uint8_t digit = hex_digits[static_cast<unsigned char>(text[i])];
      wrong |= digit;
      half = half << 4 | (digit & 15);
    }
  };
  high = low = 0;
  digits(0, 8, high);
  digits(9, 13, high);
  digits(14, 18, high);
  digits(19, 23, low);
  digits(24, uuid_length, low);
  return wrong < 16;
}

std::string uuid_text(std::uint64_t high, std::uint64_t low) {
  std::string text;
  for (std::size_t i = 0, digit = 0; i < uuid_length; ++i) {
    if (is_hyphen_place(i)) {
      text.push_back('-');
      continue;
    }
    const std::uint64_t half = digit < 16 ? high : low;
    text.push_back("0123456789abcdef"[half >> (60 - 4 * (digit++ % 16)) & 15]);
  }
  return text;
}

}  // namespace

ThreatRank threat_rank(std::string_view object_type) {
  if (object_type == "malware") return ThreatRank::malware;
  if (object_type == "tool") return ThreatRank::tool;
  if (object_type == "intrusion-set") return ThreatRank::intrusion_set;
  if (object_type == "campaign") return ThreatRank::campaign;
  if (object_type == "threat-actor") return ThreatRank::threat_actor;
  if (object_type == "report" || object_type == "grouping") return ThreatRank::report;
  return ThreatRank::none;
}

// Whether the id is `type--UUID` of a type that has or can get a number.
bool StixIndex::split(std::string_view id, Object& object) {
  if (id.size() < uuid_length + 3 || !read_uuid(id.substr(id.size() - uuid_length), object.high, object.low))
    return false;
  const std::string_view type = id.substr(0, id.size() - uuid_length);
  if (!type.ends_with("--")) return false;
  return find_type(type, object.type);
}

bool StixIndex::find_type(std::string_view type, std::uint16_t& number) {
  constexpr std::size_t few = 24;  // feeds name few types
  const auto known = std::min(types_.size(), few);
  for (number = 0; number < known; ++number)
    if (types_[number] == type) return true;
  const auto found = type_numbers_.find(type);
  if (found != type_numbers_.end()) {
    number = found->second;
    return true;
  }
  if (types_.size() >= odd_type) return false;
  number = static_cast<std::uint16_t>(types_.size());
  types_.emplace_back(type);
  type_numbers_.emplace(types_.back(), number);
  return true;
}

std::uint64_t StixIndex::hash(const Object& object) const {
  if (object.type == odd_type) return hash64({reinterpret_cast<const char*>(object.high), object.low}, secret_seed());
  const std::array<std::uint64_t, 3> key = {object.high, object.low, object.type};
  return hash64({reinterpret_cast<const char*>(key.data()), sizeof key}, secret_seed());
}

bool StixIndex::same(const Object& a, const Object& b) const {
  if (a.type != b.type) return false;
  if (a.type != odd_type) return a.high == b.high && a.low == b.low;
  return std::string_view(reinterpret_cast<const char*>(a.high), a.low) ==
         std::string_view(reinterpret_cast<const char*>(b.high), b.low);
}

void StixIndex::grow() {
  std::vector<std::uint64_t> larger(slots_.size() * 2);
  const std::size_t last = larger.size() - 1;
  for (const std::uint64_t slot : slots_) {
    if (slot == 0) continue;
    std::size_t at = slot >> 32 & last;
    while (larger[at] != 0) at = (at + 1) & last;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

StixIndex::Number StixIndex::number(std::string_view id) {
  if (id.empty() || id.size() > id_limit) return none;
  Object object;
  if (!split(id, object)) {
    object.type = odd_type;
    object.high = reinterpret_cast<std::uintptr_t>(id.data());
    object.low = id.size();
  }
  if ((objects_.size() + 1) * 2 > slots_.size()) grow();
  const std::uint64_t hash = this->hash(object) >> 32;
  const std::size_t last = slots_.size() - 1;
  std::size_t at = hash & last;
  for (; slots_[at] != 0; at = (at + 1) & last) {
    const auto number = static_cast<Number>(slots_[at]) - 1;
    if (slots_[at] >> 32 == hash && same(objects_[number], object)) return number;
  }
  if (objects_.size() >= object_limit) return none;
  if (object.type == odd_type) {
    if (odd_ids_.size() > odd_ids_limit) return none;
    object.high = reinterpret_cast<std::uintptr_t>(odd_ids_.keep(id).data());
  }
  objects_.push_back(object);
  slots_[at] = hash << 32 | objects_.size();
  return static_cast<Number>(objects_.size() - 1);
}

std::string StixIndex::id(Number number) const {
  if (number >= objects_.size()) return {};
  const Object& object = objects_[number];
  if (object.type == odd_type) return {reinterpret_cast<const char*>(object.high), object.low};
  return types_[object.type] + uuid_text(object.high, object.low);
}

bool StixIndex::see(Number number, ThreatRank rank, std::string_view name, std::optional<Time> modified) {
  Object& object = objects_[number];
  const std::int64_t time = modified ? modified->micros : untold;
  const bool first = !object.seen;
  const bool other_version = time != untold && object.modified != untold && time != object.modified;
  if (rank != ThreatRank::none && !name.empty() && (first || (other_version && time > object.modified)))
    names_.insert_or_assign(number, std::string(name));
  object.seen = true;
  object.rank = rank;
  object.modified = std::max(object.modified, time);
  return first || other_version;
}

void StixIndex::set_marking(Number object, std::optional<Tlp> tlp) {
  std::optional<Tlp>& known = markings_[object];
  known = std::max(known, tlp);
}

const std::optional<Tlp>* StixIndex::marking(Number object) const {
  const auto found = markings_.find(object);
  return found == markings_.end() ? nullptr : &found->second;
}

// With the same time, or without one, two versions are a mistake of the feed, and both are used.
std::size_t StixIndex::add_version(const Version& version) {
  const auto place = static_cast<Number>(versions_.size());
  versions_.push_back(version);
  if (version.object == none) return versions_.size();
  Number& latest = objects_[version.object].latest;
  if (latest == none) {
    latest = place;
    return versions_.size();
  }
  const Version& other = versions_[latest];
  if (!other.modified || !version.modified) return versions_.size();
  if (*other.modified == *version.modified) {
    versions_[place].twin = latest;
    latest = place;
    return versions_.size();
  }
  const bool newer = *other.modified < *version.modified;
  const Number old = newer ? latest : place;
  for (Number twin = old; twin != none; twin = versions_[twin].twin) versions_[twin].superseded = true;
  if (newer) latest = place;
  return old;
}

void StixIndex::mark(Number object, Tlp tlp) {
  if (object == none) return;
  Tlp& known = shared_with_.try_emplace(object, tlp).first->second;
  known = std::max(known, tlp);
}

void StixIndex::link(Number object, Number threat, Number tie) {
  if (objects_[object].latest == none || !names_.contains(threat)) return;
  links_.push_back({object, threat, tie});
}

void StixIndex::follow_reports(const Note& note) {
  for (const Reference& reference : references_) {
    if (!objects_[reference.object].seen)
      note(id(reference.report), "dangling_reference", id(reference.object));
    else if (reference.report != none)
      link(reference.object, reference.report, none);
  }
}

// An indicator has the name of whatever a relationship ties it to, in either direction: feeds write `indicates`, but
// `related-to` and reversed ones occur.
void StixIndex::follow_relationships(const Note& note) {
  for (const auto& [relationship, source, target] : relationships_) {
    bool whole = true;
    for (const Number end : {source, target}) {
      if (objects_[end].seen) continue;
      note(id(relationship), "dangling_relationship", id(end));
      whole = false;
    }
    if (!whole) continue;
    if (objects_[target].rank != ThreatRank::none) link(source, target, relationship);
    if (objects_[source].rank != ThreatRank::none) link(target, source, relationship);
  }
}

void StixIndex::name_threats(FeedSink& sink) {
  std::ranges::stable_sort(links_, {},
                           [&](const Link& link) { return std::pair(link.object, objects_[link.threat].rank); });
  std::vector<std::string_view> names;
  std::unordered_set<std::string_view, SecretHash> once;
  for (const Version& version : versions_) {
    if (version.object == none || version.claims == 0) continue;
    names.clear();
    once.clear();
    for (auto link = std::ranges::lower_bound(links_, version.object, {}, &Link::object);
         link != links_.end() && link->object == version.object; ++link)
      if (const std::string_view name = names_.find(link->threat)->second; once.insert(name).second)
        names.push_back(name);
    for (std::uint64_t claim = version.first_claim; claim < version.first_claim + version.claims; ++claim)
      for (const std::string_view name : names) sink.threat(claim, name);
  }
}

// A name is as secret as the object that bears it, and as the most secret of its ties.
void StixIndex::mark_threats(FeedSink& sink) const {
  if (shared_with_.empty()) return;
  std::map<std::string_view, Tlp> names;
  for (const Link& link : links_)
    for (const Number said : {link.threat, link.tie})
      if (const auto marked = shared_with_.find(said); marked != shared_with_.end()) {
        Tlp& tlp = names.try_emplace(names_.find(link.threat)->second, marked->second).first->second;
        tlp = std::max(tlp, marked->second);
      }
  constexpr std::array<std::string_view, 5> words = {"clear", "green", "amber", "amber+strict", "red"};
  for (const auto& [name, tlp] : names)
    sink.object({.type = threat_marking, .object = name, .json = words[static_cast<std::size_t>(tlp)]});
}

void StixIndex::resolve(FeedSink& sink, const Note& note) {
  follow_reports(note);
  follow_relationships(note);
  name_threats(sink);
  mark_threats(sink);
}

}  // namespace testudo
