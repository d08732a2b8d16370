#include "report/html_report.h"

namespace testudo {

std::string html_report(const CheckReport& report, const Catalogue&, Redaction) { return summary_json(report); }

}  // namespace testudo
