// The columns of the table `claim` that hold what a feed says, written, read and compared in one order. Floor 3.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "intel/feed/feed_sink.h"
#include "intel/store/stored_indicator.h"
#include "store/sqlite.h"

namespace testudo {

inline constexpr std::string_view claim_columns =
    "object,role,tlp,confidence,created,modified,valid_from,valid_until,first_seen,last_seen,revoked,comment";

// Binds the columns from parameter `first` on. The claim's texts are borrowed until the statement has run.
inline constexpr int claim_column_count = 12;
// The values of these columns; views of the claim.
std::array<Value, claim_column_count> claim_values(const FeedClaim& claim);
void bind_claim(Statement& statement, int first, const FeedClaim& claim);
// Whether the row, whose columns stand from `first` on, says the same as the claim.
bool same_claim(const Statement& row, int first, const FeedClaim& claim);
std::optional<Time> stored_modified(const Statement& row, int first);
// Makes the claim's first_seen the earlier and its last_seen the later of its own and the row's.
void widen_seen(const Statement& row, int first, FeedClaim& claim);
StoredClaim read_claim(const Statement& row, int first);

// NULL for an empty text.
Value text_or_null(std::string_view text);

}  // namespace testudo
