// What a check was compared with, in sentences for the terminal. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

// How many indicators there were and how old, or that there were none; then what of them could not be read and what was
// left out, as in sentences_of_lost_feeds. Names of files are made visible.
std::vector<std::string> sentences_of_feeds(const CheckReport& report, const Catalogue& words);
// What was named as indicators and cannot be read to its end, and what is none; empty where all was read.
std::vector<std::string> sentences_of_lost_feeds(const CheckReport& report, const Catalogue& words);

}  // namespace testudo
