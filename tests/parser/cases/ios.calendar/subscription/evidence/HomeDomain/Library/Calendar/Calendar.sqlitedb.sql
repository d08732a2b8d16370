-- A calendar that is subscribed to and has no events; one that somebody shares; an event in whose notes the system found
-- a conference.
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, title TEXT, subcal_url TEXT, self_identity_email TEXT,
  owner_identity_email TEXT, shared_owner_name TEXT, shared_owner_address TEXT);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, owner_id INTEGER, email TEXT);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, description TEXT, start_date REAL, end_date REAL,
  all_day INTEGER, calendar_id INTEGER, conference_url TEXT, conference_url_detected TEXT);
INSERT INTO Calendar VALUES (1, 'Prizes', 'webcal://prizes.test/feed.ics', NULL, NULL, NULL, NULL),
  (2, 'Team', NULL, 'mailto:owner@mail.example', '', 'Robin', 'mailto:robin@mail.example'),
  (3, NULL, NULL, NULL, 'kim@mail.example', NULL, '/principal/7');
INSERT INTO CalendarItem VALUES (1, 'Call', 'Join', 700000000.0, 700003600.0, 0, 2, NULL, 'https://meet.example.test/j/1');
