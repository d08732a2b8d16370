// Values that are no addresses as they are compared: digests, paths, names of files, phones, numbered things. Part of
// normalise_indicator(). Floor 3.
#pragma once

#include <optional>
#include <string_view>

#include "intel/normalise.h"

namespace testudo {

// Each: the value, or nothing with a defect that says why. The value is trimmed and UTF-8.
std::optional<NormalisedIndicator> normalise_hash(Kind type, std::string_view value, Defects& defects);
std::optional<NormalisedIndicator> normalise_path(std::string_view value, Defects& defects);
// A file's or a process's name; one with folders is a path.
std::optional<NormalisedIndicator> normalise_file(Kind type, std::string_view value, Defects& defects);
std::optional<NormalisedIndicator> normalise_phone(std::string_view value, Defects& defects);
std::optional<NormalisedIndicator> normalise_cve(std::string_view value, Defects& defects);
std::optional<NormalisedIndicator> normalise_asn(std::string_view value, Defects& defects);

// "/private" or "/data" alone would name half of every device.
bool is_first_folder(std::string_view path);

}  // namespace testudo
