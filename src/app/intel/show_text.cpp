#include "app/intel/show_text.h"

#include <array>
#include <cstdio>

#include "base/text.h"
#include "intel/actor/country_name.h"
#include "intel/actor/vendor_citations.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

void print_heading(const IntelCall& call, std::string_view section) {
  std::printf("\n%s\n", call.words.say("intel.show.section." + std::string(section)).c_str());
}

void print_item(const std::string& text) { std::printf("  %s\n", text.c_str()); }

void print_cited(const IntelCall& call, const std::string& text, const std::string& numbers) {
  print_item(call.words.say("intel.show.cited", {{"text", text}, {"sources", numbers}}));
}

// In the order in which a reader asks: who are they, whose, what do they sell, to whom, what was done about it.
constexpr std::array sections{VendorField::alias,   VendorField::entity,    VendorField::country,
                              VendorField::owner,   VendorField::investor,  VendorField::person,
                              VendorField::product, VendorField::customer,  VendorField::cve,
                              VendorField::measure, VendorField::legal_case};

std::string joined(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t n : numbers) text += (text.empty() ? "" : " ") + std::to_string(n);
  return "[" + text + "]";
}

// "2016 – 2019", "since 2016", "until 2019"; empty if neither is known.
std::string span_of(const IntelCall& call, std::string_view from, std::string_view to) {
  const std::string begin(from), end(to);
  if (!from.empty() && !to.empty()) return call.words.say("intel.show.from_to", {{"from", begin}, {"to", end}});
  if (!from.empty()) return call.words.say("intel.show.from", {{"from", begin}});
  return to.empty() ? std::string() : call.words.say("intel.show.to", {{"to", end}});
}

std::string part_of(const IntelCall& call, const VendorStatement& s, std::string_view key, std::string_view value) {
  if (key == "from" || key == "to") return {};
  if (key == "country") {
    const std::string name = country_name(value, call.words.language());
    return name == s.value ? std::string() : name;
  }
  if (key == "platforms") {
    std::string list;
    for (const std::string_view one : split(value, ',')) list += (list.empty() ? "" : ", ") + std::string(trim(one));
    return list;
  }
  const std::string sentence = "intel.show.part." + std::string(key);
  return call.words.has(sentence) ? call.words.say(sentence, {{"value", visible(value)}}) : visible(value);
}

std::string statement_text(const IntelCall& call, const VendorStatement& s) {
  std::string text = s.field == VendorField::country ? country_name(s.value, call.words.language()) : visible(s.value);
  for (const auto& [key, value] : s.attributes)
    if (const std::string part = part_of(call, s, key, value); !part.empty()) text += ", " + part;
  if (const std::string span = span_of(call, s.attribute("from"), s.attribute("to")); !span.empty())
    text += ", " + span;
  return text;
}

void print_section(const IntelCall& call, const VendorFile& vendor, VendorField field, VendorCitations& citations) {
  bool first = true;
  for (const VendorStatement& s : vendor.of(field)) {
    if (first) print_heading(call, vendor_field_name(field));
    first = false;
    print_cited(call, statement_text(call, s), joined(citations.numbers(vendor, s)));
  }
}

void print_relations(const IntelCall& call, const std::vector<VendorRelation>& relations, VendorCitations& citations) {
  if (relations.empty()) return;
  print_heading(call, "relation");
  for (const VendorRelation& r : relations) {
    std::string text = call.words.say("intel.show.relation." + std::string(r.kind), {{"name", visible(r.name)}});
    if (const std::string span = span_of(call, r.from, r.to); !span.empty()) text += ", " + span;
    if (r.other != nullptr) text += call.words.say("intel.show.see", {{"id", r.other->id}});
    print_cited(call, text, joined(citations.numbers(r)));
  }
}

void print_sources(const IntelCall& call, const VendorCitations& citations) {
  print_heading(call, "source");
  std::size_t n = 0;
  for (const VendorSource* s : citations.sources()) {
    const std::string date = s->date.empty() ? call.words.say("intel.show.undated") : s->date;
    print_item(call.words.say(s->beginning ? "intel.show.source_beginning" : "intel.show.source",
                              {{"n", std::to_string(++n)},
                               {"title", visible(s->title)},
                               {"publisher", visible(s->publisher)},
                               {"date", date},
                               {"url", visible(s->url)},
                               {"read", s->read},
                               {"grade", s->grade}}));
  }
}

std::string times_of(const IntelCall& call, const StoredClaim& claim) {
  const std::array<std::pair<std::string_view, std::optional<Time>>, 6> times{{{"created", claim.created},
                                                                               {"modified", claim.modified},
                                                                               {"first_seen", claim.first_seen},
                                                                               {"last_seen", claim.last_seen},
                                                                               {"valid_from", claim.valid_from},
                                                                               {"valid_until", claim.valid_until}}};
  std::string text;
  for (const auto& [name, time] : times)
    if (time)
      text += call.words.say("intel.show.claim." + std::string(name), {{"at", to_rfc3339(*time).substr(0, 10)}});
  return text;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + visible(name);
  return text;
}

void print_claim(const IntelCall& call, const StoredClaim& claim) {
  std::string text = visible(claim.source);
  if (!claim.threats.empty()) text += ": " + list_of(claim.threats);
  if (claim.role != Role::unstated)
    text += call.words.say("intel.show.claim.role", {{"role", std::string(role_name(claim.role))}});
  if (claim.tlp) text += call.words.say("intel.show.claim.tlp", {{"tlp", std::string(tlp_name(*claim.tlp))}});
  if (claim.confidence)
    text += call.words.say("intel.show.claim.confidence", {{"n", std::to_string(*claim.confidence)}});
  text += times_of(call, claim);
  if (claim.revoked) text += call.words.say("intel.show.claim.revoked");
  if (!claim.comment.empty()) text += call.words.say("intel.show.claim.comment", {{"text", visible(claim.comment)}});
  print_item(text);
}

void print_hits(const IntelCall& call, const std::vector<VendorHit>& hits) {
  for (const VendorHit& hit : hits)
    print_item(call.words.say("intel.show.choice",
                              {{"vendor", visible(hit.vendor->name())},
                               {"as", call.words.say("intel.show.as." + std::string(vendor_name_kind_name(hit.kind)))},
                               {"spelled", visible(hit.spelled)},
                               {"id", hit.vendor->id}}));
}

void print_sightings(const IntelCall& call, const StoredIndicator& indicator) {
  if (indicator.sightings.empty()) return;
  print_heading(call, "sightings");
  for (const StoredSighting& sighting : indicator.sightings) {
    std::string text = call.words.say_count("intel.show.sighting", static_cast<std::int64_t>(sighting.count),
                                            {{"at", to_rfc3339(sighting.at)}});
    if (!sighting.who.empty()) text += call.words.say("intel.show.sighting.by", {{"who", visible(sighting.who)}});
    if (!sighting.note.empty()) text += call.words.say("intel.show.claim.comment", {{"text", visible(sighting.note)}});
    print_item(text);
  }
}

}  // namespace

void print_vendor(const IntelCall& call, const VendorCatalogue& catalogue, const VendorFile& vendor,
                  const ThreatIndicators* indicators) {
  VendorCitations citations(vendor);
  const VendorStatement& summary = *vendor.of(VendorField::summary).begin();
  call.print("intel.show.head", {{"name", visible(vendor.name())}, {"id", vendor.id}});
  print_cited(call, visible(summary.value), joined(citations.numbers(vendor, summary)));
  for (const VendorField field : sections) print_section(call, vendor, field, citations);
  print_relations(call, catalogue.relations(vendor), citations);
  print_section(call, vendor, VendorField::threat, citations);
  if (indicators != nullptr)
    print_threat(call, *indicators);
  else
    std::printf("\n%s\n", call.words.say("intel.show.no_store").c_str());
  print_sources(call, citations);
}

void print_threat(const IntelCall& call, const ThreatIndicators& in) {
  print_heading(call, "indicators");
  if (in.all == 0) return print_item(call.words.say("intel.show.indicators.none"));
  std::string kinds;
  for (const auto& [kind, n] : in.by_kind)
    kinds += (kinds.empty() ? "" : ", ") + std::to_string(n) + ' ' + std::string(kind_name(kind));
  print_item(call.words.say("intel.show.indicators.all", {{"n", std::to_string(in.all)}, {"kinds", kinds}}));
  if (in.newest)
    print_item(call.words.say("intel.show.indicators.newest", {{"at", to_rfc3339(*in.newest).substr(0, 10)}}));
  if (in.hosts != 0)
    print_item(call.words.say("intel.show.indicators.hosts", {{"hosts", std::to_string(in.hosts)},
                                                              {"registrable", std::to_string(in.registrable)},
                                                              {"shared", std::to_string(in.shared)}}));
  for (const ThreatGroup& group : in.groups) {
    const std::string newest =
        group.newest ? to_rfc3339(*group.newest).substr(0, 10) : call.words.say("intel.show.undated");
    print_item(call.words.say("intel.show.indicators.group", {{"n", std::to_string(group.indicators)},
                                                              {"threat", visible(group.threat)},
                                                              {"source", visible(group.source)},
                                                              {"newest", newest}}));
  }
}

void print_indicator(const IntelCall& call, const StoredIndicator& indicator,
                     const std::vector<std::string_view>& warnings, const std::vector<VendorHit>& vendors) {
  const std::string& spelled = indicator.shown.empty() ? indicator.value : indicator.shown;
  call.print("intel.show.indicator", {{"kind", std::string(kind_name(indicator.kind))}, {"value", visible(spelled)}});
  for (const std::string_view warning : warnings)
    print_item(call.words.say("intel.show.warning." + std::string(warning)));
  print_heading(call, "claims");
  for (const StoredClaim& claim : indicator.claims) print_claim(call, claim);
  if (indicator.retraction)
    call.print("intel.show.retracted",
               {{"at", to_rfc3339(indicator.retraction->at)}, {"reason", visible(indicator.retraction->reason)}});
  print_sightings(call, indicator);
  if (vendors.empty()) return call.print("intel.show.no_vendor");
  print_heading(call, "vendors");
  print_hits(call, vendors);
}

void print_choice(const IntelCall& call, std::string_view heading, std::string_view name,
                  const std::vector<VendorHit>& hits) {
  if (hits.front().kind == VendorNameKind::cve)
    std::puts(call.words.say_count("intel.show.flaw", static_cast<std::int64_t>(hits.size()), {{"name", visible(name)}})
                  .c_str());
  else
    call.print(heading, {{"name", visible(name)}, {"n", std::to_string(hits.size())}});
  print_hits(call, hits);
}

}  // namespace testudo
