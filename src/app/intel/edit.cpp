// testudo intel add, retract, sight: what the desk itself enters.
#include <cstdio>

#include "app/intel/store_image.h"
#include "app/intel/sub_verb.h"
#include "base/text.h"
#include "intel/control/block_verdict.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"
#include "intel/normalise.h"
#include "intel/store/edit.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> values;
  std::string kind, threat, role, tlp, comment, valid_from, valid_until, first_seen, last_seen, reason, at, who;
  std::string source = "own";
  std::optional<std::uint8_t> confidence;
  std::uint64_t count = 1;
};

// A value as the user typed it, defanged or not, in the spelling in which the store holds it.
Result<NormalisedIndicator> typed_value(const Arguments& a, const std::string& typed) {
  const std::string value = refang(typed);
  const auto kind = a.kind.empty() ? kind_of_value(value) : kind_from_name(a.kind);
  if (!kind) return error(Fault::usage, a.kind.empty() ? "intel_kind_unknown" : "intel_no_such_kind");
  Defects defects;
  auto normal = normalise_indicator(*kind, value, defects);
  if (!normal) return error(Fault::usage, "intel_not_a_value");
  return *normal;
}

Result<std::optional<Time>> typed_date(const std::string& text) {
  if (text.empty()) return std::optional<Time>();
  const auto time = parse_rfc3339(text);
  if (!time) return error(Fault::usage, "intel_bad_date");
  return time;
}

Result<FeedClaim> typed_claim(const Arguments& a, const IntelCall& call) {
  FeedClaim claim{.threat = a.threat, .comment = a.comment};
  claim.created = claim.modified = call.now;
  claim.valid_from = TRY(typed_date(a.valid_from));
  claim.valid_until = TRY(typed_date(a.valid_until));
  claim.first_seen = TRY(typed_date(a.first_seen));
  claim.last_seen = TRY(typed_date(a.last_seen));
  if (claim.valid_from && claim.valid_until && *claim.valid_until <= *claim.valid_from)
    return error(Fault::usage, "intel_ends_before_it_begins");
  if (claim.first_seen && claim.last_seen && *claim.last_seen < *claim.first_seen)
    return error(Fault::usage, "intel_ends_before_it_begins");
  claim.confidence = a.confidence;
  if (!a.role.empty()) claim.role = *role_from_name(a.role);
  if (!a.tlp.empty()) claim.tlp = tlp_from_name(a.tlp);
  return claim;
}

// Which of several values it is that an error speaks of.
Error of_value(Error error, const std::string& typed, const Arguments& a, const IntelCall& call) {
  if (a.values.size() > 1)
    std::fprintf(stderr, "%s\n", call.words.say("intel.edit.value", {{"value", visible(typed)}}).c_str());
  return error;
}

// Says of a value that was entered as an attacker's why it will stand on no block list all the same.
void tell_false_alarm(const NormalisedIndicator& value, const Arguments& a, const IntelCall& call) {
  if (!a.role.empty() && a.role != "unstated" && a.role != "attacker") return;
  StoredIndicator one;
  one.kind = value.type;
  one.value = value.value;
  one.claims.emplace_back();
  const Withheld why = block_verdict(one, call.now);
  if (why != Withheld::shared_platform && why != Withheld::generic && why != Withheld::warning_list &&
      why != Withheld::network_too_wide && why != Withheld::covers_others)
    return;
  std::fprintf(stderr, "%s: %s\n", visible(value.value).c_str(),
               call.words.say("intel.show.warning." + std::string(withheld_name(why))).c_str());
}

// Runs `edit` for each value inside one change, and compiles what came out. Nothing is said to be done before it is.
template <typename Edit>
Result<int> change_values(const Arguments& a, const IntelCall& call, std::string_view verb, Edit edit) {
  // Only `add` makes a store.
  if (verb != "add") TRY(call.open(IntelStore::Mode::read));
  IntelStore store = TRY(call.open(IntelStore::Mode::write));
  StoreChange change = TRY(StoreChange::begin(store, verb, a.values[0], call.now));
  std::vector<NormalisedIndicator> changed;
  for (const std::string& typed : a.values) {
    auto value = typed_value(a, typed);
    if (!value) return of_value(value.error(), typed, a, call);
    if (auto done = edit(change, *value); !done) return of_value(done.error(), typed, a, call);
    changed.push_back(std::move(*value));
  }
  TRY(change.commit());
  write_store_image(store);
  for (const NormalisedIndicator& value : changed)
    call.print("intel." + std::string(verb) + ".done",
               {{"kind", std::string(kind_name(value.type))}, {"value", visible(value.value)}});
  if (verb == "add")
    for (const NormalisedIndicator& value : changed) tell_false_alarm(value, a, call);
  return exit_done;
}

Result<int> add(const Arguments& a, const IntelCall& call) {
  FeedClaim claim = TRY(typed_claim(a, call));
  return change_values(a, call, "add", [&](StoreChange& change, const NormalisedIndicator& value) -> Result<void> {
    FeedImport import = TRY(FeedImport::begin(change, {.name = a.source, .format = std::string(own_entries)},
                                              FeedImport::Unrepeated::keep));
    claim.kind = value.type;
    claim.value = value.value;
    claim.shown = value.shown;
    TRY(reinstate(change, value.type, value.value));
    TRY(import.claim(claim));
    TRY(import.finish());
    return {};
  });
}

Result<int> retract_values(const Arguments& a, const IntelCall& call) {
  return change_values(a, call, "retract", [&](StoreChange& change, const NormalisedIndicator& value) {
    return retract(change, value.type, value.value, a.reason);
  });
}

Result<int> sight_values(const Arguments& a, const IntelCall& call) {
  const Time at = TRY(typed_date(a.at)).value_or(call.now);
  if (call.now < at) return error(Fault::usage, "intel_sight_ahead");  // it would stop the block clock until then
  return change_values(a, call, "sight", [&](StoreChange& change, const NormalisedIndicator& value) {
    return sight(change, value.type, value.value, {.at = at, .count = a.count, .who = a.who, .note = a.comment});
  });
}

void add_values(Verb sub, Arguments& a) {
  sub.option("values", a.values).required();
  sub.option("--kind", a.kind);
}

}  // namespace

void add_intel_edit(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("add", a, add);
  add_values(sub, *a);
  sub.option("--threat", a->threat);
  sub.option("--role", a->role).one_of({"unstated", "attacker", "victim", "benign", "context"});
  sub.option("--tlp", a->tlp).one_of({"clear", "green", "amber", "amber+strict", "red"});
  sub.option("--confidence", a->confidence).range(0, 100);
  sub.option("--valid-from", a->valid_from);
  sub.option("--valid-until", a->valid_until);
  sub.option("--first-seen", a->first_seen);
  sub.option("--last-seen", a->last_seen);
  sub.option("--comment", a->comment);
  sub.option("--source", a->source);
  sub = verb.add("retract", a, retract_values);
  add_values(sub, *a);
  sub.option("--reason", a->reason).required();
  sub = verb.add("sight", a, sight_values);
  add_values(sub, *a);
  sub.option("--at", a->at);
  sub.option("--count", a->count).range(1, 1'000'000'000);
  sub.option("--by", a->who);
  sub.option("--comment", a->comment);
}

}  // namespace testudo
