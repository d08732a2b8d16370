// Catalogue: every sentence that a user reads, by key and language, from knowledge/text/<language>/*.txt. Floor 0.
//
// A file holds lines `key = sentence with {name} placeholders`, `#` comments, and indented lines that continue the
// sentence above. Keys are lower-case words with dots; plural sentences stand under `key.one` and `key.other`.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace testudo {

class Catalogue {
 public:
  using Argument = std::pair<std::string_view, std::string>;

  // The sentences of one language; what it lacks is English. "qps-rtl" is English between marks and right to left, so
  // that tests see any sentence that did not come from here. Fault::not_found for a language without files,
  // Fault::malformed for a line that is neither a sentence, a comment nor a continuation.
  static Result<Catalogue> load(std::string_view language);
  // The same from other files than those of the program, whose paths must look the same; for tests and translators.
  static Result<Catalogue> load_from(std::string_view language, std::span<const EmbeddedFile> files);

  // The sentence with its placeholders replaced. An unknown key gives the key; a placeholder without an argument stays
  // as it is. Arguments are put in as they are: callers make hostile text harmless (visible(), HTML escaping).
  std::string say(std::string_view key, std::initializer_list<Argument> arguments = {}) const;
  // The sentence for a count: `key.one` for 1, else `key.other`; {n} is the count. The key if that is not defined.
  std::string say_count(std::string_view key, std::int64_t n, std::initializer_list<Argument> arguments = {}) const;
  bool has(std::string_view key) const;
  bool right_to_left() const;
  std::string_view language() const { return language_; }
  // All keys that are defined, in order; for tests.
  std::vector<std::string_view> keys() const;

 private:
  std::string fill(std::string_view key, std::span<const Argument> arguments) const;
  std::string language_;
  std::map<std::string, std::string, std::less<>> sentences_;
};

}  // namespace testudo
