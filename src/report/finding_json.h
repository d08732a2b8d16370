// A finding as one line of findings.ndjson (docs/manual/outputs.md), and back. Floor 5.
#pragma once

#include <string>

#include "base/result.h"
#include "record/finding.h"

namespace testudo {

enum class Redaction : std::uint8_t {
  none,
  content,  // what people wrote and who they talk to is left out (report/redaction.h); the matched value stays
};

// Without a newline at its end. Same finding, same bytes.
std::string finding_to_json(const Finding& finding, Redaction redaction = Redaction::none);
// Reads what finding_to_json wrote. Fault::malformed for anything else.
Result<Finding> finding_from_json(std::string_view line);

}  // namespace testudo
