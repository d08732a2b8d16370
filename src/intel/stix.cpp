// STIX 2.0 and 2.1 bundles. Sources: STIX 2.1 (OASIS Standard, 10 June 2021), STIX 2.0; what real feeds make of them
// and what is done with each oddity: docs/formats/stix.md.
#include <algorithm>
#include <unordered_set>

#include <simdjson.h>

#include "base/hash.h"
#include "base/text.h"
#include "intel/indicator_state.h"
#include "intel/stix_names.h"
#include "intel/stix_paths.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t file_limit = std::size_t{1} << 30;

std::string_view text_of(dom::object object, std::string_view key) {
  std::string_view text;
  return object.at_key(key).get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

bool is_true(dom::object object, std::string_view key) {
  bool value = false;
  return object.at_key(key).get(value) == simdjson::SUCCESS && value;
}

bool has(dom::object object, std::string_view key) {
  dom::element ignored;
  return object.at_key(key).get(ignored) == simdjson::SUCCESS;
}

// Whether the array under `key` holds the string `word`.
bool lists(dom::object object, std::string_view key, std::string_view word) {
  dom::array items;
  if (object.at_key(key).get(items) != simdjson::SUCCESS) return false;
  return std::any_of(items.begin(), items.end(), [&](dom::element item) {
    std::string_view text;
    return item.get(text) == simdjson::SUCCESS && text == word;
  });
}

bool looks_like_stix(dom::array items) {
  return std::any_of(items.begin(), items.end(), [](dom::element item) {
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) return false;
    const std::string_view type = text_of(object, "type");
    const std::string_view id = text_of(object, "id");
    return !type.empty() && id.size() > type.size() + 2 && id.starts_with(type) &&
           id.substr(type.size()).starts_with("--");
  });
}

Error json_error(simdjson::error_code code) {
  const Fault fault = code == simdjson::DEPTH_ERROR || code == simdjson::CAPACITY || code == simdjson::MEMALLOC
                          ? Fault::limit
                          : Fault::malformed;
  return error(fault, std::string("not JSON: ") + simdjson::error_message(code));
}

// JSON begins with a brace or bracket; so a text, a hash list or a rule file is told apart without being parsed.
Result<std::string_view> json_body(std::string_view json) {
  if (json.size() > file_limit) return error(Fault::limit, "a feed of more than 1 GiB", file_limit);
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  const std::string_view body = trim(json);
  if (body.empty() || (body[0] != '{' && body[0] != '[')) return error(Fault::malformed, "not JSON", 0);
  return json;
}

struct StixIndicator {
  dom::object object;
  std::string_view id;
  std::uint32_t number = 0;
  std::optional<Time> modified;
  bool superseded = false;
};

class BundleReader {
 public:
  BundleReader(IndicatorState& set, FeedSummary& feed, std::optional<Time> as_of)
      : set_(set), feed_(feed), as_of_(as_of) {}

  void read(dom::array objects, bool standard_bundle) {
    if (!standard_bundle) note("", "not_a_bundle", "objects without a bundle around them");
    for (const dom::element item : objects) collect(item);
    for (const dom::object report : reports_) resolve_report(report);
    for (const dom::object relationship : relationships_) resolve_relationship(relationship);
    for (const StixIndicator& indicator : indicators_) use(indicator);
    summarise();
  }

 private:
  void note(std::string_view object, std::string_view defect, std::string_view value) {
    set_.notes.add(feed_.name, object, defect, value);
  }
  // Says something about the whole file once, whatever number of objects show it.
  void note_once(std::string_view defect, std::string_view value) {
    if (noted_.insert(std::string(defect) + '\n' + std::string(value)).second) note("", defect, value);
  }

  // First pass: every object is numbered, because relationships may stand before what they name.
  void collect(dom::element item) {
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) return note("", "not_an_object", simdjson::minify(item));
    const std::string_view type = text_of(object, "type"), id = text_of(object, "id");
    if (type.empty()) return note(id, "object_without_type", "");
    if (id.empty()) note("", "object_without_id", type);
    if (!has(object, "spec_version")) note_once("no_spec_version", "read as STIX 2.0");
    const std::optional<Time> modified = newest(object);
    const ThreatRank rank = threat_rank(type);
    const std::string_view name = text_of(object, "name");
    if (rank != ThreatRank::none && name.empty()) note(id, "object_without_name", type);
    bool seen_before = false;
    const std::uint32_t number = names_.number(id, rank, name, seen_before);
    if (seen_before) note(id, "duplicate_id", type);
    if (type == "indicator") return collect_indicator({object, id, number, modified}, seen_before);
    if (type == "relationship") relationships_.push_back(object);
    if (rank == ThreatRank::report) reports_.push_back(object);
  }

  std::optional<Time> newest(dom::object object) {
    std::optional<Time> modified = parse_rfc3339(text_of(object, "modified"));
    if (!modified) modified = parse_rfc3339(text_of(object, "created"));
    if (modified && (!feed_.newest || *feed_.newest < *modified)) feed_.newest = modified;
    return modified;
  }

  // An id that comes again with another `modified` is another version of the same object: the newest counts. With the
  // same time it is a mistake of the feed, and both are used.
  void collect_indicator(const StixIndicator& indicator, bool seen_before) {
    const auto place = static_cast<std::uint32_t>(indicators_.size());
    indicators_.push_back(indicator);
    if (indicator.id.empty()) return;
    const auto [latest, inserted] = latest_.try_emplace(indicator.id, place);
    if (inserted || !seen_before) return;
    StixIndicator& other = indicators_[latest->second];
    if (!other.modified || !indicator.modified || *other.modified == *indicator.modified) return;
    const bool newer = *other.modified < *indicator.modified;
    (newer ? other : indicators_.back()).superseded = true;
    if (newer) latest->second = place;
  }

  void resolve_report(dom::object report) {
    const std::string_view id = text_of(report, "id");
    const std::uint32_t number = names_.find(id);
    dom::array refs;
    if (report.at_key("object_refs").get(refs) != simdjson::SUCCESS) return note(id, "report_without_objects", "");
    for (const dom::element item : refs) {
      std::string_view ref;
      if (item.get(ref) != simdjson::SUCCESS) {
        note(id, "broken_reference", simdjson::minify(item));
        continue;
      }
      const std::uint32_t object = names_.find(ref);
      if (object == StixNames::absent)
        note(id, "dangling_reference", ref);
      else if (number != StixNames::absent && latest_.contains(ref))
        names_.link(object, number);
    }
  }

  // An indicator has the name of whatever a relationship ties it to, in either direction: feeds write `indicates`, but
  // `related-to` and reversed ones occur.
  void resolve_relationship(dom::object relationship) {
    const std::string_view id = text_of(relationship, "id");
    const std::string_view from = text_of(relationship, "source_ref"), to = text_of(relationship, "target_ref");
    if (from.empty() || to.empty()) return note(id, "broken_relationship", "");
    if (is_true(relationship, "revoked")) return note(id, "revoked_relationship", from);
    const std::uint32_t source = names_.find(from), target = names_.find(to);
    if (source == StixNames::absent) note(id, "dangling_relationship", from);
    if (target == StixNames::absent) note(id, "dangling_relationship", to);
    if (source == StixNames::absent || target == StixNames::absent) return;
    if (latest_.contains(from) && names_.rank(target) != ThreatRank::none) names_.link(source, target);
    if (latest_.contains(to) && names_.rank(source) != ThreatRank::none) names_.link(target, source);
  }

  // Second pass: one indicator, now that its names are known.
  void use(const StixIndicator& indicator) {
    const std::string_view pattern = text_of(indicator.object, "pattern");
    has_confidence_ |= has(indicator.object, "confidence");
    if (const std::string_view why = why_not(indicator, pattern); !why.empty()) {
      note(indicator.id, why, pattern);
      ++feed_.not_evaluated;
      return;
    }
    note_validity(indicator);
    if (lists(indicator.object, "indicator_types", "compromised") || lists(indicator.object, "labels", "compromised"))
      note(indicator.id, "compromised_site", pattern);
    const Result<StixPattern> parsed = parse_stix_pattern(pattern);
    if (!parsed) {
      const Error& wrong = parsed.error();
      note(indicator.id, "malformed_pattern",
           "column " + std::to_string(wrong.offset) + ": " + wrong.what + ": " + std::string(pattern));
      ++feed_.not_evaluated;
      return;
    }
    use_pattern(indicator, parsed.value(), pattern);
  }

  std::string_view why_not(const StixIndicator& indicator, std::string_view pattern) {
    if (indicator.superseded) return "superseded_version";
    if (is_true(indicator.object, "revoked")) return "revoked";
    if (pattern.empty()) return "indicator_without_pattern";
    const std::string_view language = text_of(indicator.object, "pattern_type");
    if (!language.empty() && language != "stix") return "unsupported_pattern_type";
    if (lists(indicator.object, "indicator_types", "benign") || lists(indicator.object, "labels", "benign"))
      return "benign";
    const std::optional<Time> until = parse_rfc3339(text_of(indicator.object, "valid_until"));
    return until && as_of_ && *until < *as_of_ ? "expired" : "";
  }

  // Without a clock of the caller's the feed's own newest date tells whether it keeps indicators past their time.
  void note_validity(const StixIndicator& indicator) {
    const std::string_view text = text_of(indicator.object, "valid_until");
    if (text.empty()) return;
    const std::optional<Time> until = parse_rfc3339(text);
    if (!until) return note(indicator.id, "valid_until_unreadable", text);
    if (!as_of_ && feed_.newest && *until < *feed_.newest) note(indicator.id, "expired", text);
  }

  void use_pattern(const StixIndicator& indicator, const StixPattern& pattern, std::string_view raw) {
    const std::vector<std::string_view> threats = names_.threats(indicator.number);
    std::size_t used = 0;
    for (const PatternTerm& term : pattern.terms) used += use_term(indicator, term, threats) ? 1 : 0;
    feed_.indicators += used;
    if (!pattern.left_out.empty()) {
      std::string why;
      for (const std::string_view reason : pattern.left_out) why += (why.empty() ? "" : ", ") + std::string(reason);
      note(indicator.id, "unsupported_pattern", why + ": " + std::string(raw));
    }
    if (!pattern.left_out.empty() || used < pattern.terms.size()) ++feed_.not_evaluated;
    if (pattern.quoted_key_missing) note_once("hash_key_spelling", pattern.terms.empty() ? raw : pattern.terms[0].path);
  }

  bool use_term(const StixIndicator& indicator, const PatternTerm& term, const std::vector<std::string_view>& threats) {
    const std::optional<Kind> kind = kind_of_stix_path(term.path);
    if (!kind) {
      note(indicator.id, "unsupported_object_path", term.path + " = " + term.value);
      return false;
    }
    if (!is_standard_stix_object(term.path)) note_once("custom_object_type", term.path);
    IndicatorSource source{feed_.name, std::string(threats[0]), std::string(indicator.id)};
    const std::optional<IndicatorStore::Added> added = set_.add(*kind, term.value, source);
    if (!added) return false;
    if (*added == IndicatorStore::Added::again_same_feed) note(indicator.id, "duplicate_value", term.value);
    if (*added == IndicatorStore::Added::again_other_feed) ++also_elsewhere_;
    add_further_names(*kind, term.value, threats, source);
    return true;
  }
  void add_further_names(Kind kind, std::string_view value, const std::vector<std::string_view>& threats,
                         IndicatorSource& source) {
    if (threats.size() < 2) return;
    Defects already_noted;
    const std::optional<NormalisedIndicator> normal = normalise_indicator(kind, value, already_noted);
    for (std::size_t i = 1; normal && i < threats.size(); ++i) {
      source.threat = std::string(threats[i]);
      set_.store.add(*normal, source);
    }
  }

  void summarise() {
    if (!indicators_.empty() && !has_confidence_) note("", "no_confidence", "no indicator says how sure its author is");
    if (also_elsewhere_ != 0)
      note("", "also_in_another_feed", std::to_string(also_elsewhere_) + " of " + std::to_string(feed_.indicators));
  }

  IndicatorState& set_;
  FeedSummary& feed_;
  std::optional<Time> as_of_;
  StixNames names_;
  std::vector<StixIndicator> indicators_;
  std::vector<dom::object> relationships_, reports_;
  std::unordered_map<std::string_view, std::uint32_t, SecretHash> latest_;  // indicator id -> its newest version
  std::unordered_set<std::string, SecretHash> noted_;
  std::uint64_t also_elsewhere_ = 0;
  bool has_confidence_ = false;
};

// The objects of a bundle; of a TAXII envelope or a bare array, if they are STIX. `standard` says whether it is a
// bundle.
Result<dom::array> objects_of(dom::element root, bool& standard) {
  dom::array objects;
  dom::object top;
  standard = false;
  if (root.get(top) == simdjson::SUCCESS) {
    standard = text_of(top, "type") == "bundle";
    if (top.at_key("objects").get(objects) == simdjson::SUCCESS) {
      if (standard || looks_like_stix(objects)) return objects;
    } else if (standard) {
      return error(Fault::malformed, "a STIX bundle without objects");
    }
  } else if (root.get(objects) == simdjson::SUCCESS && looks_like_stix(objects)) {
    return objects;
  }
  return error(Fault::unsupported, "JSON, but not STIX");
}

}  // namespace

Result<void> IndicatorSet::add_stix(std::string_view name, std::string_view json, std::optional<Time> as_of) {
  const std::string_view body = TRY(json_body(json));
  dom::parser parser;
  dom::element root;
  if (const auto code = parser.parse(body.data(), body.size()).get(root)) return json_error(code);
  bool standard = false;
  const dom::array objects = TRY(objects_of(root, standard));
  FeedSummary feed;
  feed.name = std::string(file_name_of(name));
  feed.sha256 = to_hex(sha256(as_bytes(json)));
  // The same file under two paths is one source, not two.
  const auto twin = std::ranges::find(state_->feeds, feed.sha256, &FeedSummary::sha256);
  if (twin != state_->feeds.end()) {
    state_->notes.add(feed.name, "", "duplicate_feed", twin->name);
    return {};
  }
  BundleReader(*state_, feed, as_of).read(objects, standard);
  state_->feeds.push_back(std::move(feed));
  return {};
}

}  // namespace testudo
