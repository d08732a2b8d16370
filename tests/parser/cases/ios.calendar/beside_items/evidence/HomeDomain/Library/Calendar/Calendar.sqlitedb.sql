-- What stands beside an item: its iCalendar text as the server sent it (folded inside a name), an app's data, answers;
-- a conference, an alarm by mail, an invitation, a deletion by somebody else, with whom a calendar is shared.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, description TEXT, start_date REAL, end_date REAL,
  all_day INTEGER, calendar_id INTEGER, external_rep BLOB, response_comment TEXT, last_synced_response_comment TEXT,
  app_link BLOB, structured_data BLOB, local_structured_data BLOB, UUID TEXT);
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, title TEXT, published_URL TEXT, notes TEXT, owner_identity_email TEXT,
  owner_identity_phone_number TEXT);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, owner_id INTEGER, email TEXT, invited_by TEXT);
CREATE TABLE Identity (display_name TEXT, address TEXT, first_name TEXT, last_name TEXT);
CREATE TABLE Conference (ROWID INTEGER PRIMARY KEY, uuid TEXT, owner_id INTEGER, url TEXT, feature TEXT, info TEXT);
CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY, trigger_date REAL, calendaritem_owner_id INTEGER,
  calendar_owner_id INTEGER, email_address TEXT);
CREATE TABLE Notification (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, calendar_id INTEGER, summary TEXT,
  creation_date REAL, host_url TEXT, identity_id INTEGER);
CREATE TABLE ResourceChange (ROWID INTEGER PRIMARY KEY, calendar_id INTEGER, calendar_item_id INTEGER,
  identity_id INTEGER, timestamp REAL, deleted_summary TEXT);
CREATE TABLE Sharee (ROWID INTEGER PRIMARY KEY, owner_id INTEGER, identity_id INTEGER);
INSERT INTO CalendarItem (ROWID, summary, start_date, calendar_id, external_rep, response_comment,
  last_synced_response_comment, app_link, structured_data, UUID) VALUES
  (1, 'Talk', 700000000, 1, CAST('BEGIN:VCALENDAR' || char(13, 10) || 'X-ALT-DESC:https://fol' || char(13, 10) ||
   ' ded.test/x' || char(13, 10) || 'END:VCALENDAR' AS BLOB), 'see answer.test', 'see earlier-answer.test', X'00FF',
   CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>u</key><string>https://data.test/</string></dict></plist>' AS BLOB),
   'U-1');
INSERT INTO Calendar VALUES (1, 'Work', 'https://published.test/c.ics', 'ask notes.test', 'owner@mail.example', '+1 555 0170');
INSERT INTO Participant VALUES (1, 7, 1, 'guest@mail.example', 'mailto:inviter@mail.example');
INSERT INTO Identity (rowid, display_name, address) VALUES (1, 'In Viter', 'mailto:invitation@mail.example'),
  (2, 'De Leter', 'tel:+15550171'), (3, 'Sha Ree', 'mailto:sharee@mail.example'), (4, 'Al One', 'mailto:alone@mail.example');
INSERT INTO Conference VALUES (1, 'C-1', 1, 'https://conference.test/1', 'VIDEO', 'Join');
INSERT INTO Alarm VALUES (1, 700000000, 1, NULL, 'mailto:alarm@mail.example'), (2, 700000000, 1, NULL, NULL);
INSERT INTO Notification VALUES (1, 1, 1, 'Come to https://invitation.test', 700000100, 'https://host.test/n', 1);
INSERT INTO ResourceChange VALUES (1, 1, 99, 2, 700000200, 'Meeting');
INSERT INTO Sharee VALUES (1, 1, 3);
-- A property list with what looks like a fold: its octets stay as they are. The same person deleted two of one title.
INSERT INTO CalendarItem (ROWID, summary, structured_data, UUID) VALUES (2, 'Listed',
  X'62706C6973743030D201020304546E6F74655375726C5F10196C696E650D0A2074776F207365652066697273742E746573745F101868747470733A2F2F7365636F6E642E746573742F70617468080D121632000000000000010100000000000000050000000000000000000000000000004D', 'U-2');
INSERT INTO ResourceChange VALUES (2, 1, 98, 2, 700000300, 'Meeting');
-- Escapes and a fold without a carriage return.
INSERT INTO CalendarItem (ROWID, summary, external_rep, UUID) VALUES (3, 'Escaped', CAST('BEGIN:VEVENT' || char(10) ||
  'COMMENT:Join\nnext.test\, or https://fol' || char(10) || ' ded-too.test/a\NEnd' || char(10) || 'END:VEVENT\' AS BLOB), 'U-3');
