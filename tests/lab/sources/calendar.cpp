// Calendar.sqlitedb: HomeDomain-Library/Calendar/ (id 2041457d5fe04d39d0ab481178355df6781e6858). Test tool.
// Times in seconds since 2001. Participant.entity_type 8 is the organizer, 7 an attendee (published schemas).
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

const Indicator organizer("email", "organiser@calendar-lure.test");
const Indicator place("host", "calendar-url-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));"
      "CREATE TABLE Store (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, default_alarm_offset INTEGER, type "
      "INTEGER, "
      "constraint_path TEXT, disabled INTEGER, external_id TEXT, persistent_id TEXT UNIQUE, flags INTEGER);"
      "CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, flags INTEGER, "
      "color "
      "TEXT, symbolic_color_name TEXT, color_is_display INTEGER, type TEXT, supported_entity_types INTEGER, "
      "external_id "
      "TEXT, external_mod_tag TEXT, external_id_tag TEXT, external_rep BLOB, display_order INTEGER, UUID TEXT, "
      "shared_owner_name TEXT, shared_owner_email TEXT, sharing_status INTEGER, sharing_invitation_response INTEGER, "
      "published_URL TEXT, is_published INTEGER, invitation_status INTEGER, self_identity_email TEXT, "
      "owner_identity_id "
      "INTEGER);"
      "CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER, "
      "description "
      "TEXT, start_date REAL, start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER, calendar_id INTEGER, "
      "orig_item_id "
      "INTEGER, orig_date REAL, organizer_id INTEGER, self_attendee_id INTEGER, status INTEGER, invitation_status "
      "INTEGER, "
      "availability INTEGER, privacy_level INTEGER, url TEXT, last_modified REAL, sequence_num INTEGER, birthday_id "
      "INTEGER, modified_properties INTEGER, external_tracking_status INTEGER, external_id TEXT, external_mod_tag "
      "TEXT, "
      "unique_identifier TEXT, external_schedule_id TEXT, external_rep BLOB, response_comment TEXT, hidden INTEGER, "
      "has_recurrences INTEGER, has_attendees INTEGER, UUID TEXT, entity_type INTEGER, priority INTEGER, due_date "
      "REAL, "
      "due_tz TEXT, due_all_day INTEGER, completion_date REAL, creation_date REAL, display_order INTEGER, "
      "created_by_id "
      "INTEGER, modified_by_id INTEGER, shared_item_created_date REAL, shared_item_created_tz TEXT, action TEXT";
  if (ios >= 13) out += ", conference_url TEXT, structured_data BLOB, suggested_event_info_id INTEGER";
  if (ios >= 15) out += ", conference_url_detected TEXT, app_link TEXT";
  out +=
      ");CREATE TABLE Location (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, address TEXT, latitude INTEGER, "
      "longitude INTEGER, reference_frame INTEGER, item_owner_id INTEGER, radius INTEGER);"
      "CREATE TABLE Identity (display_name TEXT, address TEXT, first_name TEXT, last_name TEXT, "
      "UNIQUE (display_name, address, first_name, last_name));"
      "CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, type INTEGER, status "
      "INTEGER, pending_status INTEGER, role INTEGER, identity_id INTEGER, owner_id INTEGER, external_rep BLOB, UUID "
      "TEXT, "
      "email TEXT, is_self INTEGER, comment TEXT, schedule_agent INTEGER, flags INTEGER, last_modified REAL, "
      "schedule_forceSend INTEGER, invite_token TEXT, phone_number TEXT);"
      "CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER, type "
      "INTEGER, calendaritem_owner_id INTEGER, url TEXT, UUID TEXT, acknowledgedDate REAL);"
      "CREATE TABLE Attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, external_id TEXT, UUID "
      "TEXT, "
      "file_id INTEGER);"
      "CREATE INDEX CalendarItem_start ON CalendarItem(start_date); CREATE INDEX ParticipantOwner ON "
      "Participant(owner_id);";
  return out;
}

void write(Lab& lab) {
  Random random = lab.random("calendar");
  Database db(lab.backup.scratch("calendar"));
  db.run(tables(lab.ios()));
  db.run("INSERT INTO Store (name,type,flags,persistent_id) VALUES ('Default',0,0,'" + random.uuid() +
         "');"
         "INSERT INTO Calendar (store_id,title,UUID) VALUES (1,'Home','" +
         random.uuid() + "')");
  {
    auto item = db.prepare(
        "INSERT INTO CalendarItem "
        "(summary,description,start_date,start_tz,end_date,all_day,calendar_id,organizer_id,status,url,"
        "last_modified,unique_identifier,hidden,has_recurrences,has_attendees,UUID,entity_type,creation_date) "
        "VALUES (?,?,?,'Europe/Rome',?,0,1,?,0,?,?,?,0,0,?,?,2,?)");
    auto guest = db.prepare(
        "INSERT INTO Participant (entity_type,type,status,role,identity_id,owner_id,UUID,email,is_self,"
        "last_modified) VALUES (?,1,1,1,?,?,?,?,0,?)");
    auto identity = db.prepare("INSERT INTO Identity VALUES (?,?,?,?)");
    // `made` is how long before its start an event was made; negative for one that was made when it was over.
    const auto event = [&](const std::string& summary, const std::optional<std::string>& text, double when,
                           const std::optional<std::string>& host, const std::optional<std::string>& url,
                           double made = 90000) {
      std::optional<std::int64_t> by;
      if (host) {
        identity.run(*host, "mailto:" + *host, random.hex(6), "");
        guest.run(8, db.last_rowid(), Null{}, random.uuid(), *host, when - made);
        by = db.last_rowid();
      }
      item.run(summary, text, when, when + 3600, by, url, when - made + 5000, random.uuid(), host.has_value(),
               random.uuid(), when - made);
      const std::int64_t id = db.last_rowid();
      if (host) guest.run(7, Null{}, id, random.uuid(), "owner@mail.example", when - made);
    };
    for (int i = 0; i < 60; ++i) {
      const Person& p = people()[static_cast<std::size_t>(i)];
      event(title(random), random.below(2) == 0 ? std::optional<std::string>(sentence(random)) : std::nullopt,
            lab.ago(random, 400), i % 3 == 0 ? std::optional<std::string>(p.email) : std::nullopt,
            i % 7 == 0 ? std::optional<std::string>(web_address(random)) : std::nullopt);
    }
    if (lab.plants()) {
      lab.planted.add("calendar-organizer", "ios.calendar", organizer, organizer.value(), "high",
                      "who sent the invitation");
      event("Interview", std::nullopt, lab.now() - 3e6, organizer.value(), std::nullopt);
      lab.planted.rule("calendar-quadream", "ios.calendar", rule::quadream_event, "Meeting", "high",
                       "summary 'Meeting' with description 'Notes', in the past");
      event("Meeting", "Notes", lab.now() - 6e7, std::nullopt, std::nullopt);
      const std::string link = "https://" + place.value() + "/join";
      lab.planted.add("calendar-url", "ios.calendar", place, link, "medium", "the event's address", true);
      event("Call", std::nullopt, lab.now() - 2e6, std::nullopt, link);
      lab.planted.rule("calendar-backdated", "ios.calendar", rule::backdated_event, "Review", "medium",
                       "an invitation of a stranger, made ten days after the event");
      event("Review", std::nullopt, lab.now() - 4e6, "stranger@elsewhere.example", std::nullopt, -10 * 86400.0);
    }
  }
  lab.store("HomeDomain", "Library/Calendar/Calendar.sqlitedb", db);
}

const Source source{"ios.calendar", write};

}  // namespace
}  // namespace testudo::lab
