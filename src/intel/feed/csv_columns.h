// What the columns of a delimited feed mean, by their names. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "record/kind.h"

namespace testudo {

enum class ColumnUse : std::uint8_t {
  unknown,
  value,  // an indicator whose kind another column or its own looks give
  typed,  // an indicator of `kind`
  type,   // the word for the kind of the value columns
  comment,
  threat,
  tags,
  tlp,
  confidence,
  role,
  object,
  created,
  modified,
  valid_from,
  valid_until,
  first_seen,
  last_seen,
  revoked,  // "true" for what its author withdrew
  shown,    // how a URL was spelled
  looks,    // cells that look like the family of `kind`; others of the column are none
  escaped,  // of our own exports alone: "true" where `value` and `shown` are written by csv_escape.h
};

struct Column {
  ColumnUse use = ColumnUse::unknown;
  Kind kind = Kind::text;
  std::string name;            // as the header has it
  Role role = Role::unstated;  // of its values, where the name tells: "Victim site", "C2"
  bool status = false;         // its cells say what became of a row: "Status", "Verdict"
  bool action = false;         // its cells say what a defender does with a row: "Block", "Allowed"
  bool sharing = false;        // its cells say with whom a row may be shared: "Sharing", "Classification"
};

// The columns that a header row names.
std::vector<Column> columns_of(const std::vector<std::string>& header);
// Whether our own CSV export wrote this header: its cells say all, and none is guessed at.
bool is_own_export(const std::vector<Column>& columns);
// Whether a row is a header from which indicators can be read: it names a column of values and holds none.
bool is_header(const std::vector<std::string>& row);

}  // namespace testudo
