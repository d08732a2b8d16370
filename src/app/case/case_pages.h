// Case pages: what `testudo case` prints, for people and as JSON. Hostile text is made harmless here. Floor 7.
#pragma once

#include <string>

#include "app/case/compare.h"
#include "app/case/rematch.h"
#include "base/catalogue.h"
#include "store/case_store.h"

namespace testudo {

// A case as one line of `case list`.
std::string list_line(const std::string& folder, CaseStore& store, const CheckReport& report, const CaseFacts& facts,
                      const Catalogue& words, bool json);
void show_case(const CheckReport& report, const CaseFacts& facts, const std::vector<StoredFinding>& findings,
               const Catalogue& words, bool json);
void print_rematch(const Rematch& rematch, const Catalogue& words, bool json);
void print_comparison(const Comparison& comparison, const Catalogue& words, bool json);

}  // namespace testudo
