// How a verb runs, and how it says that it could not do it: one plain sentence.
#include <cstdio>

#include "app/verb/verb.h"
#include "base/text.h"

namespace testudo {

int fail(const Catalogue& words, const Error& e) {
  const std::string key = "error." + e.what;
  const std::string sentence = words.has(key) ? words.say(key) : visible(e.what);
  std::fprintf(stderr, "%s\n", words.say("error.prefix", {{"text", sentence}}).c_str());
  return exit_failed;
}

int run_action(const VerbContext& context, const std::function<Result<int>(const Catalogue&)>& action) {
  const auto words = Catalogue::load(context.language);
  if (!words) {
    std::fprintf(stderr, "testudo: %s\n", visible(words.error().what).c_str());
    return exit_failed;
  }
  const auto done = action(*words);
  return done ? *done : fail(*words, done.error());
}

}  // namespace testudo
