// testudo intel history, rollback: every change of the store, and the way back.
#include <cstdio>

#include "app/intel/store_image.h"
#include "app/intel/sub_verb.h"
#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
namespace {

struct Arguments {
  std::int64_t generation = 0;
  bool json = false;
};

std::string generation_json(const Generation& g) {
  std::string text;
  JsonText json(text);
  json.object().key("generation").integer(g.id).key("at").string(to_rfc3339(g.at)).key("verb").string(g.verb);
  json.key("what").string(g.what).key("added").integer(static_cast<std::int64_t>(g.added));
  json.key("changed").integer(static_cast<std::int64_t>(g.changed));
  json.key("withdrawn").integer(static_cast<std::int64_t>(g.withdrawn)).end();
  return text;
}

Result<int> history(const Arguments& a, const IntelCall& call) {
  IntelStore store = TRY(call.open(IntelStore::Mode::read));
  for (const Generation& g : TRY(store.history())) {
    if (a.json) {
      std::puts(generation_json(g).c_str());
      continue;
    }
    call.print("intel.history.line", {{"n", std::to_string(g.id)},
                                      {"at", to_rfc3339(g.at)},
                                      {"verb", visible(g.verb)},
                                      {"what", visible(g.what)},
                                      {"added", std::to_string(g.added)},
                                      {"changed", std::to_string(g.changed)},
                                      {"withdrawn", std::to_string(g.withdrawn)}});
  }
  return exit_done;
}

Result<int> rollback(const Arguments& a, const IntelCall& call) {
  TRY(call.open(IntelStore::Mode::read));  // where there is none, none is made
  IntelStore store = TRY(call.open(IntelStore::Mode::write));
  StoreChange change = TRY(StoreChange::begin(store, "rollback", {}, call.now));
  TRY(roll_back(change, a.generation));
  TRY(change.commit());
  write_store_image(store);
  call.print("intel.rollback.done", {{"n", std::to_string(a.generation)}});
  return exit_done;
}

}  // namespace

void add_intel_history(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("history", a, history);
  sub.flag("--json", a->json);
  sub = verb.add("rollback", a, rollback);
  sub.option("generation", a->generation).required();
}

}  // namespace testudo
