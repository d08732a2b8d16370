#include "report/redaction.h"

namespace testudo {
namespace {

constexpr std::string_view mask = "***";

void mask_text(std::string& text) {
  if (!text.empty()) text = mask;
}

}  // namespace

void redact(Finding& finding) {
  finding.value = finding.indicator ? finding.indicator->value : std::string();
  if (!finding.detail.empty()) {
    const auto at = finding.why.find(" " + finding.detail);
    if (at != std::string::npos) finding.why.erase(at, finding.detail.size() + 1);
    finding.detail.clear();
  }
  finding.record_key.clear();
  finding.fields_json = finding.fields_json_redacted;
}

void redact(CheckReport& report) {
  for (Finding& finding : report.findings) redact(finding);
  DeviceFacts& device = report.device;
  for (std::string* text : {&device.name, &device.serial, &device.unique_id, &device.phone_number}) mask_text(*text);
}

}  // namespace testudo
