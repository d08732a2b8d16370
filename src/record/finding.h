// Finding: what was seen, where, why it matters, what it does not prove. Floor 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "record/kind.h"

namespace testudo {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
std::string_view severity_name(Severity severity);
std::optional<Severity> severity_from_name(std::string_view name);

enum class Corroboration : std::uint8_t {
  none,            // the question does not arise: a setting or a fact, not a trace that could be planted
  uncorroborated,  // one artefact alone
  corroborated,    // at least two independent sources of evidence name the same threat
};
std::string_view corroboration_name(Corroboration corroboration);

// Who says that a value is bad.
struct IndicatorSource {
  std::string feed;    // file or feed name
  std::string threat;  // malware, report or actor name in that feed; empty if it gave none
  std::string id;      // the object's id in that feed
};

struct IndicatorRef {
  Kind type = Kind::text;
  std::string value;   // normalised
  std::string threat;  // of the first source that names one
  std::string role;    // "context" or "victim" where no source calls it an attacker's; else empty
  std::vector<IndicatorSource> sources;
};

// A finding. All sentences are already in the chosen language.
struct Finding {
  std::string id;  // hash of device, rule, file, record key and indicator: 32 hexadecimal characters
  Severity severity = Severity::info;
  int confidence = 0;  // 0 to 100, on the STIX scale
  std::string title;
  std::string why;           // why it matters
  std::string detail;        // a rule's own sentence about this record, which is also part of `why`; may quote content
  std::string rule_sources;  // the publications that a rule rests on; empty for indicators
  std::string does_not_prove;  // the limits, and what benign causes there are
  std::string next_step;       // what to do now
  std::optional<Time> time;
  std::string time_basis;  // which field the time was read from, or why there is none
  std::string source;      // parser name, as in coverage
  std::string record;      // record type name
  std::string record_key;
  std::string field;                       // the field that was matched; empty for rules over several
  std::string value;                       // as seen in the evidence
  std::string rule;                        // "indicator.host", "ios.sms_state_alert", ...
  std::optional<IndicatorRef> indicator;   // the most specific that matches
  std::vector<IndicatorRef> also;          // all others
  std::vector<std::string> warning_lists;  // of likely false alarms that name the indicator, as "list: entry"
  std::string evidence_sha256;             // of the stored file, 64 hexadecimal characters; empty if it was not hashed
  std::string evidence_path;               // inside the evidence
  std::optional<std::uint64_t> offset;
  std::optional<std::uint64_t> rowid;
  std::string state;  // row_state_name
  // Whether one of the record's event times falls in the time in which the phone was out of its owner's hands; nothing
  // if no such time was given or the record has no event time.
  std::optional<bool> while_seized;
  Corroboration corroboration = Corroboration::uncorroborated;
  std::string fields_json;           // the whole record as a JSON object, for the report and for experts
  std::string fields_json_redacted;  // the same as a report for sharing shows it (shared_text)
};

}  // namespace testudo
