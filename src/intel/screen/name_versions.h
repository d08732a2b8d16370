// The names that one string holds: "Acme Ltd (formerly Beta Ltd)". Floor 3. docs/design/screening.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// The names that words for another name stand between: "formerly", "f/k/a", "a.k.a.", "d/b/a", "trading as", "alias" …;
// and, beside the whole, an abbreviation in brackets that ends it: "Testneft Oil Company (TOC)". The string alone where
// it holds neither. At most 8; each holds a letter or digit. Cost: half a microsecond where there is none.
std::vector<std::string> name_versions(std::string_view name);

}  // namespace testudo
