// ios.calendar: Calendar.sqlitedb: events and reminders of all accounts, and the people invited. Invitations that
// arrive by iCloud are written here without any act of the owner. Floor 4. Format, generations and sources:
// docs/formats/ios-calendar.md.

#include <algorithm>
#include <array>

#include "parser/columns.h"
#include "parser/embedded_texts.h"
#include "parser/ios/calendar_attachments.h"
#include "parser/ios/calendar_notices.h"
#include "parser/ios/calendar_people.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

using calendar::email_of, calendar::OwnText, calendar::phone_of, calendar::Text;

struct CalendarItem {
  Text summary, description, location, calendar_name, organizer_name, url, conference_url, detected_url;
  OwnText organizer_email, organizer_phone, embedded_texts;
  std::optional<bool> organizer_is_self, all_day, is_hidden, has_recurrences, has_attendees;
  std::optional<Time> starts, ends, created, last_modified, original_date, due_date;
  Text start_zone, unique_identifier, uuid, external_id, external_tag;
  std::optional<std::int64_t> entity_type, status, invitation_status, availability, privacy_level, sequence_number,
      action;
  std::optional<std::int64_t> calendar_key, organizer_key, participant_count;
};

struct CalendarParticipant {
  std::optional<std::int64_t> item_key;
  OwnText email, phone, invited_by;
  Text participant_name, comment;
  std::optional<std::int64_t> entity_type, role, status;
  std::optional<bool> is_self, is_organizer;
  Text summary;
  std::optional<Time> starts;
};

struct Calendar {
  Text calendar_name, subscription_url, published_url, owner_name, notes, owner_phone;
  OwnText owner_email, self_email;
};

}  // namespace

template <>
struct Schema<CalendarItem> {
  using R = CalendarItem;
  static constexpr std::string_view name = "ios.calendar_item";
  static constexpr std::string_view prose =
      "An event or reminder of a calendar on the device; does not prove that the owner made, saw or accepted it.";
  static constexpr std::string_view line = "calendar: {summary}";
  static constexpr std::array identity{"unique_identifier", "uuid", "created"};
  static constexpr std::tuple fields{
      Field<&R::summary>{"summary", Kind::text, "title", Show::content},
      Field<&R::description>{"description", Kind::text, "notes of the item", Show::content},
      Field<&R::location>{"location", Kind::text, "name and address of the place", Show::content},
      Field<&R::starts>{"starts", Kind::time, "start of the event; of the first one if it recurs", Show::event},
      Field<&R::ends>{"ends", Kind::time, "end of the event"},
      Field<&R::start_zone>{"start_zone", Kind::text, "time zone of the start; _float for a whole day"},
      Field<&R::all_day>{"all_day", Kind::boolean, "whether it lasts the whole day"},
      Field<&R::created>{"created", Kind::time,
                         "when it was made, as its account says; may be when it came to the device", Show::event},
      Field<&R::last_modified>{"last_modified", Kind::time, "when it was last changed", Show::event},
      Field<&R::original_date>{"original_date", Kind::time, "for a moved occurrence, the time that it had"},
      Field<&R::due_date>{"due_date", Kind::time, "when a reminder is due"},
      Field<&R::calendar_name>{"calendar_name", Kind::text, "title of the calendar", Show::content},
      Field<&R::organizer_email>{"organizer_email", Kind::email, "address of the organiser", Show::content},
      Field<&R::organizer_name>{"organizer_name", Kind::text, "name of the organiser as the invitation gives it",
                                Show::content},
      Field<&R::organizer_phone>{"organizer_phone", Kind::phone, "number of the organiser", Show::content},
      Field<&R::organizer_is_self>{"organizer_is_self", Kind::boolean, "whether the organiser is the owner"},
      Field<&R::url>{"url", Kind::url, "address attached to the item"},
      Field<&R::conference_url>{"conference_url", Kind::url, "address of the video conference; since iOS 15"},
      Field<&R::detected_url>{"detected_url", Kind::url,
                              "address of a video conference that the system found in the texts; since iOS 15"},
      Field<&R::embedded_texts>{"embedded_texts", Kind::text,
                                "answers, and texts of the item as the account's server or an app sent it, one a line",
                                Show::content},
      Field<&R::entity_type>{"entity_type", Kind::integer,
                             "2 event, 3 reminder; of participants: 7 guest, 8 organiser"},
      Field<&R::status>{"status", Kind::integer, "0 none, 1 confirmed, 2 tentative, 3 cancelled"},
      Field<&R::invitation_status>{"invitation_status", Kind::integer, "0 none; others: an invitation and its answer"},
      Field<&R::availability>{"availability", Kind::integer, "0 busy, 1 free, 2 tentative, 3 unavailable"},
      Field<&R::privacy_level>{"privacy_level", Kind::integer, "as the account says"},
      Field<&R::is_hidden>{"is_hidden", Kind::boolean, "whether the calendar does not show it"},
      Field<&R::has_recurrences>{"has_recurrences", Kind::boolean, "whether it recurs"},
      Field<&R::has_attendees>{"has_attendees", Kind::boolean, "whether people are invited"},
      Field<&R::sequence_number>{"sequence_number", Kind::integer, "revision that the organiser counts"},
      Field<&R::action>{"action", Kind::integer, "as stored; meaning unknown"},
      Field<&R::unique_identifier>{"unique_identifier", Kind::text, "identifier across accounts (UID of iCalendar)",
                                   Show::content},
      Field<&R::uuid>{"uuid", Kind::text, "identifier on this device"},
      Field<&R::external_id>{"external_id", Kind::text, "path on the account's server", Show::content},
      Field<&R::external_tag>{"external_tag", Kind::text, "version tag of the server"},
      Field<&R::calendar_key>{"calendar_key", Kind::integer, "Calendar.ROWID"},
      Field<&R::organizer_key>{"organizer_key", Kind::integer, "Participant.ROWID of the organiser"},
      Field<&R::participant_count>{"participant_count", Kind::integer, "number of participants on the device"}};
};

template <>
struct Schema<CalendarParticipant> {
  using R = CalendarParticipant;
  static constexpr std::string_view name = "ios.calendar_participant";
  static constexpr std::string_view prose =
      "Somebody invited to, or organising, a calendar item; the address is the sender's claim.";
  static constexpr std::string_view line = "{email} takes part in {summary}";
  static constexpr std::array identity{"item_key", "email", "phone"};
  static constexpr std::tuple fields{
      Field<&R::item_key>{"item_key", Kind::integer, "CalendarItem.ROWID"},
      Field<&R::summary>{"summary", Kind::text, "title of the item", Show::content},
      Field<&R::starts>{"starts", Kind::time, "start of the item"},
      Field<&R::email>{"email", Kind::email, "address", Show::content},
      Field<&R::phone>{"phone", Kind::phone, "number", Show::content},
      Field<&R::participant_name>{"participant_name", Kind::text, "name as the invitation gives it", Show::content},
      Field<&R::invited_by>{"invited_by", Kind::email, "who invited this one", Show::content},
      Field<&R::comment>{"comment", Kind::text, "what the participant wrote with the answer", Show::content},
      Field<&R::entity_type>{"entity_type", Kind::integer,
                             "2 event, 3 reminder; of participants: 7 guest, 8 organiser"},
      Field<&R::role>{"role", Kind::integer, "0 unknown, 1 required, 2 optional, 3 chair, as stored"},
      Field<&R::status>{"status", Kind::integer, "answer, as stored"},
      Field<&R::is_self>{"is_self", Kind::boolean, "whether this is the owner"},
      Field<&R::is_organizer>{"is_organizer", Kind::boolean, "whether the item names this one as its organiser"}};
};

template <>
struct Schema<Calendar> {
  using R = Calendar;
  static constexpr std::string_view name = "ios.calendar";
  static constexpr std::string_view prose =
      "A calendar on the device, with or without events. One that is subscribed to fetches its events from an address "
      "again and again; a link in a message or on a page can offer such a subscription.";
  static constexpr std::string_view line = "calendar {calendar_name} {subscription_url}";
  static constexpr std::array identity{"calendar_name", "subscription_url", "owner_email", "self_email"};
  static constexpr std::tuple fields{
      Field<&R::calendar_name>{"calendar_name", Kind::text, "title of the calendar", Show::content},
      Field<&R::subscription_url>{"subscription_url", Kind::url, "address that it is fetched from"},
      Field<&R::published_url>{"published_url", Kind::url, "address that it is published at"},
      Field<&R::notes>{"notes", Kind::text, "notes of the calendar", Show::content},
      Field<&R::owner_email>{"owner_email", Kind::email, "address of its owner or of who shares it", Show::content},
      Field<&R::owner_phone>{"owner_phone", Kind::phone, "number of its owner or of who shares it", Show::content},
      Field<&R::owner_name>{"owner_name", Kind::text, "name of who shares it", Show::content},
      Field<&R::self_email>{"self_email", Kind::email, "address of the phone's owner in it", Show::content}};
};

namespace {

// Tables that some generations lack: their columns then read as NULL.
struct Tables {
  bool participants, identities, locations, calendars;

  explicit Tables(const Database& db)
      : participants(db.has_table("Participant")),
        identities(participants && db.has_table("Identity")),
        locations(db.has_table("Location")),
        calendars(db.has_table("Calendar")) {}
};

std::string_view if_has(bool has, std::string_view placeholder) { return has ? placeholder : "NULL"; }

std::string item_query(const Tables& has) {
  std::string sql =
      "SELECT i.ROWID, {i=CalendarItem.summary}, {i=CalendarItem.description}, {i=CalendarItem.start_date}, "
      "{i=CalendarItem.end_date}, {i=CalendarItem.all_day}, {?i=CalendarItem.start_tz}, "
      "{?i=CalendarItem.creation_date}, "
      "{?i=CalendarItem.last_modified}, {?i=CalendarItem.orig_date}, {?i=CalendarItem.due_date}, "
      "{?i=CalendarItem.url}, "
      "{?i=CalendarItem.conference_url}, {?i=CalendarItem.entity_type}, {?i=CalendarItem.status}, "
      "{?i=CalendarItem.invitation_status}, {?i=CalendarItem.availability}, {?i=CalendarItem.privacy_level}, "
      "{?i=CalendarItem.hidden}, {?i=CalendarItem.has_recurrences}, {?i=CalendarItem.has_attendees}, "
      "{?i=CalendarItem.sequence_num}, {?i=CalendarItem.action}, {?i=CalendarItem.unique_identifier}, "
      "{?i=CalendarItem.UUID}, {?i=CalendarItem.external_id}, {?i=CalendarItem.external_mod_tag}, "
      "{?i=CalendarItem.calendar_id}, {?i=CalendarItem.organizer_id}, ";
  sql.append(if_has(has.locations, "{?l=Location.title}, {?l=Location.address}, "))
      .append(has.locations ? "" : ", NULL, ");
  sql.append(if_has(has.calendars, "{?c=Calendar.title}")).append(", ");
  sql.append(if_has(has.participants, "{?o=Participant.email}")).append(", ");
  sql.append(if_has(has.participants, "{?o=Participant.phone_number}")).append(", ");
  sql.append(if_has(has.participants, "{?o=Participant.is_self}")).append(", ");
  sql.append(if_has(has.identities, "{?n=Identity.display_name}")).append(", ");
  sql.append(if_has(has.identities, "{?n=Identity.address}")).append(", ");
  sql.append(if_has(has.participants, "coalesce(a.participants, 0)"));
  sql +=
      ", {?i=CalendarItem.conference_url_detected}, {?i=CalendarItem.response_comment},"
      " {?i=CalendarItem.last_synced_response_comment}, {?i=CalendarItem.external_rep},"
      " {?i=CalendarItem.structured_data}, {?i=CalendarItem.local_structured_data}, {?i=CalendarItem.app_link}";
  sql += " FROM CalendarItem AS i";
  if (has.locations) sql += " LEFT JOIN Location AS l ON l.ROWID = {?i=CalendarItem.location_id}";
  if (has.calendars) sql += " LEFT JOIN Calendar AS c ON c.ROWID = {?i=CalendarItem.calendar_id}";
  // Counted in one pass: a generation or a damaged file may lack the index that counting by item would need.
  if (has.participants)
    sql +=
        " LEFT JOIN Participant AS o ON o.ROWID = {?i=CalendarItem.organizer_id} LEFT JOIN (SELECT "
        "{?Participant.owner_id} AS owner, count(*) AS participants FROM Participant GROUP BY 1) AS a ON a.owner = "
        "i.ROWID";
  if (has.identities) sql += " LEFT JOIN Identity AS n ON n.ROWID = {?o=Participant.identity_id}";
  return sql + " ORDER BY i.ROWID";
}

// Columns 1 to 28 of item_query.
void add_item(const QueryRow& row, const Locator& where, CalendarItem& record, Sink& out) {
  record.summary = non_empty(row.text(1));
  record.description = non_empty(row.text(2));
  record.starts = column_time(row, 3, where, out);
  record.ends = column_time(row, 4, where, out);
  record.all_day = row.boolean(5);
  record.start_zone = non_empty(row.text(6));
  record.created = column_time(row, 7, where, out);
  record.last_modified = column_time(row, 8, where, out);
  record.original_date = column_time(row, 9, where, out);
  record.due_date = column_time(row, 10, where, out);
  record.url = non_empty(row.text(11));
  record.conference_url = non_empty(row.text(12));
  record.entity_type = row.integer(13);
  record.status = row.integer(14);
  record.invitation_status = row.integer(15);
  record.availability = row.integer(16);
  record.privacy_level = row.integer(17);
  record.is_hidden = row.boolean(18);
  record.has_recurrences = row.boolean(19);
  record.has_attendees = row.boolean(20);
  record.sequence_number = row.integer(21);
  record.action = row.integer(22);
  record.unique_identifier = non_empty(row.text(23));
  record.uuid = non_empty(row.text(24));
  record.external_id = non_empty(row.text(25));
  record.external_tag = non_empty(row.text(26));
  record.calendar_key = row.integer(27);
  record.organizer_key = row.integer(28);
}

// iCalendar as its values read: lines are folded (RFC 5545 §3.1; some writers leave out the carriage return), so that a
// name can go on behind a line end and a space; and in texts "\n" is a line end, other signs stand behind a backslash
// (§3.3.11).
std::string plain_icalendar(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t line_end = text.substr(at, 2) == "\r\n" ? 2 : text[at] == '\n' ? 1 : 0;
    const std::string_view behind = text.substr(std::min(at + std::max<std::size_t>(line_end, 1), text.size()), 1);
    if (line_end != 0 && (behind == " " || behind == "\t")) {
      at += line_end;
    } else if (text[at] == '\\' && !behind.empty()) {
      out.push_back(behind == "n" || behind == "N" ? '\n' : behind[0]);
      ++at;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

// Columns 39 and 40 are texts, 41 to 44 blobs: iCalendar, property lists, or what a server calls its own.
OwnText other_texts(const QueryRow& row, std::uint64_t id, Sink& out) {
  EmbeddedTexts texts;
  for (const int column : {39, 40}) texts.add(row.text(column).value_or(""));
  for (const int column : {41, 42, 43, 44}) {
    const auto stored = row.bytes(column);
    if (stored && as_text(*stored).starts_with("BEGIN:"))
      texts.add_blob(as_bytes(plain_icalendar(as_text(*stored))));
    else if (stored)
      texts.add_blob(*stored);
  }
  return texts.take(out, id);
}

Result<void> read_items(const Input& in, const Database& db, const Tables& has, Sink& out) {
  std::string place;
  return db.each(item_query(has), [&](const QueryRow& row) {
    const Locator where = in.row(row.integer(0).value_or(0));
    CalendarItem record;
    add_item(row, where, record, out);
    place.assign(row.text(29).value_or(""));
    if (const Text address = non_empty(row.text(30))) place.append(place.empty() ? "" : ", ").append(*address);
    record.location = non_empty(place);
    record.calendar_name = non_empty(row.text(31));
    const Text address = row.text(36);
    record.organizer_email = email_of(row.text(32), address);
    record.organizer_phone = phone_of(row.text(33), address);
    record.organizer_is_self = row.boolean(34);
    record.organizer_name = non_empty(row.text(35));
    record.participant_count = row.integer(37);
    record.detected_url = non_empty(row.text(38));
    record.embedded_texts = other_texts(row, where.rowid, out);
    out.emit(record, where);
    return true;
  });
}

Result<void> read_participants(const Input& in, const Database& db, const Tables& has, Sink& out) {
  std::string sql =
      "SELECT p.ROWID, {?p=Participant.owner_id}, {?p=Participant.email}, {?p=Participant.phone_number}, "
      "{?p=Participant.entity_type}, {?p=Participant.role}, {?p=Participant.status}, {?p=Participant.is_self}, "
      "i.ROWID IS NOT NULL, {?i=CalendarItem.summary}, {?i=CalendarItem.start_date}, {?i=CalendarItem.organizer_id}, ";
  sql.append(if_has(has.identities, "{?n=Identity.display_name}")).append(", ");
  sql.append(if_has(has.identities, "{?n=Identity.address}"))
      .append(", {?p=Participant.comment}, {?p=Participant.invited_by}");
  sql += " FROM Participant AS p LEFT JOIN CalendarItem AS i ON i.ROWID = {?p=Participant.owner_id}";
  if (has.identities) sql += " LEFT JOIN Identity AS n ON n.ROWID = {?p=Participant.identity_id}";
  return db.each(sql + " ORDER BY p.ROWID", [&](const QueryRow& row) {
    const Locator where = in.row(row.integer(0).value_or(0));
    CalendarParticipant record;
    record.item_key = row.integer(1);
    const Text address = row.text(13);
    record.email = email_of(row.text(2), address);
    record.phone = phone_of(row.text(3), address);
    record.entity_type = row.integer(4);
    record.role = row.integer(5);
    record.status = row.integer(6);
    record.is_self = row.boolean(7);
    record.summary = non_empty(row.text(9));
    record.starts = column_time(row, 10, where, out);
    if (row.boolean(8).value_or(false)) record.is_organizer = row.integer(11) == row.integer(0);
    record.participant_name = non_empty(row.text(12));
    record.comment = non_empty(row.text(14));
    record.invited_by = email_of(std::nullopt, row.text(15));
    out.emit(record, where);
    return true;
  });
}

// Addresses whose participant is gone: they stay behind when an event is deleted.
Result<void> read_identities_alone(const Input& in, const Database& db, const Tables& has, Sink& out) {
  std::string sql =
      "SELECT n.ROWID, {n=Identity.display_name}, {n=Identity.address} FROM Identity AS n WHERE n.ROWID NOT IN (SELECT "
      "{?Participant.identity_id} FROM Participant WHERE {?Participant.identity_id} IS NOT NULL)";
  if (has.calendars)  // the phone's owner, and who shares a calendar
    for (const char* of : {"{?Calendar.self_identity_id}", "{?Calendar.owner_identity_id}"})
      sql.append(" AND n.ROWID NOT IN (SELECT ").append(of).append(" FROM Calendar WHERE ").append(of) +=
          " IS NOT NULL)";
  for (const std::string_view table : calendar_notice_tables)
    if (db.has_column(table, "identity_id"))
      sql.append(" AND n.ROWID NOT IN (SELECT identity_id FROM ").append(table) += " WHERE identity_id IS NOT NULL)";
  return db.each(sql, [&](const QueryRow& row) {
    CalendarParticipant record;
    record.email = email_of(std::nullopt, row.text(2));
    record.phone = phone_of(std::nullopt, row.text(2));
    record.participant_name = non_empty(row.text(1));
    if (record.email || record.phone || record.participant_name) out.emit(record, in.row(row.integer(0).value_or(0)));
    return true;
  });
}

Result<void> read_calendars(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT ROWID, {Calendar.title}, {?Calendar.subcal_url}, {?Calendar.owner_identity_email},"
      " {?Calendar.shared_owner_address}, {?Calendar.shared_owner_name}, {?Calendar.self_identity_email},"
      " {?Calendar.published_URL}, {?Calendar.notes}, {?Calendar.owner_identity_phone_number} FROM Calendar",
      [&](const QueryRow& row) {
        out.emit(Calendar{.calendar_name = non_empty(row.text(1)),
                          .subscription_url = non_empty(row.text(2)),
                          .published_url = non_empty(row.text(7)),
                          .owner_name = non_empty(row.text(5)),
                          .notes = non_empty(row.text(8)),
                          .owner_phone = non_empty(row.text(9)),
                          .owner_email = email_of(row.text(3), row.text(4)),
                          .self_email = email_of(row.text(6), std::nullopt)},
                 in.row(row.integer(0).value_or(0)));
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  if (!db.has_table("CalendarItem")) return error(Fault::not_found, "CalendarItem");
  const Tables has(db);
  Result<void> items = read_items(in, db, has, out);
  if (has.calendars) items = worse_of(std::move(items), read_calendars(in, db, out));
  items = worse_of(std::move(items), read_calendar_attachments(in, db, out));
  items = worse_of(std::move(items), read_calendar_notices(in, db, out));
  if (!has.participants) {
    out.anomaly("participants_missing");
    return items;
  }
  // A damaged item table does not hide the participants.
  Result<void> participants = read_participants(in, db, has, out);
  if (has.identities) participants = worse_of(std::move(participants), read_identities_alone(in, db, has, out));
  return items ? participants : items;
}

constexpr std::array wants{Want{"HomeDomain", "Library/Calendar/Calendar.sqlitedb"},
                           Want{"AppDomainGroup-group.com.apple.calendar", "Calendar.sqlitedb"}};
const std::array records{&record_type<CalendarItem>(), &record_type<CalendarParticipant>(), &record_type<Calendar>(),
                         &calendar_attachment_type(), &calendar_notice_type()};
const Registration registration{{.name = "ios.calendar",
                                 .page = "ios-calendar.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
