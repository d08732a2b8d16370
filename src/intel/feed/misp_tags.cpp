// Taxonomies by their machine tags: namespace:predicate="value".
#include "intel/feed/misp_tags.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

struct Level {
  std::string_view tag;
  std::uint8_t level;
};
constexpr std::array confidences{
    Level{"misp:confidence-level=\"completely-confident\"", 100},
    Level{"misp:confidence-level=\"usually-confident\"", 75},
    Level{"misp:confidence-level=\"fairly-confident\"", 50},
    Level{"misp:confidence-level=\"rarely-confident\"", 25},
    Level{"misp:confidence-level=\"unconfident\"", 0},
    Level{"admiralty-scale:information-credibility=\"1\"", 100},
    Level{"admiralty-scale:information-credibility=\"2\"", 75},
    Level{"admiralty-scale:information-credibility=\"3\"", 50},
    Level{"admiralty-scale:information-credibility=\"4\"", 25},
    Level{"admiralty-scale:information-credibility=\"5\"", 0},
    Level{"estimative-language:likelihood-probability=\"almost-no-chance\"", 0},
    Level{"estimative-language:likelihood-probability=\"very-unlikely\"", 5},
    Level{"estimative-language:likelihood-probability=\"unlikely\"", 20},
    Level{"estimative-language:likelihood-probability=\"roughly-even-chance\"", 45},
    Level{"estimative-language:likelihood-probability=\"likely\"", 55},
    Level{"estimative-language:likelihood-probability=\"very-likely\"", 80},
    Level{"estimative-language:likelihood-probability=\"almost-certain\"", 95},
};
constexpr std::array reliabilities{
    Level{"admiralty-scale:source-reliability=\"a\"", 100},
    Level{"admiralty-scale:source-reliability=\"b\"", 75},
    Level{"admiralty-scale:source-reliability=\"c\"", 50},
    Level{"admiralty-scale:source-reliability=\"d\"", 25},
    Level{"admiralty-scale:source-reliability=\"e\"", 0},
    Level{"admiralty-scale:source-reliability=\"g\"", 0},
    Level{"estimative-language:confidence-in-analytic-judgment=\"low\"", 0},
    Level{"estimative-language:confidence-in-analytic-judgment=\"moderate\"", 55},
    Level{"estimative-language:confidence-in-analytic-judgment=\"high\"", 95},
};

// Exports of older versions and of the API's own tables tie tags by an object between: {"EventTag":[{"Tag":{…}}]}.
constexpr std::array<std::string_view, 4> tag_lists{"Tag", "EventTag", "AttributeTag", "ObjectTag"};

template <std::size_t N>
std::optional<std::uint8_t> level_of(const std::array<Level, N>& levels, std::string_view tag) {
  const auto found = std::ranges::find(levels, tag, &Level::tag);
  return found == levels.end() ? std::nullopt : std::optional(found->level);
}

std::optional<std::uint8_t> lower(std::optional<std::uint8_t> a, std::optional<std::uint8_t> b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

// `misp-galaxy:mitre-malware="Pegasus - S0289"`: what galaxy, which cluster.
struct Cluster {
  std::string galaxy, value;
};
std::optional<Cluster> cluster_of(std::string_view tag) {
  constexpr std::string_view prefix = "misp-galaxy:";
  const std::size_t equals = tag.find("=\"");
  if (!tag.starts_with(prefix) || equals == std::string_view::npos || !tag.ends_with('"') || tag.size() < equals + 3)
    return std::nullopt;
  return Cluster{std::string(tag.substr(prefix.size(), equals - prefix.size())),
                 std::string(tag.substr(equals + 2, tag.size() - equals - 3))};
}

// Galaxies whose clusters name who or what threatens. Techniques, countries and sectors do not.
bool names_malware(std::string_view galaxy) {
  return std::ranges::any_of(std::array<std::string_view, 9>{"malware", "malpedia", "tool", "ransomware", "rat",
                                                             "android", "stalkerware", "backdoor", "stealer"},
                             [&](std::string_view word) { return galaxy.find(word) != std::string_view::npos; });
}
bool names_actor(std::string_view galaxy) {
  return std::ranges::any_of(std::array<std::string_view, 5>{"threat-actor", "intrusion-set", "surveillance-vendor",
                                                             "activity-group", "campaign"},
                             [&](std::string_view word) { return galaxy.find(word) != std::string_view::npos; });
}

void add_threat(std::vector<std::string>& threats, std::string_view galaxy, std::string_view value) {
  const std::string name(trim(value));
  if (name.empty() || std::ranges::find(threats, name) != threats.end()) return;
  if (names_malware(galaxy)) {
    threats.insert(threats.begin(), name);
  } else if (names_actor(galaxy)) {
    threats.push_back(name);
  }
}

// testudo:predicate="value", as the exporter of this program writes it.
void add_own(MispMarks& marks, std::string_view tag) {
  constexpr std::string_view prefix = "testudo:";
  const std::size_t equals = tag.find("=\"");
  if (!tag.starts_with(prefix) || equals == std::string_view::npos || !tag.ends_with('"') || tag.size() < equals + 3)
    return;
  const std::string_view key = tag.substr(prefix.size(), equals - prefix.size());
  const std::string_view value = tag.substr(equals + 2, tag.size() - equals - 3);
  if (key == "role" && !marks.role) marks.role = role_of(value);
  if (key == "event") marks.collection = value == "collection";
  if (key == "kind") marks.kind = kind_from_name(value);
  if (key == "confidence") marks.exact_confidence = confidence_of(value);
  if (key == "created") marks.created = parse_rfc3339(value);
  if (key == "valid_from") marks.valid_from = parse_rfc3339(value);
  if (key == "valid_until") marks.valid_until = parse_rfc3339(value);
}

}  // namespace

void MispMarks::add_tag(std::string_view name) {
  add_own(*this, trim(name));
  if (const std::optional<Cluster> cluster = cluster_of(name))
    return add_threat(threats, cluster->galaxy, cluster->value);
  const std::string tag = lower_ascii(trim(name));
  // "tlp:ex:chr", "tlp:unclear": what cannot be told may be strict.
  tlp = stricter(tlp, tlp_said(tag).stated());
  confidence = lower(confidence, level_of(confidences, tag));
  reliability = lower(reliability, level_of(reliabilities, tag));
  if (tag == "false-positive:confirmed=\"true\"") role = Role::benign;
}

bool has_tags(simdjson::dom::object holder) {
  return std::ranges::any_of(tag_lists, [&](std::string_view list) { return json_array(holder, list).has_value(); });
}

void MispMarks::add(simdjson::dom::object holder) {
  for (const std::string_view list : tag_lists) {
    const auto tags = json_array(holder, list);
    if (!tags) continue;
    for (const simdjson::dom::element element : *tags) {
      simdjson::dom::object tag, inner;
      if (element.get(tag) != simdjson::SUCCESS) continue;
      const bool tied = tag.at_key("Tag").get(inner) == simdjson::SUCCESS;
      add_tag(json_text(tied ? inner : tag, "name"));
    }
  }
  if (const auto galaxies = json_array(holder, "Galaxy")) {
    for (const simdjson::dom::element element : *galaxies) {
      simdjson::dom::object galaxy;
      if (element.get(galaxy) != simdjson::SUCCESS) continue;
      const auto clusters = json_array(galaxy, "GalaxyCluster");
      if (!clusters) continue;
      for (const simdjson::dom::element item : *clusters) {
        simdjson::dom::object cluster;
        if (item.get(cluster) == simdjson::SUCCESS)
          add_threat(threats, json_text(galaxy, "type"), json_text(cluster, "value"));
      }
    }
  }
}

std::optional<std::uint8_t> MispMarks::sureness() const {
  return exact_confidence ? exact_confidence : lower(confidence, reliability);
}

MispMarks merged(const MispMarks& event, const MispMarks& own) {
  MispMarks marks = own;
  marks.collection |= event.collection;
  if (!event.collection) marks.tlp = stricter(event.tlp, own.tlp);
  if (!own.confidence && !own.reliability) {
    marks.confidence = event.confidence;
    marks.reliability = event.reliability;
  }
  if (!marks.role) marks.role = event.role;
  for (const std::string& threat : event.threats)
    if (std::ranges::find(marks.threats, threat) == marks.threats.end()) marks.threats.push_back(threat);
  return marks;
}

}  // namespace testudo
