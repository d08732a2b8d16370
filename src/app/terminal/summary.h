// The summary that `check` prints for people: what was found, when, where, why; what could not be read; what to do.
// Floor 7.
#pragma once

#include <string>

#include "app/check/options.h"
#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

// To standard output. Text of the evidence is made harmless for a terminal; colour only where standard output is a
// terminal, and never as the only sign.
void print_summary(const CheckReport& report, const Catalogue& words, const CheckOptions& options);

// Which phone, which system, backup of when; what the backup does not say is called unknown.
std::string device_line(const DeviceFacts& device, const Catalogue& words);

}  // namespace testudo
