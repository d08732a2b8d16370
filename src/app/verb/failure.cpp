// How a verb says that it could not do it: one plain sentence.
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

}  // namespace testudo
