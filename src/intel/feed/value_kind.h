// What kind of indicator a word or a value is. Floor 3. Sources: the column and type names of the feeds in
// docs/formats/feeds.md.
#pragma once

#include <optional>
#include <string_view>

#include "record/kind.h"

namespace testudo {

// The kind that a value is by its own looks, defanging undone: hash, address, network, host with a known suffix, URL,
// e-mail address, path, registry key, CVE, AS number, application id. Nothing for what could be anything.
std::optional<Kind> kind_of_value(std::string_view value);

// The kind that a feed's word for a type or a column names: "FileHash-SHA256", "ip-dst", "package name". Case, blanks
// and punctuation do not count. `ipv4` stands for addresses of both families, `sha256` for "hash": see fitted_kind().
std::optional<Kind> kind_of_word(std::string_view word);
// Whether a key, column or type is called by a digest that is none of a file's octets: "imphash", "FileHash-PEHASH",
// "rich_header_md5", "logic_hash" (of a rule, YARA Forge). Such a value looks like a file's.
bool names_other_digest(std::string_view name);

// The same kind as `kind` of the family that fits the value: an address or network by its shape, a hash by its length.
// Any other kind as it is.
Kind fitted_kind(Kind kind, std::string_view value);

// The kind that a list's file name promises: "package_names.txt", "samples.sha256".
std::optional<Kind> kind_of_file_name(std::string_view name);

}  // namespace testudo
