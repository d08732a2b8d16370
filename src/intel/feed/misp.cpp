// Events, their objects and attributes. The receiver gives values their identity; here each attribute is one claim.
#include "intel/feed/misp.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/json_mend.h"
#include "intel/feed/json_parse.h"
#include "intel/feed/json_pieces.h"
#include "intel/feed/misp_attribute.h"
#include "intel/feed/misp_index.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr unsigned list_depth = 4;

std::optional<Time> unix_time(std::optional<std::int64_t> seconds) {
  return seconds && *seconds > 0 ? from_unix_seconds(static_cast<double>(*seconds)) : std::nullopt;
}

std::optional<Time> later(std::optional<Time> a, std::optional<Time> b) {
  if (!a) return b;
  return b ? std::max(*a, *b) : a;
}

// What an object says for all of its attributes.
struct Holder {
  std::string_view name, comment;
  std::optional<Time> first_seen, last_seen;
  bool deleted = false;
};

Holder holder_of(dom::object object) {
  return {json_text(object, "name"), json_text(object, "comment"), time_of(json_text(object, "first_seen")),
          time_of(json_text(object, "last_seen")), json_flag(object, "deleted") == true};
}

// The lists of a large event, which are read element by element; empty where they stand in the event.
struct EventLists {
  std::string_view attributes, objects;
};

class MispReader {
 public:
  MispReader(const FeedText& feed, FeedSink& sink, FeedNotes& notes, bool mended)
      : feed_(feed), sink_(sink), notes_(notes), claims_(sink, notes), mended_(mended) {}

  // Whether the element is or holds anything of MISP's.
  bool walk(dom::element element, unsigned depth) {
    dom::array list;
    if (element.get(list) == simdjson::SUCCESS) return depth < list_depth && walk_list(list, depth);
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return false;
    dom::element inner;
    if (object.at_key("Event").get(inner) == simdjson::SUCCESS && json_text(object, "value").empty())
      return depth < list_depth && walk(inner, depth + 1);
    if (object.at_key("response").get(inner) == simdjson::SUCCESS) return depth < list_depth && walk(inner, depth + 1);
    if (json_array(object, "Attribute") || json_array(object, "Object")) {
      // An object of a template stands alone where a search for objects answered.
      const bool alone = !json_text(object, "meta-category").empty();
      alone ? misp_object(object, {}) : event(object);
      return true;
    }
    if (!json_text(object, "info").empty() && has_uuid_shape(json_text(object, "uuid"))) {
      event(object);
      return true;
    }
    if (!json_text(object, "type").empty() && !json_text(object, "value").empty()) {
      attribute(object, {}, nullptr);
      return true;
    }
    return index(object);
  }

  // The same of a text that was found whole: what is longer than `most` is taken apart and not parsed at once.
  bool walk_text(std::string_view value, unsigned depth, std::size_t most) {
    dom::element element;
    if (value.size() <= most || (value[0] != '{' && value[0] != '['))
      return parse_piece(parser_, value, element) && walk(element, depth);
    if (value[0] == '{') return walk_large(value, depth, most);
    if (depth >= list_depth) return false;
    bool any = false;
    each_json_element(value, [&](std::string_view item) {
      const bool read = walk_text(item, depth + 1, most);
      if (!read) notes_.add("", "not_an_event", item.substr(0, shown_octets));
      any |= read;
      done_with(item);
    });
    return any;
  }

 private:
  static constexpr std::size_t shown_octets = 200;  // of what is broken, in a note

  bool walk_large(std::string_view value, unsigned depth, std::size_t most) {
    std::string_view inner;
    EventLists lists;
    std::string frame = "{";
    each_json_member(value, [&](std::string_view key, std::string_view member) {
      std::string_view* const place = key == "Event" || key == "response" ? &inner
                                      : key == "Attribute"                ? &lists.attributes
                                      : key == "Object"                   ? &lists.objects
                                                                          : nullptr;
      if (place != nullptr && place->empty() && (member[0] == '[' || place == &inner)) {
        *place = member;
      } else {
        frame.append(frame.size() > 1 ? ",\"" : "\"").append(key).append("\":").append(member);
      }
    });
    done_with(value);
    if (!inner.empty()) return depth < list_depth && walk_text(inner, depth + 1, most);
    dom::element element;
    dom::object object;
    const bool is_event = !lists.attributes.empty() || !lists.objects.empty();
    if (!is_event || !parse_piece(frame_parser_, frame.append("}"), element) ||
        element.get(object) != simdjson::SUCCESS || !json_text(object, "meta-category").empty()) {
      return parse_piece(parser_, value, element) && walk(element, depth);
    }
    event(object, lists);
    return true;
  }
  // A broken piece is mended as a file is; what no mending makes readable is named.
  bool parse_piece(dom::parser& parser, std::string_view piece, dom::element& element) {
    if (parse_json(parser, piece, element) == simdjson::SUCCESS) return true;
    mended_ = true;
    const std::optional<std::string> mended = mended_json(piece, notes_);
    if (mended && parse_json(parser, *mended, element) == simdjson::SUCCESS) return true;
    notes_.add("", "malformed_object", piece.substr(0, shown_octets));
    return false;
  }
  void done_with(std::string_view piece) const {
    const std::string_view own = feed_.text;
    if (piece.data() >= own.data() && piece.data() < own.data() + own.size())
      feed_.done_until(static_cast<std::size_t>(piece.data() - own.data()) + piece.size());
  }
  // The objects of a member that is a list, then those of the list that was too large for the object.
  template <typename Each>
  void each_of(dom::object object, std::string_view key, std::string_view large, Each each) {
    const auto take = [&](dom::element item) {
      dom::object inner;
      if (item.get(inner) == simdjson::SUCCESS) {
        each(inner);
      } else {
        notes_.add("", "not_an_object", simdjson::minify(item));
      }
    };
    if (const auto list = json_array(object, key))
      for (const dom::element item : *list) take(item);
    if (large.empty()) return;
    each_json_element(large, [&](std::string_view piece) {
      dom::element item;
      if (parse_piece(parser_, piece, item)) take(item);
      done_with(piece);
    });
  }
  bool walk_list(dom::array list, unsigned depth) {
    bool any = false;
    for (const dom::element item : list) {
      const bool read = walk(item, depth + 1);
      if (!read) notes_.add("", "not_an_event", simdjson::minify(item));
      any |= read;
    }
    return any || list.begin() == list.end();
  }
  // manifest.json: one member an event, named by its UUID.
  bool index(dom::object object) {
    std::uint64_t events = 0;
    for (const dom::key_value_pair member : object) {
      if (!has_uuid_shape(member.key)) return false;
      ++events;
    }
    if (events > 0) notes_.add("", "index_of_feed", std::to_string(events) + " events");
    if (feed_.lies_beside != nullptr)
      for (const dom::key_value_pair member : object) missing(member);
    return events > 0;
  }

  void missing(const dom::key_value_pair& member) {
    const std::string file = std::string(member.key) + ".json";
    dom::object event;
    if (feed_.lies_beside(feed_.owner, file)) return;
    notes_.add(member.key, "missing_event",
               member.value.get(event) == simdjson::SUCCESS ? json_text(event, "info") : "");
  }

  void event(dom::object object, const EventLists& large = {}) {
    MispMarks marks;
    marks.add(object);
    marks.tlp = stricter(marks.tlp, tlp_said_in_parts(json_text(object, "info"), Brackets::part).stated());
    if (mended_ && !has_tags(object)) {
      // The marking may have stood in what is missing.
      marks.tlp = stricter(marks.tlp, Tlp::amber_strict);
      notes_.add(json_text(object, "uuid"), "marking_may_be_lost", "");
    }
    info_ = json_text(object, "info");
    created_ = time_of(json_text(object, "date"));
    exported_ = unix_time(json_number(object, "timestamp"));
    if (json_flag(object, "published") == false) notes_.add(json_text(object, "uuid"), "unpublished_event", info_);
    const std::string frame = json_without(object, {"Attribute", "Object", "ShadowAttribute", "RelatedEvent"});
    sink_.object({"misp-event", json_text(object, "uuid"), frame});
    proposals(object);
    each_of(object, "Attribute", large.attributes, [&](dom::object item) { attribute(item, marks, nullptr); });
    each_of(object, "Object", large.objects, [&](dom::object item) { misp_object(item, marks); });
    info_ = {};
    created_ = exported_ = {};
  }
  void proposals(dom::object object) {
    if (const auto list = json_array(object, "ShadowAttribute"))
      for (const dom::element item : *list) notes_.add(json_text(object, "uuid"), "proposal", simdjson::minify(item));
  }

  void misp_object(dom::object object, const MispMarks& marks) {
    const auto list = json_array(object, "Attribute");
    if (!list) return notes_.add(json_text(object, "uuid"), "object_without_attributes", json_text(object, "name"));
    MispMarks own;
    own.add(object);
    own = merged(marks, own);
    if (const std::string_view app = app_name(object, *list); !app.empty())
      own.threats.insert(own.threats.begin(), std::string(app));
    const Holder holder = holder_of(object);
    bool all = true;
    for (const dom::element item : *list) {
      dom::object inner;
      if (item.get(inner) == simdjson::SUCCESS) {
        all &= attribute(inner, own, &holder);
      } else {
        notes_.add(json_text(object, "uuid"), "not_an_object", simdjson::minify(item));
      }
    }
    if (!all) {
      const std::string whole = simdjson::minify(object);
      sink_.object({"misp-object", json_text(object, "uuid"), whole});
    }
  }
  // Objects of applications carry the name of what their other attributes belong to.
  static std::string_view app_name(dom::object object, dom::array list) {
    if (!json_text(object, "name").ends_with("-app")) return {};
    for (const dom::element item : list) {
      dom::object inner;
      if (item.get(inner) == simdjson::SUCCESS && json_text(inner, "object_relation") == "name")
        return json_text(inner, "value");
    }
    return {};
  }

  // `holder` is null outside of objects.
  bool attribute(dom::object object, const MispMarks& outer, const Holder* holder) {
    const auto [type, category, value, uuid, comment, relation, to_ids, deleted, timestamp, first_seen, last_seen] =
        json_members(object,
                     std::array<std::string_view, 11>{"type", "category", "value", "uuid", "comment", "object_relation",
                                                      "to_ids", "deleted", "timestamp", "first_seen", "last_seen"});
    MispAttribute attribute;
    attribute.type = json_text(type);
    attribute.category = json_text(category);
    attribute.value = json_text(value);
    attribute.uuid = json_text(uuid);
    attribute.comment = json_text(comment);
    attribute.relation = json_text(relation);
    attribute.to_ids = json_flag(to_ids);
    attribute.deleted = json_flag(deleted) == true;
    attribute.created = created_;
    attribute.modified = unix_time(json_number(timestamp));
    // Of a collection the event's own time is that of its export: MISP wants one of each attribute.
    if (outer.collection && attribute.modified == exported_) attribute.modified.reset();
    attribute.first_seen = time_of(json_text(first_seen));
    attribute.last_seen = time_of(json_text(last_seen));
    if (holder != nullptr) from_holder(*holder, attribute);
    sightings(object, attribute);
    proposals(object);
    MispMarks marks;
    marks.add(object);
    marks = merged(outer, marks);
    if (attribute.type.empty()) {
      notes_.add(attribute.uuid, "attribute_without_type", attribute.value);
      return true;
    }
    if (claims_.add(attribute, marks, info_)) return true;
    if (holder == nullptr) claims_.keep(attribute, marks, "kind_without_indicators");
    return false;
  }
  static void from_holder(const Holder& holder, MispAttribute& attribute) {
    attribute.object = holder.name;
    attribute.deleted |= holder.deleted;
    if (attribute.comment.empty()) attribute.comment = holder.comment;
    if (!attribute.first_seen) attribute.first_seen = holder.first_seen;
    if (!attribute.last_seen) attribute.last_seen = holder.last_seen;
  }
  // 0 seen, 1 false positive, 2 no longer valid.
  void sightings(dom::object object, MispAttribute& attribute) {
    const auto list = json_array(object, "Sighting");
    if (!list) return;
    for (const dom::element item : *list) {
      dom::object sighting;
      if (item.get(sighting) != simdjson::SUCCESS) continue;
      const auto type = json_number(sighting, "type").value_or(0);
      const std::optional<Time> at = unix_time(json_number(sighting, "date_sighting"));
      if (type == 0) attribute.last_seen = later(attribute.last_seen, at);
      if (type == 1) notes_.add(attribute.uuid, "sighted_as_false_positive", attribute.value);
      if (type == 2) attribute.valid_until = later(attribute.valid_until, at);
    }
  }

  const FeedText& feed_;
  FeedSink& sink_;
  FeedNotes& notes_;
  MispClaims claims_;
  bool mended_;
  dom::parser parser_, frame_parser_;  // of pieces; of events whose lists are pieces
  std::string_view info_;
  std::optional<Time> created_, exported_;
};

}  // namespace

Result<void> read_misp(const FeedText& feed, FeedSink& sink, std::size_t most) {
  FeedNotes notes(sink);
  if (is_hash_index(feed.text.substr(0, feed_head))) {
    notes.add("", "index_of_feed", "hashes");
    return {};
  }
  std::string owned;
  const std::string_view text = TRY(feed_utf8(feed, owned, notes));
  if (text.size() > most && is_whole_json(text)) {
    MispReader reader(feed, sink, notes, false);
    const std::string_view value = text.substr(skip_json_space(text, 0));
    return reader.walk_text(value, 0, most) ? Result<void>{} : error(Fault::malformed, "no MISP event");
  }
  JsonFeed json;
  TRY(open_json(text, notes, json));
  MispReader reader(feed, sink, notes, json.mended);
  if (!reader.walk(json.root, 0)) return error(Fault::malformed, "no MISP event");
  return {};
}

namespace {

Result<void> read_misp_file(const FeedText& feed, FeedSink& sink) { return read_misp(feed, sink, misp_at_once); }

int misp_likeness(const FeedHead& head) {
  if (is_hash_index(head.text())) return head.name() == "hashes.csv" ? 95 : 80;
  const std::string_view json = trim(head.text());
  if (!json.starts_with('{') && !json.starts_with('[')) return 0;
  const auto has = [&](std::string_view word) { return head.has(word); };
  const bool event = has("\"Event\"") || (has("\"Attribute\"") && (has("\"category\"") || has("\"info\""))) ||
                     (has("\"Object\"") && has("\"meta-category\""));
  if (event) return 90;
  if (has("\"Orgc\"") && has("\"info\"")) return head.name() == "manifest.json" ? 95 : 70;
  return has("\"to_ids\"") && has("\"category\"") ? 85 : 0;
}

}  // namespace

const FeedFormat misp_format{"misp", misp_likeness, read_misp_file};

}  // namespace testudo
