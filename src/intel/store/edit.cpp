#include "intel/store/edit.h"

namespace testudo {
namespace {

Result<std::int64_t> find_value(StoreChange& change, Kind kind, std::string_view value) {
  Statement find = TRY(change.connection().prepare(
      "SELECT id FROM value WHERE kind=?1 AND value=?2 AND EXISTS (SELECT 1 FROM claim WHERE claim.value=value.id AND "
      "until IS NULL)"));
  if (!TRY(find.bind(1, kind_name(kind)).bind(2, value).step())) return error(Fault::not_found, "intel_no_indicator");
  return find.integer(0);
}

Result<bool> is_retracted(StoreChange& change, std::int64_t value) {
  Statement find = TRY(change.connection().prepare("SELECT 1 FROM retraction WHERE value=?1 AND until IS NULL"));
  return TRY(find.bind(1, value).step());
}

}  // namespace

Result<void> retract(StoreChange& change, Kind kind, std::string_view value, std::string_view reason) {
  const std::int64_t id = TRY(find_value(change, kind, value));
  if (TRY(is_retracted(change, id))) return error(Fault::usage, "intel_already_retracted");
  Statement put = TRY(change.connection().prepare("INSERT INTO retraction(value,reason,since) VALUES(?1,?2,?3)"));
  TRY(put.bind(1, id).bind(2, reason).bind(3, change.generation()).run());
  return change.count(0, 0, 1);
}

Result<void> reinstate(StoreChange& change, Kind kind, std::string_view value) {
  const auto id = find_value(change, kind, value);
  if (!id) return {};
  Statement end = TRY(change.connection().prepare("UPDATE retraction SET until=?2 WHERE value=?1 AND until IS NULL"));
  return end.bind(1, *id).bind(2, change.generation()).run();
}

Result<void> sight(StoreChange& change, Kind kind, std::string_view value, const Sighting& sighting) {
  const std::int64_t id = TRY(find_value(change, kind, value));
  Statement put =
      TRY(change.connection().prepare("INSERT INTO sighting(value,at,count,who,note,since) VALUES(?1,?2,?3,?4,?5,?6)"));
  put.bind(1, id).bind(2, sighting.at.micros).bind(3, static_cast<std::int64_t>(sighting.count));
  TRY(put.bind(4, sighting.who).bind(5, sighting.note).bind(6, change.generation()).run());
  return change.count(0, 1, 0);
}

}  // namespace testudo
