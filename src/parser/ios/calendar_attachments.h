// What is attached to items of the calendar: the sender of an invitation chooses name and address. Floor 4.
#pragma once

#include "parser/parser.h"

namespace testudo {

// The record type ios.calendar_attachment.
const RecordType& calendar_attachment_type();

// Emits a record for each row of Attachment; nothing where the generation has no such table. Errors: those of the
// database. Format and sources: docs/formats/ios-calendar.md.
Result<void> read_calendar_attachments(const Input& in, const Database& db, Sink& out);

}  // namespace testudo
