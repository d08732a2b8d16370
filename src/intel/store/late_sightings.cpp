#include "intel/store/late_sightings.h"

#include <sqlite3.h>

#include "intel/store/claim_columns.h"

namespace testudo {
namespace {

struct Dates {
  std::int64_t claim;
  std::optional<Time> first, last;
};

Value time_or_null(const std::optional<Time>& time) { return time ? Value::of_integer(time->micros) : Value(); }

// The row again with these dates, in the old one's place.
Result<void> renew(StoreChange& change, const Dates& dates) {
  Connection& db = change.connection();
  const std::string now = std::to_string(change.generation()), old = std::to_string(dates.claim);
  Statement copy = TRY(
      db.prepare("INSERT INTO claim(value,source,object,role,tlp,confidence,created,modified,valid_from,valid_until,"
                 "first_seen,last_seen,revoked,comment,since) SELECT value,source,object,role,tlp,confidence,created,"
                 "modified,valid_from,valid_until,?1,?2,revoked,comment," +
                 now + " FROM claim WHERE id=" + old));
  TRY(copy.bind(1, time_or_null(dates.first)).bind(2, time_or_null(dates.last)).run());
  const std::string fresh = std::to_string(sqlite3_last_insert_rowid(db.handle()));
  TRY(db.execute("INSERT INTO claim_threat SELECT " + fresh + ",place,threat FROM claim_threat WHERE claim=" + old));
  return db.execute("UPDATE claim SET until=" + now + " WHERE id=" + old);
}

}  // namespace

void LateSightings::add(const FeedSeen& seen) {
  by_object_[std::string(seen.object)].push_back({seen.tlp.value_or(Tlp::clear), seen.first, seen.last});
}

Result<std::uint64_t> LateSightings::apply(StoreChange& change, std::int64_t source) const {
  if (by_object_.empty()) return std::uint64_t{0};
  std::vector<Dates> changed;
  Statement rows = TRY(change.connection().prepare("SELECT id," + std::string(claim_columns) +
                                                   " FROM claim WHERE until IS NULL AND source=?1"));
  rows.bind(1, source);
  while (TRY(rows.step())) {
    const auto found = by_object_.find(rows.value(1).text());
    if (found == by_object_.end()) continue;
    const StoredClaim claim = read_claim(rows, 1);
    Dates dates{rows.integer(0), claim.first_seen, claim.last_seen};
    for (const Seen& seen : found->second) {
      if (seen.tlp > claim.tlp.value_or(Tlp::clear)) continue;
      if (seen.first && (!dates.first || *seen.first < *dates.first)) dates.first = seen.first;
      if (seen.last && (!dates.last || *dates.last < *seen.last)) dates.last = seen.last;
    }
    if (dates.first != claim.first_seen || dates.last != claim.last_seen) changed.push_back(dates);
  }
  rows.reset();
  for (const Dates& dates : changed) TRY(renew(change, dates));
  return static_cast<std::uint64_t>(changed.size());
}

}  // namespace testudo
