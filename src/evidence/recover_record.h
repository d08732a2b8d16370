// Records of SQLite's b-tree cells, read without SQLite: what recovery takes rows from. Floor 2.
// Source: SQLite "Database File Format" §1.6 (varints, cells), §2.1 (record format), sqlite.org/fileformat2.html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "record/value.h"

namespace testudo {

// A variable-length integer of one to nine octets at `at`, which moves behind it; nothing if it is cut.
std::optional<std::uint64_t> read_varint(Bytes octets, std::size_t& at);

// The fields of a record, borrowed from `payload`; texts are in the database's encoding. False unless header and body
// fill the payload exactly, so that stray octets are not taken for a row.
bool decode_record(Bytes payload, std::vector<Value>& fields);

// Octets of a table leaf's payload that stand on the page itself; `usable` octets of a page.
std::uint64_t local_payload(std::uint64_t payload, std::uint32_t usable);

// More columns than SQLite can be built to allow.
inline constexpr std::size_t max_record_fields = 32767;

}  // namespace testudo
