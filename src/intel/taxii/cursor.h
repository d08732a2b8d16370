// The value of `next`: where a page ended, signed, so that no other value is taken for one. Floor 3.
// Source: TAXII 2.1, 3.5 (the value is opaque to clients, and used with the same query again).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace testudo {

// `query` is everything that must not change between the pages: endpoint, collection, match filters.
std::string make_cursor(std::string_view key, std::string_view query, Time after);
// Nothing if it was not made with this key for this query.
std::optional<Time> read_cursor(std::string_view key, std::string_view query, std::string_view cursor);

}  // namespace testudo
