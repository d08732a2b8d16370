// The tables of an intelligence store. Floor 3. What each holds: docs/design/intelligence-store.md.
#pragma once

#include <optional>
#include <string_view>

#include "intel/feed/feed_sink.h"
#include "store/sqlite.h"

namespace testudo {

// The number in PRAGMA user_version. A store of a later number is refused, never guessed at.
inline constexpr int intel_schema_version = 1;

// Makes the tables in an empty database.
Result<void> make_intel_tables(Connection& connection);
// Adds those that a store of an earlier release lacks.
Result<void> add_later_tables(Connection& connection);

// How roles and markings stand in the tables, in JSON and on the command line: "attacker", "amber+strict".
std::string_view role_name(Role role);
std::optional<Role> role_from_name(std::string_view name);
std::string_view tlp_name(Tlp tlp);
// Also the names of TLP 1.0 ("white") and with a leading "tlp:", in any case.
std::optional<Tlp> tlp_from_name(std::string_view name);

}  // namespace testudo
