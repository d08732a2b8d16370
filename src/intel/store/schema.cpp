#include "intel/store/schema.h"

#include <array>
#include <string>

#include "base/text.h"

namespace testudo {
namespace {

// A row holds from generation `since` on, and until (not in) generation `until`: nothing is ever overwritten, so the
// store can be shown as it was, and brought back.
constexpr std::string_view tables = R"(
CREATE TABLE generation (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, verb TEXT NOT NULL, what TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, withdrawn INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE import (generation INTEGER NOT NULL, source INTEGER NOT NULL, sha256 TEXT, octets INTEGER NOT NULL,
  added INTEGER NOT NULL, changed INTEGER NOT NULL, withdrawn INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  PRIMARY KEY (source, generation)) STRICT, WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, format TEXT NOT NULL, address TEXT,
  licence TEXT, etag TEXT, last_modified TEXT, sha256 TEXT) STRICT;
CREATE TABLE value (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, shown TEXT,
  UNIQUE (kind, value)) STRICT;
CREATE TABLE claim (id INTEGER PRIMARY KEY, value INTEGER NOT NULL, source INTEGER NOT NULL, object TEXT NOT NULL,
  role TEXT, tlp TEXT, confidence INTEGER, created INTEGER, modified INTEGER, valid_from INTEGER, valid_until INTEGER,
  first_seen INTEGER, last_seen INTEGER, revoked INTEGER NOT NULL, comment TEXT,
  since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE INDEX claim_value ON claim (value);
CREATE INDEX claim_source ON claim (source) WHERE until IS NULL;
CREATE TABLE threat (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE claim_threat (claim INTEGER, place INTEGER, threat INTEGER NOT NULL,
  PRIMARY KEY (claim, place)) STRICT, WITHOUT ROWID;
CREATE TABLE pattern (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
  object TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL, tlp TEXT, revoked INTEGER NOT NULL,
  since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE INDEX pattern_object ON pattern (source, object);
CREATE TABLE object (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, type TEXT NOT NULL, object TEXT NOT NULL,
  json TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE INDEX object_object ON object (source, object);
CREATE TABLE note (generation INTEGER NOT NULL, source INTEGER NOT NULL, object TEXT NOT NULL, defect TEXT NOT NULL,
  value TEXT NOT NULL) STRICT;
CREATE TABLE sighting (id INTEGER PRIMARY KEY, value INTEGER NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL,
  who TEXT NOT NULL, note TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER) STRICT;
CREATE INDEX sighting_value ON sighting (value);
CREATE TABLE retraction (id INTEGER PRIMARY KEY, value INTEGER NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL,
  until INTEGER) STRICT;
CREATE INDEX retraction_value ON retraction (value);
)";

// Of no earlier release; one that does not know it leaves it alone, so that the version is the same.
constexpr std::string_view later_tables = R"(
CREATE TABLE IF NOT EXISTS marking (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, tlp TEXT NOT NULL,
  since INTEGER NOT NULL, until INTEGER) STRICT;
)";

constexpr std::array<std::string_view, 5> roles = {"unstated", "attacker", "victim", "benign", "context"};
constexpr std::array<std::string_view, 5> markings = {"clear", "green", "amber", "amber+strict", "red"};

}  // namespace

Result<void> make_intel_tables(Connection& connection) {
  return connection.execute(std::string(tables) + std::string(later_tables) +
                            "PRAGMA user_version=" + std::to_string(intel_schema_version));
}

Result<void> add_later_tables(Connection& connection) {
  return connection.has_table("marking") ? Result<void>() : connection.execute(std::string(later_tables));
}

std::string_view role_name(Role role) { return roles[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from_name(std::string_view name) {
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i] == name) return static_cast<Role>(i);
  return std::nullopt;
}

std::string_view tlp_name(Tlp tlp) { return markings[static_cast<std::size_t>(tlp)]; }

std::optional<Tlp> tlp_from_name(std::string_view name) {
  std::string lower = lower_ascii(name);
  if (lower.starts_with("tlp:")) lower.erase(0, 4);
  if (lower == "white") return Tlp::clear;
  for (std::size_t i = 0; i < markings.size(); ++i)
    if (markings[i] == lower) return static_cast<Tlp>(i);
  return std::nullopt;
}

}  // namespace testudo
