-- iOS 8: no conference_url, no e-mail on participants, addresses in Identity.
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, store_id INTEGER, title TEXT);
CREATE TABLE Location (ROWID INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE Identity (display_name TEXT, address TEXT);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, status INTEGER, role INTEGER, identity_id INTEGER, owner_id INTEGER);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, location_id INTEGER, description TEXT, start_date REAL,
  end_date REAL, all_day INTEGER, calendar_id INTEGER, organizer_id INTEGER, last_modified REAL);
INSERT INTO Calendar VALUES (1, 1, 'Home');
INSERT INTO Location VALUES (1, 'Room A');
INSERT INTO Identity (rowid, display_name, address) VALUES (1, 'Organiser', 'mailto:organiser@example.test');
INSERT INTO Participant VALUES (1, 8, 1, 3, 1, 1);
INSERT INTO CalendarItem VALUES (1, 'Planning', 1, 'Agenda', 400000000.0, 400003600.0, 0, 1, 1, 399000000.0);
