// Words for findings: what they amount to, how many there are of each severity, and values at a length that can be
// read. Floor 5.
#pragma once

#include <cstddef>
#include <string>

#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

// The verdict in one sentence, for the terminal. `whole`: everything that was read was looked at.
std::string verdict_sentence(const CheckReport& report, const Catalogue& words, bool whole = true);
// "64 critical, 16 high", the most severe first; empty where nothing was found.
std::string severity_counts(const CheckReport& report, const Catalogue& words);
// The text, or as many whole characters of it as fit into so many octets, and "…".
std::string cut_text(const std::string& text, std::size_t octets);

}  // namespace testudo
