// How the indices of a MISP feed's folder are told: manifest.json, whose members are named by events, and hashes.csv.
// Floor 3. Source: PyMISP's feed generator.
#pragma once

#include <string_view>

namespace testudo {

// 8-4-4-4-12 octets, whatever they are.
bool has_uuid_shape(std::string_view text);
// Whether the first rows of a file are those of hashes.csv: the MD5 of a value, the UUID of its event.
bool is_hash_index(std::string_view head);

}  // namespace testudo
