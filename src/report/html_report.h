// report.html: one self-contained file that a journalist understands and an expert can verify. No scripts from
// elsewhere, no request to anywhere; readable on a phone, in print, in light and dark, right to left. Floor 5.
#pragma once

#include <string>

#include "base/catalogue.h"
#include "report/check_report.h"
#include "report/finding_json.h"

namespace testudo {

// Same report, same bytes. All text of the evidence is escaped at one place.
std::string html_report(const CheckReport& report, const Catalogue& words, Redaction redaction);

}  // namespace testudo
