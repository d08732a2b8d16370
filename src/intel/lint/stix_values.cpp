// A value and what the specification gives its property.
#include "intel/lint/stix_values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/text.h"
#include "base/time.h"
#include "intel/lint/stix_properties.h"
#include "intel/network.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

// Section 3.1 and 11.1: a to z, 0 to 9 and the underscore, 3 to 250 of them.
bool is_property_name(std::string_view key) {
  constexpr std::size_t shortest = 3, longest = 250;
  return key.size() >= shortest && key.size() <= longest &&
         std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string name_mend(std::string_view key) {
  constexpr std::size_t longest = 250;
  std::string name;
  for (const char c : lower_ascii(key.substr(0, longest)))
    name.push_back((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
  return name.size() < 3 ? "x_" + name : name;
}

class Check {
 public:
  Check(std::string_view type, std::string_view key, const StixValueReport& report)
      : type_(type), key_(key), report_(report) {}

  void value(std::optional<StixHolds> holds, dom::element value) {
    if (value.is_null()) return wrong_type(key_, value, "a value; leave out what is not known");
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS && list.begin() == list.end()) {
      // The reader names a report without objects.
      if (key_ != "object_refs" || type_ != "report")
        report_("empty_list", std::string(key_), "leave " + std::string(key_) + " out");
      return;
    }
    if (holds) known(*holds, value);
  }

 private:
  void wrong_type(std::string_view what, dom::element value, std::string_view wanted) {
    report_("wrong_type", std::string(what) + ": " + std::string(simdjson::minify(value)).substr(0, 100),
            std::string(what) + ": " + std::string(wanted));
  }
  void known(StixHolds holds, dom::element value) {
    switch (holds) {
      case StixHolds::text:
        return text(key_, value);
      case StixHolds::integer:
        if (!value.is_int64() && !value.is_uint64()) wrong_type(key_, value, "a whole number");
        return range(value);
      case StixHolds::number:
        if (!value.is_number()) wrong_type(key_, value, "a number");
        return range(value);
      case StixHolds::boolean:
        if (!value.is_bool()) wrong_type(key_, value, "true or false");
        return;
      case StixHolds::time:
        return text(key_, value);
      case StixHolds::other_time:
        return time(value);
      case StixHolds::texts:
        return each(value, [&](std::string_view what, dom::element item) { text(what, item); });
      case StixHolds::identifier:
        return identifier(key_, value);
      case StixHolds::identifiers:
        return each(value, [&](std::string_view what, dom::element item) { identifier(what, item); });
      case StixHolds::dictionary:
        return dictionary(value);
      case StixHolds::objects:
        return each_object(value, {});
      case StixHolds::outside:
        return each_object(value, std::array<std::string_view, 1>{"source_name"});
      case StixHolds::phases:
        return each_object(value, std::array<std::string_view, 2>{"kill_chain_name", "phase_name"});
      case StixHolds::granular:
        return each_object(value, {});
    }
  }
  void text(std::string_view what, dom::element value) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return wrong_type(what, value, "a text");
    const auto allowed = [&](std::string_view words, std::string_view mend) {
      if (!has_stix_word(words, text) || text.find(' ') != std::string_view::npos)
        report_("wrong_value", std::string(key_) + ": " + std::string(text), std::string(mend));
    };
    if (key_ == "value") address(text);
    if (key_ == "spec_version") allowed("2.0 2.1", "\"spec_version\": \"2.1\"");
    if (key_ == "opinion" && type_ == "opinion")
      allowed("strongly-disagree disagree neutral agree strongly-agree", "a word of opinion-enum");
    if (key_ == "extension_types")
      allowed("new-sdo new-sco new-sro property-extension toplevel-property-extension",
              "a word of extension-type-enum");
  }
  void address(std::string_view text) {
    if (type_ != "ipv4-addr" && type_ != "ipv6-addr") return;
    const std::optional<Network> network = parse_network(text);
    if (!network || network->v6 != (type_ == "ipv6-addr"))
      report_("wrong_value", "value: " + std::string(text), "an address or network of this family");
  }
  // A list, or what stands where one should.
  template <typename Each>
  void each(dom::element value, Each one) {
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return wrong_type(key_, value, "a list");
    std::size_t number = 0;
    for (const dom::element item : list) one(std::string(key_) + "[" + std::to_string(number++) + "]", item);
  }
  void each_object(dom::element value, std::span<const std::string_view> needs) {
    each(value, [&](std::string_view what, dom::element item) {
      dom::object object;
      if (item.get(object) != simdjson::SUCCESS) return wrong_type(what, item, "an object");
      const std::string inside = std::string(what) + ".";
      for (const std::string_view name : needs) {
        dom::element inner;
        if (object.at_key(name).get(inner) == simdjson::SUCCESS) {
          text(inside + std::string(name), inner);
        } else {
          report_("missing_property", inside + std::string(name), "add \"" + std::string(name) + "\"");
        }
      }
      if (key_ == "external_references") outside(inside, object);
      if (key_ == "granular_markings") granular(inside, object);
    });
  }
  // Section 2.5: beside the source's name at least one of these.
  void outside(const std::string& inside, dom::object object) {
    bool any = false;
    for (const std::string_view name : {"description", "url", "external_id"}) {
      dom::element inner;
      if (object.at_key(name).get(inner) != simdjson::SUCCESS) continue;
      any = true;
      text(inside + std::string(name), inner);
    }
    if (!any) report_("missing_property", inside + "description", "add \"description\", \"url\" or \"external_id\"");
  }
  // Section 7.2.3: what is marked, and either a marking or a language.
  void granular(const std::string& inside, dom::object object) {
    dom::element inner;
    dom::array selectors;
    const bool listed = object.at_key("selectors").get(inner) == simdjson::SUCCESS;
    if (!listed) report_("missing_property", inside + "selectors", "add \"selectors\"");
    if (listed && inner.get(selectors) != simdjson::SUCCESS) wrong_type(inside + "selectors", inner, "a list");
    if (listed && inner.get(selectors) == simdjson::SUCCESS && selectors.begin() == selectors.end())
      report_("empty_list", inside + "selectors", "name what is marked, or leave the marking out");
    const bool marks = object.at_key("marking_ref").get(inner) == simdjson::SUCCESS;
    if (marks) identifier(inside + "marking_ref", inner);
    if (!marks && object.at_key("lang").get(inner) != simdjson::SUCCESS)
      report_("missing_property", inside + "marking_ref", "add \"marking_ref\" or \"lang\"");
  }
  void time(dom::element value) {
    std::string_view spelled;
    if (value.get(spelled) != simdjson::SUCCESS) return wrong_type(key_, value, "a text");
    // Spelled as section 2.16 has it, to the letter.
    const bool well = spelled.size() >= 20 && spelled[10] == 'T' && spelled.ends_with('Z') && parse_rfc3339(spelled);
    if (!well) report_("bad_timestamp", std::string(key_) + ": " + std::string(spelled), "");
  }
  void identifier(std::string_view what, dom::element value) {
    std::string_view id;
    const bool text = value.get(id) == simdjson::SUCCESS;
    if (!is_stix_identifier(id)) {
      // The reader names what a report lists, a relationship ties and an indicator is marked with.
      const bool named = (type_ == "report" && key_ == "object_refs") || key_ == "source_ref" || key_ == "target_ref" ||
                         (type_ == "indicator" && key_ == "object_marking_refs" && !text);
      if (!named)
        report_("broken_reference",
                std::string(what) + ": " + (text ? std::string(id) : std::string(simdjson::minify(value))), "");
      return;
    }
    const std::string_view name = what.ends_with("marking_ref") ? "object_marking_refs" : key_;
    const std::optional<StixTargets> target = stix_targets(name);
    if (target && has_stix_word(target->types, id.substr(0, id.find("--"))) == target->forbidden)
      report_("reference_of_other_type", std::string(what) + ": " + std::string(id),
              (target->forbidden ? "an id of none of: " : "an id of: ") + std::string(target->types));
  }
  void dictionary(dom::element value) {
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return wrong_type(key_, value, "an object");
    if (object.begin() == object.end() && key_ != "definition")
      return report_("empty_list", std::string(key_), "leave " + std::string(key_) + " out");
    if (key_ == "hashes")
      for (const dom::key_value_pair member : object) text("hashes." + std::string(member.key), member.value);
  }
  // Bounds of the specification: sections 3.2 (confidence is the reader's), 4.10, 4.14, 5.2, 6.12.
  void range(dom::element value) {
    constexpr double most_seen = 999'999'999, most_port = 65'535, pole = 90, half_turn = 180;
    double number = 0;
    if (value.get(number) != simdjson::SUCCESS) return;
    const auto within = [&](double least, double most) {
      if (number < least || number > most)
        report_("wrong_value", std::string(key_) + ": " + std::string(simdjson::minify(value)),
                std::to_string(static_cast<std::int64_t>(least)) + " to " +
                    std::to_string(static_cast<std::int64_t>(most)));
    };
    if (key_ == "number_observed") within(1, most_seen);
    if (key_ == "count") within(0, most_seen);
    if (key_ == "src_port" || key_ == "dst_port") within(0, most_port);
    if (key_ == "latitude") within(-pole, pole);
    if (key_ == "longitude") within(-half_turn, half_turn);
    const bool natural =
        key_ == "precision" || key_ == "size" || key_.ends_with("_byte_count") || key_.ends_with("_packets");
    if (natural && number < 0)
      report_("wrong_value", std::string(key_) + ": " + std::string(simdjson::minify(value)), "0 or more");
  }

  std::string_view type_, key_;
  const StixValueReport& report_;
};

}  // namespace

bool is_stix_identifier(std::string_view text) {
  const std::size_t dashes = text.find("--");
  return dashes != std::string_view::npos && dashes > 0 && dashes + 2 < text.size();
}

void check_stix_value(std::string_view type, std::string_view key, dom::element value, const StixValueReport& report) {
  if (key == "id" || key == "type" || key == "confidence" || key == "pattern") return;  // named by the reader
  const std::optional<StixHolds> holds = stix_holds(type, key);
  if (!holds && !is_property_name(key)) report("bad_property_name", std::string(key), name_mend(key));
  // Kept for later versions.
  if (!holds && has_stix_word("severity action username phone_numbers", key))
    report("bad_property_name", std::string(key), "x_" + std::string(key));
  Check(type, key, report).value(holds, value);
}

}  // namespace testudo
