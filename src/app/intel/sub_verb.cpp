#include "app/intel/sub_verb.h"

#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "base/wall_clock.h"

namespace testudo {
Result<Time> IntelCall::moment(const std::string& as_of) const {
  const auto at = parse_rfc3339(as_of);
  if (!at) return error(Fault::usage, "intel_bad_date");
  constexpr std::int64_t day = 86'400'000'000;
  const bool whole_day = as_of.size() == std::string_view("2026-05-01").size();
  return whole_day ? Time{at->micros + day - 1} : *at;
}

Result<std::int64_t> IntelCall::generation(const IntelStore& in, const std::string& as_of) const {
  return as_of.empty() ? IntelStore::now : in.generation_at(TRY(moment(as_of)));
}

Result<void> IntelCall::has_source(IntelStore& in, const std::string& name) const {
  if (name.empty()) return {};
  Statement find = TRY(in.connection().prepare("SELECT 1 FROM source WHERE name=?1"));
  return TRY(find.bind(1, std::string_view(name)).step()) ? Result<void>()
                                                          : error(Fault::usage, "intel_no_such_source");
}

Result<void> IntelCall::has_threat(IntelStore& in, const std::string& name) const {
  if (name.empty()) return {};
  const std::string wanted = lower_ascii(name);
  Statement rows = TRY(in.connection().prepare("SELECT name FROM threat"));
  while (TRY(rows.step()))
    if (lower_ascii(rows.text(0)).find(wanted) != std::string::npos) return {};
  return error(Fault::usage, "intel_no_such_threat");
}

void IntelCall::print(std::string_view key, std::initializer_list<Catalogue::Argument> arguments,
                      std::size_t indent) const {
  std::puts((std::string(indent, ' ') + words.say(key, arguments)).c_str());
}

Verb IntelVerb::add(const char* name, std::function<Result<int>(const IntelCall&)> action) {
  return verb_.add_verb(name, [store = store_, &context = context_, action = std::move(action)] {
    return run_action(context, [&](const Catalogue& words) {
      return action(
          {context.zygote, words, store->empty() ? default_intel_store() : *store, wall_clock(), !store->empty()});
    });
  });
}

IntelVerb IntelVerb::group(const char* name) {
  IntelVerb below(verb_.add_group(name), context_);
  below.store_ = store_;
  return below;
}

std::string default_intel_store() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
    return std::string(data) + "/testudo/intel";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return std::string(home) + "/.local/share/testudo/intel";
  return {};
}

}  // namespace testudo
