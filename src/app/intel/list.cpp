// testudo intel list, stats: what the store holds.
#include <cstdio>

#include "app/intel/indicator_json.h"
#include "app/intel/sub_verb.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/actor/vendor_json.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"
#include "intel/normalise.h"
#include "intel/store/indicator_query.h"

namespace testudo {
namespace {

struct Arguments {
  std::string kind, source, threat, value, as_of, language;
  bool json = false, withdrawn = false, patterns = false, objects = false;
};

Result<IndicatorFilter> filter_of(const Arguments& a, const IntelCall& call, IntelStore& store) {
  IndicatorFilter filter{.source = a.source, .threat = a.threat, .value = a.value, .withdrawn = a.withdrawn};
  TRY(call.has_source(store, a.source));
  TRY(call.has_threat(store, a.threat));
  filter.generation = TRY(call.generation(store, a.as_of));
  if (a.kind.empty()) return filter;
  filter.kind = kind_from_name(a.kind);
  if (!filter.kind) return error(Fault::usage, "intel_no_such_kind");
  return filter;
}

Result<int> list_patterns(const Arguments& a, const IntelCall& call, IntelStore& store) {
  const IndicatorFilter filter = TRY(filter_of(a, call, store));
  std::vector<StoredPattern> patterns = TRY(stored_patterns(store, a.language, filter.generation));
  narrow(patterns, filter);
  for (const StoredPattern& pattern : patterns)
    std::puts((a.json ? pattern_json(pattern) : pattern_line(pattern)).c_str());
  return exit_done;
}

Result<int> list_objects(const Arguments& a, const IntelCall& call, IntelStore& store) {
  TRY(each_stored_object(store, TRY(filter_of(a, call, store)), [&](const StoredObject& object) -> Result<void> {
    std::puts((a.json ? object_json(object) : object_line(object)).c_str());
    return {};
  }));
  return exit_done;
}

// A value as it was typed, and as the store holds what it looks like: with or without scheme, defanged, in capitals.
std::vector<std::string> spellings(const std::string& typed, std::optional<Kind> kind) {
  std::vector<std::string> all{typed};
  const std::string plain = refang(typed);
  if (!kind) kind = kind_of_value(plain);
  Defects defects;
  const auto normal = kind ? normalise_indicator(*kind, plain, defects) : std::nullopt;
  if (normal && normal->value != typed) all.push_back(normal->value);
  return all;
}

Result<int> list(const Arguments& a, const IntelCall& call) {
  IntelStore store = TRY(call.open(IntelStore::Mode::read));
  if (a.patterns) return list_patterns(a, call, store);
  if (a.objects) return list_objects(a, call, store);
  IndicatorFilter filter = TRY(filter_of(a, call, store));
  for (const std::string& value : spellings(a.value, filter.kind)) {
    filter.value = value;
    IndicatorCursor cursor = TRY(IndicatorCursor::open(store, filter));
    StoredIndicator indicator;
    while (TRY(cursor.next(indicator)))
      std::puts(a.json ? indicator_json(indicator).c_str() : indicator_line(indicator).c_str());
  }
  return exit_done;
}

std::string stats_json(const IndicatorCounts& counts, const std::vector<StoredSource>& sources, std::int64_t generation,
                       const VendorCounts& vendors) {
  std::string text;
  JsonText json(text);
  json.object().key("indicators").integer(static_cast<std::int64_t>(counts.all)).key("by_type").object();
  for (const auto& [kind, n] : counts.by_kind) json.key(kind_name(kind)).integer(static_cast<std::int64_t>(n));
  json.end().key("sources").array();
  for (const StoredSource& source : sources) {
    json.object().key("name").string(source.name);
    json.key("indicators").integer(static_cast<std::int64_t>(source.indicators)).key("updated");
    source.updated ? json.string(to_rfc3339(*source.updated)) : json.null();
    json.key("newest");
    source.newest ? json.string(to_rfc3339(*source.newest)) : json.null();
    json.key("format").string(source.format);
    if (!source.licence.empty()) json.key("licence").string(source.licence);
    json.end();
  }
  json.end().key("compared").integer(static_cast<std::int64_t>(counts.accused));
  json.key("context").integer(static_cast<std::int64_t>(counts.context));
  json.key("generation").integer(generation).key("vendors");
  append_vendor_counts(json, vendors);
  json.end();
  return text;
}

void print_stats(const IndicatorCounts& counts, const std::vector<StoredSource>& sources, const IntelCall& call) {
  call.print("intel.stats.all", {{"n", std::to_string(counts.all)}});
  call.print("intel.stats.compared",
             {{"n", std::to_string(counts.accused)}, {"context", std::to_string(counts.context)}});
  for (const auto& [kind, n] : counts.by_kind)
    call.print("intel.stats.kind", {{"kind", std::string(kind_name(kind))}, {"n", std::to_string(n)}});
  for (const StoredSource& source : sources) {
    const std::string unknown = call.words.say("intel.stats.undated");
    call.print("intel.stats.source", {{"name", visible(source.name)},
                                      {"n", std::to_string(source.indicators)},
                                      {"updated", source.updated ? to_rfc3339(*source.updated) : unknown},
                                      {"newest", source.newest ? to_rfc3339(*source.newest) : unknown}});
  }
}

void print_vendor_stats(const VendorCounts& counts, const IntelCall& call) {
  std::string fields;
  for (std::size_t i = 0; i < vendor_field_count; ++i)
    fields += (i == 0 ? "" : ", ") + std::to_string(counts.by_field[i]) + ' ' +
              std::string(vendor_field_name(static_cast<VendorField>(i)));
  call.print("intel.stats.vendors", {{"files", std::to_string(counts.files)},
                                     {"statements", std::to_string(counts.statements)},
                                     {"sources", std::to_string(counts.sources)}});
  call.print("intel.stats.vendor_fields", {{"fields", fields}});
}

struct Stats {
  IndicatorCounts counts;
  std::vector<StoredSource> sources;
  std::int64_t generation = 0;
};

Result<Stats> stats_of(IntelStore& store, std::int64_t generation) {
  return Stats{TRY(count_indicators(store, generation)), TRY(store.sources(generation)),
               generation == IntelStore::now ? TRY(store.generation()) : generation};
}

// Who has no store yet holds nothing but the files of vendors; a store that was named must be there.
Result<int> stats(const Arguments& a, const IntelCall& call) {
  Stats all;
  auto store = call.open(IntelStore::Mode::read);
  if (store)
    all = TRY(stats_of(*store, TRY(call.generation(*store, a.as_of))));
  else if (call.named_store || store.error().what != "intel_no_store")
    return std::move(store).error();
  const VendorCounts vendors = TRY(VendorCatalogue::load()).counts();
  if (a.json) {
    std::puts(stats_json(all.counts, all.sources, all.generation, vendors).c_str());
    return exit_done;
  }
  print_stats(all.counts, all.sources, call);
  print_vendor_stats(vendors, call);
  return exit_done;
}

}  // namespace

void add_intel_list(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("list", a, list);
  sub.option("--kind", a->kind);
  sub.option("--source", a->source);
  sub.option("--threat", a->threat);
  sub.option("--value", a->value);
  sub.flag("--withdrawn", a->withdrawn);
  sub.flag("--patterns", a->patterns);
  sub.flag("--objects", a->objects);
  sub.option("--language", a->language);
  sub.option("--as-of", a->as_of);
  sub.flag("--json", a->json);
  sub = verb.add("stats", a, stats);
  sub.option("--as-of", a->as_of);
  sub.flag("--json", a->json);
}

}  // namespace testudo
