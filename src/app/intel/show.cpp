// testudo intel show: everything that is known under a name: of a vendor, a product, a threat, or an indicator.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "app/intel/indicator_json.h"
#include "app/intel/show_text.h"
#include "app/intel/sub_verb.h"
#include "app/worker/warnings.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/actor/graph_svg.h"
#include "intel/actor/vendor_json.h"
#include "intel/control/block_verdict.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"
#include "intel/known_names.h"
#include "intel/normalise.h"
#include "intel/store/indicator_query.h"

namespace testudo {
namespace {

struct Arguments {
  std::string name, svg, as_of;
  bool json = false;
};

// What a question is answered from.
struct Sources {
  VendorCatalogue catalogue;
  std::optional<IntelStore> store;
  std::int64_t generation = IntelStore::now;
};

Result<Sources> open_sources(const Arguments& a, const IntelCall& call) {
  Sources sources{.catalogue = TRY(VendorCatalogue::load())};
  auto store = call.open(IntelStore::Mode::read);
  if (store)
    sources.store = std::move(store).value();
  else if (store.error().what != "intel_no_store")
    return std::move(store).error();
  if (sources.store) sources.generation = TRY(call.generation(*sources.store, a.as_of));
  return sources;
}

// The names under which feeds list a vendor: its `threat` statements, and its own names.
std::vector<std::string_view> feed_names(const VendorFile& vendor) {
  std::vector<std::string_view> names;
  for (const VendorStatement& s : vendor.statements)
    if (s.field == VendorField::threat || s.field == VendorField::name || s.field == VendorField::alias)
      names.push_back(s.value);
  return names;
}

Result<std::optional<ThreatIndicators>> indicators_of(Sources& sources, std::span<const std::string_view> names) {
  if (!sources.store) return std::optional<ThreatIndicators>();
  return std::optional(TRY(threat_indicators(*sources.store, names, sources.generation)));
}

Result<void> write_drawing(const Arguments& a, const IntelCall& call, const VendorGraph& graph) {
  std::array<std::string, 4> headings;
  for (std::size_t i = 0; i < headings.size(); ++i)
    headings[i] = call.words.say("intel.graph.heading." + std::to_string(i));
  const std::string svg = graph_svg(graph, headings);
  std::FILE* file = std::fopen(a.svg.c_str(), "wb");
  if (file == nullptr) return error(Fault::denied, "intel_show_svg_write");
  const bool whole = std::fwrite(svg.data(), 1, svg.size(), file) == svg.size();
  if (std::fclose(file) != 0 || !whole) return error(Fault::io, "intel_show_svg_write");
  std::fprintf(stderr, "%s\n", call.words.say("intel.show.svg_written", {{"file", visible(a.svg)}}).c_str());
  return {};
}

Result<int> show_vendor(const Arguments& a, const IntelCall& call, Sources& sources, const VendorFile& vendor) {
  const auto indicators = TRY(indicators_of(sources, feed_names(vendor)));
  const ThreatIndicators* held = indicators ? &*indicators : nullptr;
  if (!a.svg.empty()) TRY(write_drawing(a, call, vendor_graph(sources.catalogue, vendor, held, call.words)));
  if (a.json) {
    std::string text;
    JsonText json(text);
    append_vendor_json(json, sources.catalogue, vendor, held);
    std::puts(text.c_str());
  } else {
    print_vendor(call, sources.catalogue, vendor, held);
  }
  return exit_done;
}

void write_hits(JsonText& json, std::string_view key, const std::vector<VendorHit>& hits) {
  json.key(key).array();
  for (const VendorHit& hit : hits)
    json.object()
        .key("vendor")
        .string(hit.vendor->id)
        .key("name")
        .string(hit.vendor->name())
        .key("as")
        .string(vendor_name_kind_name(hit.kind))
        .key("spelled")
        .string(hit.spelled)
        .end();
  json.end();
}

// Whether the name is a vulnerability's: those who exploit it are not called so.
bool is_flaw(const std::vector<VendorHit>& hits) { return !hits.empty() && hits.front().kind == VendorNameKind::cve; }

// A name of several vendors, or of none that a feed uses as a threat. `heading` says what the hits are.
Result<int> show_threat(const Arguments& a, const IntelCall& call, Sources& sources, const std::vector<VendorHit>& hits,
                        std::string_view heading = "intel.show.several") {
  const std::string_view name = a.name;
  const auto indicators = TRY(indicators_of(sources, std::span(&name, 1)));
  if (a.json) {
    std::string text;
    JsonText json(text);
    json.object().key("name").string(a.name);
    write_hits(json, "vendors", hits);
    if (indicators) {
      json.key("indicators");
      append_threat_json(json, *indicators);
    }
    json.end();
    std::puts(text.c_str());
    return exit_done;
  }
  if (!hits.empty()) print_choice(call, heading, a.name, hits);
  if (indicators && !is_flaw(hits)) print_threat(call, *indicators);
  return exit_done;
}

// Appends the indicator that the value is as one of this kind, unless the store does not hold it or it is there
// already.
Result<void> find_as(Sources& sources, Kind kind, std::string_view value, std::vector<StoredIndicator>& found) {
  Defects defects;
  const auto normal = normalise_indicator(kind, value, defects);
  if (!normal) return {};
  const IndicatorFilter filter{
      .generation = sources.generation, .kind = normal->type, .value = normal->value, .withdrawn = true};
  IndicatorCursor cursor = TRY(IndicatorCursor::open(*sources.store, filter));
  StoredIndicator one;
  if (TRY(cursor.next(one)) && std::ranges::find(found, one.id, &StoredIndicator::id) == found.end())
    found.push_back(std::move(one));
  return {};
}

// The name of a process or an app looks like nothing in particular, and a digest may be a file's or a certificate's: so
// every kind is asked for, first the one that the value looks like.
Result<std::vector<StoredIndicator>> find_indicators(Sources& sources, const std::string& typed) {
  std::vector<StoredIndicator> found;
  if (!sources.store) return found;
  const std::string value = refang(typed);
  if (const auto looks_like = kind_of_value(value)) TRY(find_as(sources, *looks_like, value, found));
  for (std::size_t kind = 0; kind < kind_count; ++kind) {
    TRY(find_as(sources, static_cast<Kind>(kind), value, found));
    if (typed != value) TRY(find_as(sources, static_cast<Kind>(kind), typed, found));
  }
  return found;
}

std::vector<std::string_view> warnings_of(const StoredIndicator& indicator, Time now, const WarningLists* lists) {
  std::vector<std::string_view> warnings;
  const BlockJudgement judged = judge_block(indicator, now, {.warnings = lists});
  if (judged.why != Withheld::no) warnings.push_back(withheld_name(judged.why));
  if (judged.exact_only) warnings.push_back("exact_only");
  if (is_generic_name(indicator.kind, indicator.value) && std::ranges::find(warnings, "generic") == warnings.end())
    warnings.push_back("generic");
  return warnings;
}

std::vector<VendorHit> vendors_of(const VendorCatalogue& catalogue, const StoredIndicator& indicator) {
  std::map<std::string_view, VendorHit> found;
  for (const VendorHit& hit : catalogue.find(indicator.value))
    if (hit.kind == VendorNameKind::cve) found.try_emplace(hit.vendor->id, hit);
  for (const StoredClaim& claim : indicator.claims)
    for (const std::string& threat : claim.threats)
      for (const VendorHit& hit : catalogue.find_threat(threat)) found.try_emplace(hit.vendor->id, hit);
  std::vector<VendorHit> hits;
  hits.reserve(found.size());
  for (const auto& [id, hit] : found) hits.push_back(hit);
  return hits;
}

// One JSON document an indicator, one a line.
Result<int> show_indicators(const Arguments& a, const IntelCall& call, const Sources& sources,
                            const std::vector<StoredIndicator>& indicators) {
  OpenWarnings lists;
  if (const Descriptor image = TRY(store_warnings(call.store)); image.valid()) lists = TRY(open_warnings(image.get()));
  for (const StoredIndicator& indicator : indicators) {
    const auto warnings = warnings_of(indicator, call.now, lists.lists ? &*lists.lists : nullptr);
    const auto vendors = vendors_of(sources.catalogue, indicator);
    if (!a.json) {
      print_indicator(call, indicator, warnings, vendors);
      continue;
    }
    std::string text;
    JsonText json(text);
    json.object().key("indicator").raw(indicator_json(indicator)).key("warnings").array();
    for (const std::string_view warning : warnings) json.string(warning);
    json.end();
    write_hits(json, "vendors", vendors);
    json.end();
    std::puts(text.c_str());
  }
  return exit_done;
}

Result<int> show_nothing(const Arguments& a, const IntelCall& call, const Sources& sources) {
  std::string near;
  for (const std::string_view name : sources.catalogue.near_names(a.name))
    near += (near.empty() ? "" : ", ") + visible(name);
  const std::string_view key = near.empty() ? "intel.show.unknown" : "intel.show.unknown_near";
  std::fprintf(stderr, "%s\n", call.words.say(key, {{"name", visible(a.name)}, {"near", near}}).c_str());
  return exit_found;
}

Result<int> show(const Arguments& a, const IntelCall& call) {
  Sources sources = TRY(open_sources(a, call));
  const std::vector<VendorHit> hits = sources.catalogue.find(a.name);
  if (hits.size() == 1 && !is_flaw(hits)) return show_vendor(a, call, sources, *hits.front().vendor);
  const std::vector<VendorHit> begun = hits.empty() ? sources.catalogue.find_beginning(a.name) : hits;
  if (!a.svg.empty() && begun.size() == 1) return show_vendor(a, call, sources, *begun.front().vendor);
  if (!a.svg.empty()) return error(Fault::usage, "intel_show_svg_vendor");
  if (!hits.empty() && !is_flaw(hits)) return show_threat(a, call, sources, hits);
  if (const auto indicators = TRY(find_indicators(sources, a.name)); !indicators.empty())
    return show_indicators(a, call, sources, indicators);
  if (!hits.empty()) return show_threat(a, call, sources, hits);
  const std::string_view name = a.name;
  if (sources.store && !TRY(stored_threats(*sources.store, std::span(&name, 1))).empty())
    return show_threat(a, call, sources, {});
  if (begun.size() == 1) return show_vendor(a, call, sources, *begun.front().vendor);
  if (!begun.empty()) return show_threat(a, call, sources, begun);
  // "Nothing is known" would be no answer of a store that is not there.
  if (call.named_store && !sources.store) return error(Fault::not_found, "intel_no_store");
  if (const auto parts = sources.catalogue.find_part(a.name); !parts.empty())
    return show_threat(a, call, sources, parts, "intel.show.part_of");
  return show_nothing(a, call, sources);
}

}  // namespace

void add_intel_show(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("show", a, show);
  sub.option("name", a->name).required();
  sub.option("--svg", a->svg);
  sub.option("--as-of", a->as_of);
  sub.flag("--json", a->json);
}

}  // namespace testudo
