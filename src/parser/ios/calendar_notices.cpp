// Notification, ResourceChange, Sharee, Conference and Alarm of Calendar.sqlitedb: see calendar_notices.h. Floor 4.
#include "parser/ios/calendar_notices.h"

#include <array>

#include "parser/columns.h"
#include "parser/ios/calendar_people.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

using calendar::OwnText, calendar::Text;

struct CalendarNotice {
  std::optional<Time> noticed_at;
  std::string_view notice_kind;
  Text summary, url, person_name;
  OwnText email, phone;
  std::optional<std::int64_t> item_key, calendar_key;
};

}  // namespace

template <>
struct Schema<CalendarNotice> {
  using R = CalendarNotice;
  static constexpr std::string_view name = "ios.calendar_notice";
  static constexpr std::string_view prose =
      "What the calendar noted beside its items: an invitation, a change that somebody else made, a conference, whom a "
      "calendar is shared with. It does not prove that the owner saw it; the item may be gone.";
  static constexpr std::string_view line = "calendar {notice_kind}: {summary} {url} {email}";
  static constexpr std::array identity{"noticed_at", "notice_kind", "summary", "url", "email", "phone"};
  static constexpr std::tuple fields{
      Field<&R::noticed_at>{"noticed_at", Kind::time, "when the note was made; of an alarm, when it is set to ring",
                            Show::event},
      Field<&R::notice_kind>{"notice_kind", Kind::text, "invitation, change, sharing, conference or alarm"},
      Field<&R::summary>{"summary", Kind::text, "title that the note gives; of a change the title of what was deleted",
                         Show::content},
      Field<&R::url>{"url", Kind::url, "address of the conference, or on the server that the invitation came from"},
      Field<&R::email>{"email", Kind::email, "address of the person", Show::content},
      Field<&R::phone>{"phone", Kind::phone, "number of the person", Show::content},
      Field<&R::person_name>{"person_name", Kind::text, "name of the person", Show::content},
      Field<&R::item_key>{"item_key", Kind::integer, "CalendarItem.ROWID"},
      Field<&R::calendar_key>{"calendar_key", Kind::integer, "Calendar.ROWID"}};
};

const RecordType& calendar_notice_type() { return record_type<CalendarNotice>(); }

namespace {

struct Source {
  std::string_view table, kind;
  // Columns of the table or NULL: time, title, address, e-mail, item, calendar, identity.
  std::string_view columns, identity;
};

constexpr std::array sources{
    Source{"Notification", "invitation",
           "{?t=Notification.creation_date}, {?t=Notification.summary}, {?t=Notification.host_url}, NULL, NULL, "
           "{?t=Notification.calendar_id}",
           "{?t=Notification.identity_id}"},
    Source{"ResourceChange", "change",
           "{?t=ResourceChange.timestamp}, {?t=ResourceChange.deleted_summary}, NULL, NULL, "
           "{?t=ResourceChange.calendar_item_id}, {?t=ResourceChange.calendar_id}",
           "{?t=ResourceChange.identity_id}"},
    Source{"Sharee", "sharing", "NULL, NULL, NULL, NULL, NULL, {?t=Sharee.owner_id}", "{?t=Sharee.identity_id}"},
    Source{"Conference", "conference",
           "NULL, {?t=Conference.info}, {?t=Conference.url}, NULL, {?t=Conference.owner_id}, NULL", "NULL"},
    Source{"Alarm", "alarm",
           "{?t=Alarm.trigger_date}, NULL, NULL, {?t=Alarm.email_address}, {?t=Alarm.calendaritem_owner_id}, "
           "{?t=Alarm.calendar_owner_id}",
           "NULL"}};

Result<void> read(const Source& source, const Input& in, const Database& db, Sink& out) {
  const bool named = db.has_table("Identity") && source.identity != "NULL";
  std::string sql = "SELECT t.ROWID, ";
  sql.append(source.columns).append(named ? ", {?n=Identity.display_name}, {?n=Identity.address}" : ", NULL, NULL");
  sql.append(" FROM ").append(source.table).append(" AS t");
  if (named) sql.append(" LEFT JOIN Identity AS n ON n.ROWID = ").append(source.identity);
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out, id);
    const CalendarNotice notice{.noticed_at = column_time(row, 1, in.row(id), out),
                                .notice_kind = source.kind,
                                .summary = c.text(2),
                                .url = c.text(3),
                                .person_name = c.text(7),
                                .email = calendar::email_of(c.text(4), c.text(8)),
                                .phone = calendar::phone_of(std::nullopt, c.text(8)),
                                .item_key = c.integer(5),
                                .calendar_key = c.integer(6)};
    if (notice.summary || notice.url || notice.person_name || notice.email || notice.phone)
      out.emit(notice, in.row(id));
    return true;
  });
}

}  // namespace

Result<void> read_calendar_notices(const Input& in, const Database& db, Sink& out) {
  Result<void> outcome;
  for (const Source& source : sources)
    if (db.has_table(source.table)) outcome = worse_of(std::move(outcome), read(source, in, db, out));
  return outcome;
}

}  // namespace testudo
