// testudo intel warnings: lists of values that often are false alarms.
#include <cstdio>

#include "app/intel/sub_verb.h"
#include "app/intel/warnings_measure.h"
#include "app/worker/warnings.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/feed/value_kind.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

struct Arguments {
  std::string path, kind;
  std::vector<std::string> values;
  bool json = false, markdown = false;
};

// Lists of the program and of the store.
struct AllLists {
  OpenWarnings own;
  bool any_own = false;
  std::vector<WarningHit> find(Kind kind, std::string_view value) const {
    std::vector<WarningHit> hits, more;
    core_warnings().find(kind, value, hits);
    if (any_own) own.lists->find(kind, value, more);
    hits.insert(hits.end(), more.begin(), more.end());
    return hits;
  }
};

Result<AllLists> open_lists(const IntelCall& call) {
  AllLists lists;
  const Descriptor image = TRY(store_warnings(call.store));
  if (!image.valid()) return lists;
  lists.own = TRY(open_warnings(image.get()));
  lists.any_own = true;
  return lists;
}

Result<int> import(const Arguments& a, const IntelCall& call) {
  const CompiledWarnings compiled = TRY(compile_warnings(call.zygote, a.path));
  for (const std::string& file : compiled.left_out)
    call.print("intel.warnings.left_out", {{"name", visible(file)}, {"why", "no list"}});
  const OpenWarnings open = TRY(open_warnings(compiled.image.get()));
  const IntelStore store = TRY(call.open(IntelStore::Mode::write));
  TRY(save_warnings(store.folder(), compiled.image.get()));
  std::uint64_t entries = 0;
  const auto lists = open.lists->lists();
  for (const WarningList& list : lists) entries += list.entries;
  call.print("intel.warnings.imported", {{"n", std::to_string(lists.size())}, {"entries", std::to_string(entries)}});
  return exit_done;
}

void print_list(const WarningList& list, bool as_json, const IntelCall& call) {
  const std::string verdict(warning_verdict_name(list.verdict));
  if (!as_json)
    return call.print("intel.warnings.list", {{"name", visible(list.name)},
                                              {"verdict", verdict},
                                              {"entries", std::to_string(list.entries)},
                                              {"type", visible(list.type)}});
  std::string text;
  JsonText json(text);
  json.object().key("name").string(list.name).key("verdict").string(verdict);
  json.key("type").string(list.type).key("entries").integer(list.entries).end();
  std::puts(text.c_str());
}

Result<int> list(const Arguments& a, const IntelCall& call) {
  const AllLists lists = TRY(open_lists(call));
  for (const WarningList& row : core_warnings().lists()) print_list(row, a.json, call);
  if (lists.any_own)
    for (const WarningList& row : lists.own.lists->lists()) print_list(row, a.json, call);
  return exit_done;
}

std::string_view how_name(WarningHit::How how) {
  constexpr std::string_view names[] = {"equal", "below", "overlaps", "host", "part"};
  return names[static_cast<std::size_t>(how)];
}

void print_hits(const std::string& value, const std::vector<WarningHit>& hits, bool as_json, const IntelCall& call) {
  for (const WarningHit& hit : hits) {
    if (!as_json) {
      call.print("intel.warnings.hit", {{"value", visible(value)},
                                        {"list", visible(hit.list)},
                                        {"verdict", std::string(warning_verdict_name(hit.verdict))},
                                        {"entry", visible(hit.entry)}});
      continue;
    }
    std::string text;
    JsonText json(text);
    json.object().key("value").string(value).key("list").string(hit.list).key("entry").string(hit.entry);
    json.key("verdict").string(warning_verdict_name(hit.verdict)).key("how").string(how_name(hit.how)).end();
    std::puts(text.c_str());
  }
  if (hits.empty() && !as_json) call.print("intel.warnings.no_hit", {{"value", visible(value)}});
}

Result<int> test(const Arguments& a, const IntelCall& call) {
  const AllLists lists = TRY(open_lists(call));
  bool any = false;
  for (const std::string& value : a.values) {
    const auto kind = a.kind.empty() ? kind_of_value(value) : kind_from_name(a.kind);
    if (!kind) return error(Fault::usage, a.kind.empty() ? "intel_kind_unknown" : "intel_no_such_kind");
    Defects defects;
    const auto normal = normalise_indicator(*kind, value, defects);
    if (!normal) return error(Fault::usage, "intel_not_a_value");
    const std::vector<WarningHit> hits = lists.find(normal->type, normal->value);
    any |= !hits.empty();
    print_hits(value, hits, a.json, call);
  }
  return any ? exit_found : exit_done;
}

}  // namespace

void add_intel_warnings(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  IntelVerb group = verb.group("warnings");
  Verb sub = group.add("import", a, import);
  sub.option("lists", a->path).required();
  sub = group.add("list", a, list);
  sub.flag("--json", a->json);
  sub = group.add("test", a, test);
  sub.option("values", a->values).required();
  sub.option("--kind", a->kind);
  sub.flag("--json", a->json);
  sub = group.add("measure",
                  [a](const IntelCall& call) { return measure_warnings(call, a->path, a->values, a->markdown); });
  sub.option("feeds", a->values).required();
  sub.option("--warning-lists", a->path);
  sub.flag("--markdown", a->markdown);
}

}  // namespace testudo
