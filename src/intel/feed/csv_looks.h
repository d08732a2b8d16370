// Which columns of a delimited feed hold indicators, where their names alone do not tell. Floor 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/csv_columns.h"

namespace testudo {

// What is needed to look at a feed's first rows.
struct CsvHead {
  std::string_view text;  // the first octets of the feed
  char delimiter;
};

// The columns below a row that could be a header, or none if it is no header from which indicators can be read. A
// column of unlisted name is taken if a word of the name is a kind ("c2_ip") and half of its cells look like that, or
// if nearly all of its cells are digests, addresses or defanged; never where the name speaks of references, reporters
// or what else stands beside indicators.
std::vector<Column> columns_below(const std::vector<std::string>& header, CsvHead head);
// The columns of a feed without header: the one whose cells look most like indicators, those that nearly always do, and
// all others as unknown. None if none does in half of the rows.
std::vector<Column> columns_without_header(CsvHead head);
// Whether a value of looks `seen` belongs into a column of `named` values: hosts, addresses and links stand for each
// other, and digests do.
bool fits_column(Kind named, Kind seen);
// Whether values of this kind look like those of another: digests of certificates like those of files, names of
// applications like hosts.
bool is_told_by_name(Kind kind);
// The kind that a word of a phrase tells of a value that looks like `seen`: "Android package" of what could be a host.
std::optional<Kind> kind_told_by(std::string_view phrase, Kind seen);

}  // namespace testudo
