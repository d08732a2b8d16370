// How a verb runs, and how it says that it could not do it: one plain sentence.
#include <cstdio>

#include "app/verb/verb.h"
#include "base/text.h"

namespace testudo {

std::string sentence_of(const Catalogue& words, const Error& e) {
  const std::string key = "error." + e.what;
  return words.has(key) ? words.say(key) : visible(e.what);
}

int fail(const Catalogue& words, const Error& e, const std::string& about) {
  std::string sentence = sentence_of(words, e);
  if (!about.empty()) sentence = words.say("error.about", {{"what", visible(about)}, {"text", sentence}});
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
  if (!done) return fail(*words, done.error());
  // A full disk or a reader that went away: what was asked for is not there.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return fail(*words, error(Fault::io, "output_not_written"));
  return *done;
}

}  // namespace testudo
