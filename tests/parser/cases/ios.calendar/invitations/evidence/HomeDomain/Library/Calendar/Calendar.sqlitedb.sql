-- 1 the owner's own event; 2 and 3 backdated and overlapping invitations of a stranger; 4 the summary and notes of ENDOFDAYS;
-- 5 a reminder; 6 dates out of range.
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, store_id INTEGER, title TEXT, UUID TEXT);
CREATE TABLE Location (ROWID INTEGER PRIMARY KEY, title TEXT, address TEXT);
CREATE TABLE Identity (display_name TEXT, address TEXT, first_name TEXT, last_name TEXT);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, type INTEGER, status INTEGER, pending_status INTEGER,
  role INTEGER, identity_id INTEGER, owner_id INTEGER, external_rep BLOB, UUID TEXT, email TEXT, is_self INTEGER, phone_number TEXT);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, location_id INTEGER, description TEXT, start_date REAL,
  start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER, calendar_id INTEGER, orig_item_id INTEGER, orig_date REAL,
  organizer_id INTEGER, self_attendee_id INTEGER, status INTEGER, invitation_status INTEGER, availability INTEGER,
  privacy_level INTEGER, url TEXT, last_modified REAL, sequence_num INTEGER, birthday_id INTEGER, external_id TEXT,
  external_mod_tag TEXT, unique_identifier TEXT, hidden INTEGER, has_recurrences INTEGER, has_attendees INTEGER, UUID TEXT,
  entity_type INTEGER, priority INTEGER, due_date REAL, creation_date REAL, action INTEGER, conference_url TEXT);
INSERT INTO Calendar VALUES (1, 1, 'Home', 'c1');
INSERT INTO Location VALUES (1, 'Room A', '1 Example Road'), (2, NULL, 'https://place.mercenary.test/');
INSERT INTO Identity (rowid, display_name, address) VALUES (1, 'Owner', 'mailto:owner@example.test'),
  (2, 'Stranger', 'mailto:stranger@mercenary.test'), (3, 'By phone', 'tel:+15550103');
INSERT INTO Participant VALUES
  (10, 8, 0, 1, 0, 3, 2, 2, NULL, 'p10', 'stranger@mercenary.test', 0, NULL),
  (11, 7, 0, 7, 0, 1, 1, 2, NULL, 'p11', 'owner@example.test', 1, NULL),
  (12, 8, 0, 1, 0, 3, 2, 3, NULL, 'p12', NULL, 0, NULL),
  (13, 7, 0, 1, 0, 1, 3, 1, NULL, 'p13', NULL, 0, NULL),
  (14, 7, 0, 1, 0, 1, 99, 77, NULL, 'p14', 'mailto:orphan@example.test', NULL, '+15550104');
INSERT INTO CalendarItem VALUES
  (1, 'Dentist', 1, 'Bring the card', 700000000.0, 'Europe/Berlin', 700003600.0, 'Europe/Berlin', 0, 1, 0, NULL, NULL, NULL, 1, 0, 0,
   0, 'https://dentist.example/', 699000000.5, 0, NULL, '/1/', 't1', 'u1', 0, 0, 1, 'i1', 2, 0, NULL, 699000000.0, 0, NULL),
  (2, 'Sync', 2, NULL, 650000000.0, 'UTC', 650003600.0, 'UTC', 0, 1, 0, NULL, 10, 11, 1, 1, 0, 0, NULL, 700000000.0, 0, NULL, '/2/', 't2',
   'u2', 0, 0, 1, 'i2', 2, 0, NULL, 700000000.0, 0, 'https://meet.mercenary.test/x'),
  (3, 'Sync again', NULL, NULL, 650001800.0, 'UTC', 650005400.0, 'UTC', 0, 1, 0, NULL, 12, 11, 1, 1, 0, 0, NULL, 700000001.0, 0, NULL,
   '/3/', 't3', 'u3', 1, 0, 1, 'i3', 2, 0, NULL, 700000001.0, 0, NULL),
  (4, 'Meeting', NULL, 'Notes', 600000000.0, 'UTC', 600003600.0, 'UTC', 0, 1, 0, NULL, NULL, NULL, 0, 0, 0, 0, NULL, 600000000.0, 0, NULL,
   NULL, NULL, 'u4', 0, 0, 0, 'i4', 2, 0, NULL, NULL, 0, NULL),
  (5, 'Buy milk', NULL, NULL, NULL, NULL, NULL, NULL, 0, 9, 0, NULL, NULL, NULL, 0, 0, 0, 0, NULL, NULL, 0, NULL, NULL, NULL, 'u5', 0, 0, 0,
   'i5', 3, 0, 700000500.0, 700000400.0, 0, NULL),
  (6, '', NULL, '', 1e300, NULL, -1e300, NULL, 1, NULL, 0, -978307200.0, 404, NULL, NULL, NULL, NULL, NULL, '', 'text', NULL, NULL, '', '',
   '', 1, 1, NULL, '', NULL, NULL, NULL, NULL, NULL, '');
