-- Addresses as who sends an invitation may spell them.
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, store_id INTEGER, title TEXT);
CREATE TABLE Location (ROWID INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE Identity (display_name TEXT, address TEXT);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, status INTEGER, role INTEGER, identity_id INTEGER, owner_id INTEGER);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, location_id INTEGER, description TEXT, start_date REAL,
  end_date REAL, all_day INTEGER, calendar_id INTEGER, organizer_id INTEGER, last_modified REAL);
INSERT INTO Identity (rowid, display_name, address) VALUES (1, 'Capitals', 'MAILTO:capitals@example.test'),
  (2, 'Bare', 'bare@example.test'), (3, 'Encoded', 'mailto:encoded%40example.test?subject=x'), (4, 'Principal', '/principals/me@example.test'),
  (5, 'Phone', 'TEL:%2B15550105'), (6, 'Nothing', 'mailto:'), (7, 'Other', 'urn:uuid:me@example.test');
INSERT INTO Participant VALUES (1, 8, 1, 3, 1, 1), (2, 7, 1, 1, 2, 1), (3, 7, 1, 1, 3, 1), (4, 7, 1, 1, 4, 1), (5, 7, 1, 1, 5, 1),
  (6, 7, 1, 1, 6, 1), (7, 7, 1, 1, 7, 1);
INSERT INTO CalendarItem VALUES (1, 'Planning', NULL, 'Agenda', 400000000.0, 400003600.0, 0, NULL, 1, 399000000.0);
