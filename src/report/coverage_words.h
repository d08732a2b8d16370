// Words for coverage: what a source, and what was odd in it, is called in plain words. Floor 5.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "record/coverage.h"

namespace testudo {

// The name that people know a source by; the parser's own where the catalogue has none.
std::string name_of_source(const Catalogue& words, std::string_view source);
// The sentence of an anomaly; its bare name where the catalogue has none.
std::string sentence_of_anomaly(const Catalogue& words, const Anomaly& anomaly);

}  // namespace testudo
