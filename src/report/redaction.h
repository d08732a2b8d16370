// Redaction: what leaves a report that is shared with people who need not know whom somebody talks to. Floor 5.
#pragma once

#include "report/check_report.h"

namespace testudo {

// Takes out what people wrote, where on the web they were and who they talk to: fields shown as content and what
// follows the host of an address (record/shared_value.h), the seen value except where it is the indicator's own or
// stands in a field that stays, the rule's detail (it may quote), and the record's key, from which a telephone number
// could be guessed by trying them all. The id stays, so that people can talk about a finding; docs/manual/outputs.md
// says what it gives away. Idempotent.
void redact(Finding& finding);
// The same for all findings, and masks what names the device: name, serial number, UDID, telephone number.
void redact(CheckReport& report);

}  // namespace testudo
