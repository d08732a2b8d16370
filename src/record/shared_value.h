// Shared value: what a report for sharing (--redact) shows of a field. Floor 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/schema.h"

namespace testudo {

// Nothing where the field is content. Of an address its scheme and host, "***" for the rest: path, query and user name
// are what people did and typed, the host is what an indicator names. Any other text as it is.
std::optional<std::string> shared_text(const FieldInfo& field, std::string_view text);

}  // namespace testudo
