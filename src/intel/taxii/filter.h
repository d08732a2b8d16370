// The query of a request: what is asked for, from where on, how much at once. Floor 3. Source: TAXII 2.1, 3.4 and 3.5.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace testudo {

struct TaxiiFilter {
  static constexpr std::uint64_t largest_page = 1000;
  // What match[version] may name besides times. None of them and no times: the parameter was absent.
  bool first = false, last = false, all = false;
  std::vector<Time> versions;
  std::vector<std::string> ids, types, spec_versions;  // empty: any; any spec version means the latest of each object
  std::optional<Time> added_after;
  std::uint64_t limit = largest_page;
  std::optional<std::string> next;

  bool names_version() const { return first || last || all || !versions.empty(); }
  // One text for equal match filters, by which a cursor knows its query.
  std::string identity() const;
};

// Which parameters an endpoint knows. Those of other endpoints are an error: to leave one out would answer, or delete,
// more than was asked for.
struct TaxiiParameters {
  bool id = false, type = false, version = false, spec_version = false, paged = false;
};

// Fault::usage with an English sentence for: a parameter given twice, a match field that the endpoint does not know, a
// limit that is no positive number, a time that is none, broken percent-encoding. Parameters that are not of TAXII are
// ignored.
Result<TaxiiFilter> read_taxii_filter(std::string_view query, const TaxiiParameters& known);

// Percent-decoded; nothing if a '%' stands without two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

// A time as TAXII writes it: always six digits of a second and Z.
std::string taxii_time(Time time);

}  // namespace testudo
