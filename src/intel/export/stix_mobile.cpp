// STIX 2.1 in the dialect of public spyware feeds: malware objects, and indicators of one bare comparison that point to
// them. Tools that check phones split a pattern at its '=' and know no revocation, markings or roles: what they would
// misread, and what nobody should be alarmed by, stays out. Source: mobile verification tools as published, and the
// feeds mvt-project/mvt-indicators and AmnestyTech/investigations.
#include "base/json_text.h"
#include "intel/export/plain_text.h"
#include "intel/export/stix_objects.h"
#include "intel/export/stix_paths_out.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

class StixMobile : public ExportWriter {
 public:
  explicit StixMobile(const ExportRequest& request) : rules_(request.rules), objects_(request) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override { objects_.begin(out.main); }
  void tail(ExportOutput& out) override { objects_.end(out.main); }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const Facts facts = facts_of(indicator);
    if (facts.revoked) return "revoked";
    if (facts.victim) return "victim";
    if (facts.benign) return "benign";
    if (facts.role() == Role::context) return "context";
    if (const Withheld why = judge_alarm(indicator, facts, rules_).why;
        why != Withheld::no && !is_software(indicator.kind))
      return withheld_name(why);
    if (stix_pattern_of(indicator).empty()) return "kind";
    const std::string pattern = mobile_pattern_of(indicator);
    if (pattern.empty()) return "not_in_dialect";
    const std::string key = std::string(kind_name(indicator.kind)) + "\n" + indicator.value;
    const std::string id = "indicator--" + export_uuid("indicator", key);
    write(facts, id, pattern, out.main);
    if (objects_.indicates_all(id, facts, out.main)) return {};
    // Phone tools group indicators by malware, and load none that points to no group.
    Facts unnamed = facts;
    unnamed.threats = {unnamed_threat};
    objects_.indicates_all(id, unnamed, out.main);
    return {};
  }

 private:
  // Programs of spyware bear names of ordinary ones: what a phone holds is for its examiner to judge.
  static bool is_software(Kind kind) {
    return kind == Kind::process || kind == Kind::path || kind == Kind::file_name || kind == Kind::app_id;
  }
  void write(const Facts& facts, const std::string& id, const std::string& pattern, std::string& out) {
    const std::string mark = facts.tlp ? objects_.marking(*facts.tlp, out) : "";
    std::string text;
    JsonText json(text);
    stix_common(json, "indicator", id, objects_.author(), objects_.created(facts), objects_.modified(facts));
    json.key("indicator_types").array().string("malicious-activity").end();
    json.key("pattern").string(pattern).key("pattern_type").string("stix");
    json.key("valid_from").string(instant_text(objects_.valid_from(facts)));
    if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
    json.end();
    objects_.add(text, out);
  }

  BlockRules rules_;
  StixObjects objects_;
};

}  // namespace

MadeWriter make_stix_mobile(const ExportRequest& request) { return MadeWriter(std::make_unique<StixMobile>(request)); }

}  // namespace testudo
