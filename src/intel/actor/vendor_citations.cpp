#include "intel/actor/vendor_citations.h"

#include <algorithm>

namespace testudo {
namespace {

void sort_once(std::vector<std::size_t>& numbers) {
  std::ranges::sort(numbers);
  const auto rest = std::ranges::unique(numbers);
  numbers.erase(rest.begin(), rest.end());
}

}  // namespace

VendorCitations::VendorCitations(const VendorFile& vendor) {
  for (const VendorSource& source : vendor.sources) number(source);
}

std::size_t VendorCitations::number(const VendorSource& source) {
  const auto same = [&](const VendorSource* s) { return s->url == source.url; };
  const auto found = std::ranges::find_if(sources_, same);
  if (found != sources_.end()) return static_cast<std::size_t>(found - sources_.begin()) + 1;
  sources_.push_back(&source);
  return sources_.size();
}

std::vector<std::size_t> VendorCitations::numbers(const VendorFile& vendor, const VendorStatement& statement) {
  std::vector<std::size_t> all;
  for (const std::size_t source : statement.sources) all.push_back(number(vendor.sources[source]));
  sort_once(all);
  return all;
}

std::vector<std::size_t> VendorCitations::numbers(const VendorRelation& relation) {
  std::vector<std::size_t> all;
  for (const VendorCitation& cited : relation.cited)
    for (const std::size_t n : numbers(*cited.vendor, *cited.statement)) all.push_back(n);
  sort_once(all);
  return all;
}

}  // namespace testudo
