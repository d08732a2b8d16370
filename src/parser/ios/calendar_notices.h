// What the calendar notes beside its items: invitations and their answers, changes that others made, conferences, with
// whom a calendar is shared, whom an alarm writes to. Floor 4. Facts: docs/formats/ios-calendar.md.
#pragma once

#include "parser/parser.h"

namespace testudo {

// The record type ios.calendar_notice.
const RecordType& calendar_notice_type();

// The tables that name an identity apart from participants and calendars.
inline constexpr std::string_view calendar_notice_tables[]{"Notification", "ResourceChange", "Sharee"};

// Emits a record for each row of those tables, of Conference and of alarms with an address; nothing of tables that the
// generation lacks. Errors: those of the database.
Result<void> read_calendar_notices(const Input& in, const Database& db, Sink& out);

}  // namespace testudo
