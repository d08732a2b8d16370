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

// Where in a property a value stands: "key", "key[3]", "key[3].member", "hashes.member". Spelled only where it is said.
struct Place {
  std::string_view key;
  std::optional<std::size_t> number = std::nullopt;
  std::string_view member = {};
  std::string text() const {
    std::string said(key);
    if (number) said.append("[").append(std::to_string(*number)).append("]");
    if (!member.empty()) said.append(".").append(member);
    return said;
  }
  Place in(std::string_view name) const { return {key, number, name}; }
};

class Check {
 public:
  Check(std::string_view type, std::string_view key, const StixProperty* property, const StixValueReport& report)
      : type_(type), key_(key), property_(property), report_(report) {}

  void value(dom::element value) {
    if (value.is_null()) return wrong_type({key_}, value, "a value; leave out what is not known");
    dom::array list;
    if (value.get(list) == simdjson::SUCCESS && list.begin() == list.end()) {
      // The reader names a report without objects.
      if (key_ != "object_refs" || type_ != "report")
        report_("empty_list", std::string(key_), "leave " + std::string(key_) + " out");
      return;
    }
    if (property_ != nullptr) known(value);
  }

 private:
  void wrong_type(const Place& what, dom::element value, std::string_view wanted) {
    report_("wrong_type", what.text() + ": " + std::string(simdjson::minify(value)).substr(0, 100),
            what.text() + ": " + std::string(wanted));
  }
  void known(dom::element value) {
    switch (property_->holds) {
      case StixHolds::by_reader:
        return;
      case StixHolds::text:
      case StixHolds::time:
        return text({key_}, value);
      case StixHolds::word:
        return word(value);
      case StixHolds::integer:
        if (!value.is_int64() && !value.is_uint64()) wrong_type({key_}, value, "a whole number");
        return range(value);
      case StixHolds::number:
        if (!value.is_number()) wrong_type({key_}, value, "a number");
        return range(value);
      case StixHolds::boolean:
        if (!value.is_bool()) wrong_type({key_}, value, "true or false");
        return;
      case StixHolds::other_time:
        return time(value);
      case StixHolds::texts:
        return each(value, [&](const Place& what, dom::element item) {
          text(what, item);
          if (key_ == "extension_types")
            allowed(item, "new-sdo new-sco new-sro property-extension toplevel-property-extension",
                    "a word of extension-type-enum");
        });
      case StixHolds::identifier:
        return identifier({key_}, value, *property_);
      case StixHolds::identifiers:
        return each(value, [&](const Place& what, dom::element item) { identifier(what, item, *property_); });
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
  void text(const Place& what, dom::element value) {
    if (!value.is_string()) wrong_type(what, value, "a text");
  }
  void word(dom::element value) {
    text({key_}, value);
    if (key_ == "value") address(value);
    if (key_ == "spec_version") allowed(value, "2.0 2.1", "\"spec_version\": \"2.1\"");
    if (key_ == "opinion" && type_ == "opinion")
      allowed(value, "strongly-disagree disagree neutral agree strongly-agree", "a word of opinion-enum");
  }
  void allowed(dom::element value, std::string_view words, std::string_view mend) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return;
    if (!has_stix_word(words, text) || text.find(' ') != std::string_view::npos)
      report_("wrong_value", std::string(key_) + ": " + std::string(text), std::string(mend));
  }
  void address(dom::element value) {
    std::string_view text;
    if ((type_ != "ipv4-addr" && type_ != "ipv6-addr") || value.get(text) != simdjson::SUCCESS) return;
    const std::optional<Network> network = parse_network(text);
    if (!network || network->v6 != (type_ == "ipv6-addr"))
      report_("wrong_value", "value: " + std::string(text), "an address or network of this family");
  }
  // A list, or what stands where one should.
  template <typename Each>
  void each(dom::element value, Each one) {
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return wrong_type({key_}, value, "a list");
    std::size_t number = 0;
    for (const dom::element item : list) one(Place{key_, number++, {}}, item);
  }
  void each_object(dom::element value, std::span<const std::string_view> needs) {
    each(value, [&](const Place& what, dom::element item) {
      dom::object object;
      if (item.get(object) != simdjson::SUCCESS) return wrong_type(what, item, "an object");
      for (const std::string_view name : needs) {
        dom::element inner;
        if (object.at_key(name).get(inner) == simdjson::SUCCESS) {
          text(what.in(name), inner);
        } else {
          report_("missing_property", what.in(name).text(), "add \"" + std::string(name) + "\"");
        }
      }
      if (property_->holds == StixHolds::outside) outside(what, object);
      if (property_->holds == StixHolds::granular) granular(what, object);
    });
  }
  // Section 2.5: beside the source's name at least one of these.
  void outside(const Place& inside, dom::object object) {
    bool any = false;
    for (const std::string_view name : {"description", "url", "external_id"}) {
      dom::element inner;
      if (object.at_key(name).get(inner) != simdjson::SUCCESS) continue;
      any = true;
      text(inside.in(name), inner);
    }
    if (!any)
      report_("missing_property", inside.in("description").text(), "add \"description\", \"url\" or \"external_id\"");
  }
  // Section 7.2.3: what is marked, and either a marking or a language.
  void granular(const Place& inside, dom::object object) {
    dom::element inner;
    dom::array selectors;
    const bool listed = object.at_key("selectors").get(inner) == simdjson::SUCCESS;
    const Place place = inside.in("selectors");
    if (!listed) report_("missing_property", place.text(), "add \"selectors\"");
    if (listed && inner.get(selectors) != simdjson::SUCCESS) wrong_type(place, inner, "a list");
    if (listed && inner.get(selectors) == simdjson::SUCCESS && selectors.begin() == selectors.end())
      report_("empty_list", place.text(), "name what is marked, or leave the marking out");
    const bool marks = object.at_key("marking_ref").get(inner) == simdjson::SUCCESS;
    if (marks) identifier(inside.in("marking_ref"), inner, *find_stix_property("object_marking_refs"));
    if (!marks && object.at_key("lang").get(inner) != simdjson::SUCCESS)
      report_("missing_property", inside.in("marking_ref").text(), "add \"marking_ref\" or \"lang\"");
  }
  void time(dom::element value) {
    std::string_view spelled;
    if (value.get(spelled) != simdjson::SUCCESS) return wrong_type({key_}, value, "a text");
    // Spelled as section 2.16 has it, to the letter.
    const bool well = spelled.size() >= 20 && spelled[10] == 'T' && spelled.ends_with('Z') && parse_rfc3339(spelled);
    if (!well) report_("bad_timestamp", std::string(key_) + ": " + std::string(spelled), "");
  }
  void identifier(const Place& what, dom::element value, const StixProperty& reference) {
    std::string_view id;
    const bool text = value.get(id) == simdjson::SUCCESS;
    if (!is_stix_identifier(id)) {
      // The reader names what a report lists, a relationship ties and an indicator is marked with.
      const bool named = (type_ == "report" && key_ == "object_refs") || key_ == "source_ref" || key_ == "target_ref" ||
                         (type_ == "indicator" && key_ == "object_marking_refs" && !text);
      if (!named)
        report_("broken_reference",
                what.text() + ": " + (text ? std::string(id) : std::string(simdjson::minify(value))), "");
      return;
    }
    if (reference.target_names.empty()) return;
    const bool among = (reference.targets & stix_type(id.substr(0, id.find("--")))) != 0;
    if (among == reference.forbidden)
      report_("reference_of_other_type", what.text() + ": " + std::string(id),
              (reference.forbidden ? "an id of none of: " : "an id of: ") + std::string(reference.target_names));
  }
  void dictionary(dom::element value) {
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return wrong_type({key_}, value, "an object");
    if (object.begin() == object.end() && key_ != "definition")
      return report_("empty_list", std::string(key_), "leave " + std::string(key_) + " out");
    if (key_ == "hashes")
      for (const dom::key_value_pair member : object) text(Place{key_, {}, member.key}, member.value);
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
  const StixProperty* property_;
  const StixValueReport& report_;
};

}  // namespace

bool is_stix_identifier(std::string_view text) {
  const std::size_t dashes = text.find("--");
  return dashes != std::string_view::npos && dashes > 0 && dashes + 2 < text.size();
}

StixValues::StixValues(std::string_view type, const StixValueReport& report)
    : type_(type), type_bit_(stix_type(type)), report_(report) {}

void StixValues::check(std::string_view key, dom::element value) const {
  const StixProperty* property = find_stix_property(key);
  if (property != nullptr && (property->types & type_bit_) == 0) property = nullptr;
  // Nearly all are texts that may be any.
  if (property != nullptr &&
      (property->holds == StixHolds::by_reader ||
       ((property->holds == StixHolds::text || property->holds == StixHolds::time) && value.is_string())))
    return;
  if (property == nullptr && !is_property_name(key)) report_("bad_property_name", std::string(key), name_mend(key));
  // Kept for later versions.
  if (property == nullptr && has_stix_word("severity action username phone_numbers", key))
    report_("bad_property_name", std::string(key), "x_" + std::string(key));
  Check(type_, key, property, report_).value(value);
}

}  // namespace testudo
