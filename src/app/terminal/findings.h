// Findings for people: how many of each severity, and each kind once. Floor 7.
#pragma once

#include "app/check/options.h"
#include "app/terminal/page.h"
#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

// At most two screens: the most severe kinds with all that is to be said of them, the others in short, and where the
// rest stands. Nothing where there is no finding.
void print_findings(TerminalPage& page, const CheckReport& report, const Catalogue& words, const CheckOptions& options);

}  // namespace testudo
