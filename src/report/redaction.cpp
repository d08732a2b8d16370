#include "report/redaction.h"

#include <simdjson.h>

namespace testudo {
namespace {

constexpr std::string_view mask = "***";

void mask_text(std::string& text) {
  if (!text.empty()) text = mask;
}

// What the fields that may be shared say of the one that a rule shows.
std::string shared_value(const Finding& finding) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  if (parser.parse(simdjson::padded_string(finding.fields_json_redacted))[finding.field].get(value) !=
      simdjson::SUCCESS)
    return {};
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(value);
}

}  // namespace

void redact(Finding& finding) {
  finding.value = finding.indicator ? finding.indicator->value : shared_value(finding);
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
