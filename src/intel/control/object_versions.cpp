#include "intel/control/object_versions.h"

#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "intel/secret_hash.h"

namespace testudo {
namespace {

constexpr std::size_t uuid_size = 36;

bool names_an_object(const StoredClaim& claim) {
  return claim.object.size() >= uuid_size &&
         is_uuid(std::string_view(claim.object).substr(claim.object.size() - uuid_size));
}

// Whether `a` is from a later version than `b`. Without a date nothing is known of the order.
bool is_later(const StoredClaim& a, const StoredClaim& b) {
  const auto of_a = a.modified ? a.modified : a.created, of_b = b.modified ? b.modified : b.created;
  if (!of_a || !of_b) return false;
  return *of_a != *of_b ? *of_a > *of_b : a.revoked && !b.revoked;
}

}  // namespace

std::vector<bool> outdated_claims(const StoredIndicator& indicator) {
  std::vector<bool> outdated(indicator.claims.size());
  if (indicator.claims.size() < 2) return outdated;
  std::unordered_map<std::string_view, const StoredClaim*, SecretHash, std::equal_to<>> latest;
  for (const StoredClaim& claim : indicator.claims) {
    if (!names_an_object(claim)) continue;
    const auto [known, fresh] = latest.try_emplace(claim.object, &claim);
    if (!fresh && is_later(claim, *known->second)) known->second = &claim;
  }
  for (std::size_t i = 0; i < outdated.size(); ++i)
    if (const auto known = latest.find(indicator.claims[i].object); known != latest.end())
      outdated[i] = is_later(*known->second, indicator.claims[i]);
  return outdated;
}

}  // namespace testudo
