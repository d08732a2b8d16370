// What an object of somebody's JSON says of all that stands in it: with whom it may be shared, and whether it lists
// victims or what is harmless. Floor 3. Rules: docs/formats/feeds.md, F19.
#pragma once

#include <optional>
#include <string_view>

#include <simdjson.h>

#include "intel/feed/feed_notes.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

struct JsonSaid {
  std::optional<Tlp> tlp;
  Role role = Role::unstated;  // a victim's, benign or context

  // Of both the stricter marking and the role that blocks least.
  void add(const JsonSaid& more);
};

// What a key says of the values below it: "allowlist", "victim_sites", "falsePositives".
JsonSaid said_by_key(std::string_view key);
// What a member says of all that stands beside it, however deep: {"tlp": "red"}, {"meta": {"tags": ["tlp:red"]}}. Notes
// "unreadable_tlp" where it counts as amber+strict. Looks four levels deep.
JsonSaid said_by_member(std::string_view key, simdjson::dom::element value, FeedNotes& notes);
// What those members of an object say that hold no indicators themselves: values, tags, and objects of these.
JsonSaid said_beside(simdjson::dom::object object, FeedNotes& notes);

}  // namespace testudo
