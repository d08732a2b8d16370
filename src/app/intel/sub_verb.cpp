#include "app/intel/sub_verb.h"

#include <cstdio>
#include <cstdlib>

#include "base/wall_clock.h"

namespace testudo {
Result<std::int64_t> IntelCall::generation(const IntelStore& in, const std::string& as_of) const {
  if (as_of.empty()) return IntelStore::now;
  const auto at = parse_rfc3339(as_of);
  if (!at) return error(Fault::usage, "intel_bad_date");
  return in.generation_at(*at);
}

void IntelCall::print(std::string_view key, std::initializer_list<Catalogue::Argument> arguments,
                      std::size_t indent) const {
  std::puts((std::string(indent, ' ') + words.say(key, arguments)).c_str());
}

CLI::App* IntelVerb::add(const char* name, const char* help, std::function<Result<int>(const IntelCall&)> action) {
  CLI::App* sub = verb_.add_subcommand(name, help);
  sub->callback([this_store = store_, &context = context_, &status = status_, action = std::move(action)] {
    const auto words = Catalogue::load(context.language);
    if (!words) {
      status = exit_failed;
      return;
    }
    const IntelCall call{context.zygote, *words, this_store->empty() ? default_intel_store() : *this_store,
                         wall_clock(), !this_store->empty()};
    const auto done = action(call);
    status = done ? *done : fail(*words, done.error());
  });
  return sub;
}

IntelVerb IntelVerb::group(const char* name, const char* help) const {
  CLI::App* verb = verb_.add_subcommand(name, help);
  verb->require_subcommand(1);
  IntelVerb below(*verb, context_, status_);
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
