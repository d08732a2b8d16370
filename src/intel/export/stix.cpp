// STIX 2.1 to the letter: an indicator a value with all its sources, relationships to what it indicates, sightings with
// the observables that were seen, kept patterns word for word. Ids follow from content (docs/manual/export.md, "Ids").
#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/plain_text.h"
#include "intel/export/stix_objects.h"
#include "intel/export/stix_paths_out.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

std::string id_of(const StoredIndicator& indicator) {
  return "indicator--" + export_uuid("indicator", std::string(kind_name(indicator.kind)) + "\n" + indicator.value);
}

class Stix : public ExportWriter {
 public:
  explicit Stix(const ExportRequest& request) : objects_(request) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override { objects_.begin(out.main); }
  void tail(ExportOutput& out) override { objects_.end(out.main); }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    if (indicator.kind == Kind::cve) return vulnerability(indicator, out.main);
    const std::string pattern = stix_pattern_of(indicator);
    if (pattern.empty()) return "kind";
    const Facts facts = facts_of(indicator);
    if (pattern.find(stix_extension) != std::string::npos) objects_.extension(out.main);
    write(indicator, facts, pattern, out.main);
    const std::string id = id_of(indicator);
    objects_.indicates_all(id, facts, out.main);
    if (!indicator.sightings.empty()) sighting(indicator, facts, id, out.main);
    seen_by_sources(indicator, facts, id, out.main);
    return {};
  }

  WithheldWord pattern(const StoredPattern& pattern, ExportOutput& out) override {
    if (pattern.language == "value") return "pattern_language";  // what is no value is no pattern either
    const std::string id = "indicator--" + export_uuid("pattern", pattern.language + "\n" + pattern.text);
    const std::string mark = pattern.tlp ? objects_.marking(*pattern.tlp, out.main) : "";
    std::string text;
    JsonText json(text);
    stix_common(json, "indicator", id, objects_.author(), StixObjects::unknown, objects_.day());
    if (pattern.revoked) json.key("revoked").boolean(true);
    if (!pattern.name.empty()) json.key("name").string(pattern.name);
    json.key("pattern").string(pattern.text).key("pattern_type").string(pattern.language);
    json.key("valid_from").string(instant_text(StixObjects::unknown));
    if (!pattern.source.empty()) {
      json.key("external_references").array();
      reference(json, pattern.source, pattern.object, {});
      json.end();
    }
    if (pattern.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out.main);
    return {};
  }

 private:
  static void reference(JsonText& json, std::string_view source, std::string_view object, std::string_view comment) {
    json.object().key("source_name").string(source.empty() ? "unnamed" : source);
    if (!comment.empty()) json.key("description").string(comment);
    // The schema wants one of description, url and external_id.
    if (!object.empty() || comment.empty()) json.key("external_id").string(object.empty() ? "unnamed" : object);
    json.end();
  }

  static void types(JsonText& json, const Facts& facts) {
    json.key("indicator_types").array();
    if (facts.attacker) json.string("malicious-activity");
    if (facts.victim) json.string("compromised");
    if (facts.benign) json.string("benign");
    if (!facts.attacker && !facts.victim && !facts.benign) json.string("unknown");
    json.end();
  }

  void write(const StoredIndicator& indicator, const Facts& facts, const std::string& pattern, std::string& out) {
    const std::string mark = facts.tlp ? objects_.marking(*facts.tlp, out) : "";
    // The end must lie behind the beginning: where it does not, the end is what is known.
    Time from = objects_.valid_from(facts);
    if (facts.valid_until && *facts.valid_until <= from) from = StixObjects::unknown;
    std::string text;
    JsonText json(text);
    stix_common(json, "indicator", id_of(indicator), objects_.author(), objects_.created(facts),
                objects_.modified(facts));
    if (facts.revoked) json.key("revoked").boolean(true);
    if (facts.confidence) json.key("confidence").integer(std::min<int>(*facts.confidence, 100));
    json.key("name").string(indicator.shown.empty() ? indicator.value : indicator.shown);
    if (!facts.comments.empty()) json.key("description").string(one_line(joined(facts.comments, 2000), 2000));
    types(json, facts);
    if (facts.role() == Role::context) json.key("labels").array().string("context").end();
    json.key("pattern").string(pattern).key("pattern_type").string("stix");
    json.key("valid_from").string(instant_text(from));
    if (facts.valid_until) {
      const Time until = std::max(*facts.valid_until, Time{from.micros + 1000});
      json.key("valid_until").string(instant_text(until));
    }
    json.key("external_references").array();
    for (const StoredClaim& claim : indicator.claims) reference(json, claim.source, claim.object, claim.comment);
    json.end();
    if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out);
  }

  void sighting(const StoredIndicator& indicator, const Facts& facts, const std::string& id, std::string& out) {
    const Time first = indicator.sightings.front().at, last = indicator.sightings.back().at;
    const auto count = static_cast<std::int64_t>(std::min<std::uint64_t>(indicator.times_seen(), 999999999));
    const std::optional<StixObservable> seen = stix_observable_of(indicator);
    const std::string mark = facts.tlp ? objects_.marking(*facts.tlp, out) : "";
    const std::string data = "observed-data--" + export_uuid("observed-data", id);
    if (seen) {
      if (objects_.first(seen->id)) objects_.add(seen->json, out);
      std::string text;
      JsonText json(text);
      stix_common(json, "observed-data", data, objects_.author(), first, last);
      json.key("first_observed").string(instant_text(first)).key("last_observed").string(instant_text(last));
      json.key("number_observed").integer(count);
      json.key("object_refs").array().string(seen->id).end();
      if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
      json.end();
      objects_.add(text, out);
    }
    std::string text;
    JsonText json(text);
    stix_common(json, "sighting", "sighting--" + export_uuid("sighting", id), objects_.author(), first, last);
    json.key("first_seen").string(instant_text(first)).key("last_seen").string(instant_text(last));
    json.key("count").integer(count).key("sighting_of_ref").string(id);
    if (seen) json.key("observed_data_refs").array().string(data).end();
    if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out);
  }

  // When sources saw it, which an indicator has no property for: one sighting of all of them, without a count.
  void seen_by_sources(const StoredIndicator& indicator, const Facts& facts, const std::string& id, std::string& out) {
    const bool later = indicator.sightings.empty() || facts.last_seen > indicator.sightings.back().at;
    if (!facts.first_seen && (!facts.last_seen || !later)) return;
    const Time last = facts.last_seen.value_or(*facts.first_seen), first = facts.first_seen.value_or(last);
    const std::string mark = facts.tlp ? objects_.marking(*facts.tlp, out) : "";
    std::string text;
    JsonText json(text);
    stix_common(json, "sighting", "sighting--" + export_uuid("sighting", id + "\nsources"), objects_.author(),
                std::min(first, last), last);
    // Its window must not end before it begins.
    if (facts.first_seen && first <= last) json.key("first_seen").string(instant_text(first));
    if (facts.last_seen) json.key("last_seen").string(instant_text(last));
    json.key("sighting_of_ref").string(id).key("summary").boolean(true);
    if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out);
  }

  WithheldWord vulnerability(const StoredIndicator& indicator, std::string& out) {
    const Facts facts = facts_of(indicator);
    const std::string mark = facts.tlp ? objects_.marking(*facts.tlp, out) : "";
    std::string text;
    JsonText json(text);
    stix_common(json, "vulnerability", "vulnerability--" + export_uuid("vulnerability", indicator.value),
                objects_.author(), objects_.created(facts), objects_.modified(facts));
    if (facts.revoked) json.key("revoked").boolean(true);
    json.key("name").string(indicator.value).key("external_references").array();
    json.object().key("source_name").string("cve").key("external_id").string(indicator.value).end();
    for (const StoredClaim& claim : indicator.claims) reference(json, claim.source, claim.object, claim.comment);
    json.end();
    if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out);
    return {};
  }

  StixObjects objects_;
};

}  // namespace

MadeWriter make_stix(const ExportRequest& request) { return MadeWriter(std::make_unique<Stix>(request)); }

}  // namespace testudo
