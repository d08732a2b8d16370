// Coverage for people: what was read in part or not at all, and why, then what was read. Floor 7.
#pragma once

#include "app/terminal/page.h"
#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

void print_coverage(TerminalPage& page, const CheckReport& report, const Catalogue& words);

}  // namespace testudo
