#include "intel/control/confidence.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <vector>

namespace testudo {

namespace {

constexpr unsigned most_by_corroboration = 95;

}  // namespace

std::optional<std::uint8_t> combined_confidence(const StoredIndicator& indicator) {
  std::map<std::string_view, std::uint8_t> by_source;
  for (const StoredClaim& claim : indicator.claims) {
    if (claim.revoked || !claim.confidence || claim.role == Role::victim || claim.role == Role::benign) continue;
    std::uint8_t& surest = by_source[claim.source];
    surest = std::max(surest, std::min<std::uint8_t>(*claim.confidence, 100));
  }
  if (by_source.empty()) return std::nullopt;
  std::vector<std::uint8_t> values;
  values.reserve(by_source.size());
  for (const auto& [source, value] : by_source) values.push_back(value);
  std::ranges::sort(values, std::greater<>());
  double combined = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) combined += (100 - combined) * values[i] / 200;
  const double most = std::max<double>(values[0], most_by_corroboration);
  return static_cast<std::uint8_t>(std::min(combined, most));
}

}  // namespace testudo
