// Variants: evidence made worse. From each case's files, broken ones are made for which nothing is expected but that
// the parser returns and that its records stay valid.
#pragma once

#include <functional>
#include <string>

#include "case_runner.h"

namespace testudo {

// Calls `each` with a name for the message and the case's files, one of them changed. The number is bounded: of long
// files and wide tables evenly spaced ones are taken, the same in every run.
using EachVariant = std::function<void(const std::string& what, const std::vector<CaseFile>& files)>;
// Every file cut at every octet, octets inverted, zero octets.
void damaged_files(const Case& from, const EachVariant& each);
// Every table dropped, every column dropped or renamed, all values replaced by NULL, other types and extremes; every
// blob cut. Only for databases made from SQL.
void changed_tables(const Case& from, const EachVariant& each);

}  // namespace testudo
