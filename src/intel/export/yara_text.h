// Kept YARA rules, read far enough to know that they end where they should, reach for no other file, and have names of
// their own. Floor 3. Source: YARA documentation, "Writing YARA rules"; YARA 4.2.3 reserves the keywords.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace testudo {

struct YaraText {
  struct Name {
    std::size_t at = 0, size = 0;  // where an identifier stands that may be a rule's name
  };
  std::vector<std::string> rules;    // names that the text defines
  std::vector<std::string> modules;  // imported or used
  std::vector<Name> words;           // identifiers that are neither $strings nor behind a dot
  std::size_t body = 0;              // where the first rule begins, behind the imports
};

// Fault::malformed for text that is not whole rules (open string, comment or brace; stray text), Fault::unsupported for
// `include` and modules that YARA does not bring. Cost: linear.
Result<YaraText> read_yara(std::string_view text);

}  // namespace testudo
