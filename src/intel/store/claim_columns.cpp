#include "intel/store/claim_columns.h"

#include "intel/store/schema.h"

namespace testudo {
namespace {

constexpr int modified_column = 5, first_seen_column = 8;  // last_seen stands behind the latter

Value time_or_null(const std::optional<Time>& time) { return time ? Value::of_integer(time->micros) : Value(); }

std::optional<Time> time_of(const Value& value) {
  if (value.is_null()) return std::nullopt;
  return Time{value.integer()};
}

bool same(const Value& a, const Value& b) {
  return a.type() == b.type() && a.integer() == b.integer() && a.text() == b.text();
}

}  // namespace

Value text_or_null(std::string_view text) { return text.empty() ? Value() : Value::of_text(text); }

std::array<Value, claim_column_count> claim_values(const FeedClaim& claim) {
  return {Value::of_text(claim.object),
          claim.role == Role::unstated ? Value() : Value::of_text(role_name(claim.role)),
          claim.tlp ? Value::of_text(tlp_name(*claim.tlp)) : Value(),
          claim.confidence ? Value::of_integer(*claim.confidence) : Value(),
          time_or_null(claim.created),
          time_or_null(claim.modified),
          time_or_null(claim.valid_from),
          time_or_null(claim.valid_until),
          time_or_null(claim.first_seen),
          time_or_null(claim.last_seen),
          Value::of_integer(claim.revoked ? 1 : 0),
          text_or_null(claim.comment)};
}

void bind_claim(Statement& statement, int first, const FeedClaim& claim) {
  const auto columns = claim_values(claim);
  for (int i = 0; i < claim_column_count; ++i) statement.bind(first + i, columns[static_cast<std::size_t>(i)]);
}

bool same_claim(const Statement& row, int first, const FeedClaim& claim) {
  const auto columns = claim_values(claim);
  for (int i = 0; i < claim_column_count; ++i)
    if (!same(row.value(first + i), columns[static_cast<std::size_t>(i)])) return false;
  return true;
}

std::optional<Time> stored_modified(const Statement& row, int first) {
  return time_of(row.value(first + modified_column));
}

void widen_seen(const Statement& row, int first, FeedClaim& claim) {
  const auto earliest = time_of(row.value(first + first_seen_column)),
             latest = time_of(row.value(first + first_seen_column + 1));
  if (earliest && (!claim.first_seen || *earliest < *claim.first_seen)) claim.first_seen = earliest;
  if (latest && (!claim.last_seen || *claim.last_seen < *latest)) claim.last_seen = latest;
}

StoredClaim read_claim(const Statement& row, int first) {
  StoredClaim claim;
  claim.object = row.text(first);
  claim.role = role_from_name(row.value(first + 1).text()).value_or(Role::unstated);
  claim.tlp = tlp_from_name(row.value(first + 2).text());
  if (const Value sure = row.value(first + 3); !sure.is_null())
    claim.confidence = static_cast<std::uint8_t>(sure.integer());
  std::optional<Time>* const times[] = {&claim.created,     &claim.modified,   &claim.valid_from,
                                        &claim.valid_until, &claim.first_seen, &claim.last_seen};
  for (int i = 0; i < 6; ++i) *times[i] = time_of(row.value(first + 4 + i));
  claim.revoked = row.integer(first + 10) != 0;
  claim.comment = row.text(first + 11);
  return claim;
}

}  // namespace testudo
