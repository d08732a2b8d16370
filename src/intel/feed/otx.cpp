// {"name", "tlp", "adversary", "malware_families", "indicators": [{"indicator", "type", "expiration", "is_active",
// "role"}]}, one or a list of them, or a page {"results": […], "next"}. An indicator that stands alone may hold its
// pulse as an object, or as JSON in a string.
#include "intel/feed/otx.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/json_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr unsigned list_depth = 4;

struct Pulse {
  std::vector<std::string> threats;  // the most telling first
  std::optional<Tlp> tlp;
  std::optional<Time> created, modified;
};

class OtxReader {
 public:
  OtxReader(FeedSink& sink, FeedNotes& notes, bool mended) : sink_(sink), notes_(notes), mended_(mended) {}

  // Whether the element is or holds pulses or indicators.
  bool walk(dom::element element, unsigned depth) {
    if (depth > list_depth) return false;
    dom::array list;
    if (element.get(list) == simdjson::SUCCESS) {
      bool any = false;
      for (const dom::element item : list) {
        const bool read = walk(item, depth + 1);
        if (!read) notes_.add("", "object_without_value", simdjson::minify(item));
        any |= read;
      }
      return any;
    }
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return false;
    if (const auto indicators = json_array(object, "indicators")) return pulse(object, *indicators), true;
    if (!json_text(object, "indicator").empty()) return alone(object), true;
    dom::element results;
    if (object.at_key("results").get(results) != simdjson::SUCCESS) return false;
    if (const std::string_view next = json_text(object, "next"); !next.empty()) notes_.add("", "truncated", next);
    return walk(results, depth + 1);
  }

 private:
  void pulse(dom::object object, dom::array indicators) {
    const std::string_view id = json_text(object, "id");
    const Pulse said = pulse_of(object);
    const std::string frame = json_without(object, {"indicators"});
    sink_.object({"otx-pulse", id, frame});
    if (json_flag(object, "more_indicators") == true) notes_.add(id, "truncated", json_text(object, "name"));
    for (const dom::element item : indicators) {
      dom::object inner;
      if (item.get(inner) == simdjson::SUCCESS) {
        indicator(inner, said);
      } else {
        notes_.add(id, "not_an_object", simdjson::minify(item));
      }
    }
  }
  void alone(dom::object object) {
    dom::element inner;
    dom::parser parser;
    for (const std::string_view key : {"pulse", "pulse_raw"}) {
      if (object.at_key(key).get(inner) != simdjson::SUCCESS) continue;
      std::string_view text;
      dom::object pulse;
      if (inner.get(text) == simdjson::SUCCESS && parser.parse(text).get(inner) != simdjson::SUCCESS) continue;
      if (inner.get(pulse) == simdjson::SUCCESS) return indicator(object, pulse_of(pulse));
    }
    Pulse none;
    may_be_lost(json_text(object, "id"), none);
    indicator(object, none);
  }
  // The marking may have stood in what is missing.
  void may_be_lost(std::string_view id, Pulse& pulse) {
    if (!mended_ || pulse.tlp) return;
    pulse.tlp = Tlp::amber_strict;
    notes_.add(id, "marking_may_be_lost", "");
  }

  Pulse pulse_of(dom::object object) {
    Pulse pulse;
    const auto name = [&](std::string_view text) {
      if (const std::string_view trimmed = trim(text); !trimmed.empty()) pulse.threats.emplace_back(trimmed);
    };
    if (const auto families = json_array(object, "malware_families")) {
      for (const dom::element item : *families) {
        std::string_view text;
        dom::object family;
        if (item.get(text) == simdjson::SUCCESS) name(text);
        if (item.get(family) == simdjson::SUCCESS) name(json_text(family, "display_name"));
      }
    }
    name(json_text(object, "adversary"));
    name(json_text(object, "name"));
    if (const std::string_view marking = trim(json_text(object, "tlp")); !marking.empty()) {
      pulse.tlp = tlp_of(marking);
      if (!pulse.tlp) notes_.add(json_text(object, "id"), "unreadable_tlp", marking);
      if (!pulse.tlp) pulse.tlp = Tlp::amber_strict;
    }
    // People mark what they publish in its title and its tags too.
    dom::element told;
    for (const std::string_view key : {"name", "tags"})
      if (object.at_key(key).get(told) == simdjson::SUCCESS)
        pulse.tlp = stricter(pulse.tlp, said_by_member(key, told, notes_).tlp);
    may_be_lost(json_text(object, "id"), pulse);
    pulse.created = time_of(json_text(object, "created"));
    pulse.modified = time_of(json_text(object, "modified"));
    return pulse;
  }

  void indicator(dom::object object, const Pulse& pulse) {
    const std::string_view type = trim(json_text(object, "type")), value = trim(json_text(object, "indicator"));
    std::string id(json_text(object, "id"));
    if (const auto number = json_number(object, "id"); id.empty() && number) id = std::to_string(*number);
    if (type.empty() || value.empty()) return notes_.add(id, "object_without_value", simdjson::minify(object));
    const std::string_view threat = pulse.threats.empty() ? std::string_view() : pulse.threats.front();
    const std::string_view rule = json_text(object, "content");
    if (equals_ignoring_case(type, "YARA") && !trim(rule).empty())
      return sink_.kept(
          {.language = "yara", .text = rule, .object = id, .name = value, .why = "rule", .tlp = pulse.tlp});
    const std::optional<Kind> kind = kind_of_type(type, value);
    if (!kind)
      return keep_value(sink_, {.language = "otx", .object = id, .name = threat, .tlp = pulse.tlp}, type, value);
    FeedClaim claim;
    std::string owned;
    claim.value = refang(value, owned);
    claim.kind = fitted_kind(*kind, claim.value);
    claim.object = id;
    claim.threat = threat;
    claim.role = role(object);
    claim.tlp = pulse.tlp;
    const std::optional<Time> created = time_of(json_text(object, "created"));
    claim.created = created ? created : pulse.created;
    claim.modified = pulse.modified;
    claim.valid_until = time_of(json_text(object, "expiration"));
    std::string comment(trim(json_text(object, "title")));
    if (const auto text = trim(json_text(object, "description")); !text.empty())
      comment.append(comment.empty() ? "" : "; ").append(text);
    claim.comment = comment;
    sink_.claim(claim);
    for (std::size_t i = 1; i < pulse.threats.size(); ++i) sink_.threat(claims_, pulse.threats[i]);
    ++claims_;
  }
  static std::optional<Kind> kind_of_type(std::string_view type, std::string_view value) {
    // Of a link it may be the path alone.
    if (equals_ignoring_case(type, "URI") && kind_of_value(value) != Kind::url) return std::nullopt;
    return kind_of_word(type);
  }
  // "command_and_control", "malware_hosting"; what is active no more is not blocked.
  static Role role(dom::object object) {
    const Role role = role_of(json_text(object, "role")).value_or(Role::unstated);
    return json_flag(object, "is_active") == false ? least_blocking(role, Role::context) : role;
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  bool mended_;
  std::uint64_t claims_ = 0;
};

Result<void> read_otx(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  JsonFeed json;
  TRY(open_json(feed, notes, json, BrokenJson::take_objects));
  if (!OtxReader(sink, notes, json.mended).walk(json.root, 0)) return error(Fault::malformed, "no pulse");
  return {};
}

int otx_likeness(const FeedHead& head) {
  const auto key = [&](std::string_view word) { return has_json_key(head, word); };
  if (!begins_like_json(head) || !key("\"indicator\"") || !key("\"type\"")) return 0;
  return key("\"pulse\"") || key("\"pulse_raw\"") || key("\"author_name\"") || key("\"adversary\"") ||
                 (key("\"is_active\"") && key("\"expiration\""))
             ? 92
             : 0;
}

}  // namespace

const FeedFormat otx_format{"otx", otx_likeness, read_otx};

}  // namespace testudo
