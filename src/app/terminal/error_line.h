// Error line: how the program says on standard error what went wrong, "testudo: …". Floor 7.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"

namespace testudo {

// The sentence of this key, as a line without its end.
inline std::string error_line(const Catalogue& words, std::string_view key) {
  return words.say("error.prefix", {{"text", words.say(key)}});
}

}  // namespace testudo
