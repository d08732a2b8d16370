-- What is attached to invitations: an address, a file, one whose file row is gone, one whose item is gone, a file
-- whose attachment is gone; the words of an answer; identities whose participant is gone.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, description TEXT, start_date REAL, end_date REAL,
  all_day INTEGER);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, entity_type INTEGER, owner_id INTEGER, email TEXT, comment TEXT,
  identity_id INTEGER);
CREATE TABLE Attachment (ROWID INTEGER PRIMARY KEY, external_id TEXT, external_rep BLOB, owner_id INTEGER, UUID TEXT,
  file_id INTEGER);
CREATE TABLE AttachmentFile (ROWID INTEGER PRIMARY KEY, external_id TEXT, url TEXT, UUID TEXT, format TEXT, flags INTEGER,
  filename TEXT, local_path TEXT, file_size INTEGER);
INSERT INTO CalendarItem VALUES (1, 'Interview', NULL, 700000000.0, 700003600.0, 0);
INSERT INTO Participant VALUES (1, 7, 1, 'kim@mail.example', 'see https://answer.test/a', 1);
INSERT INTO Attachment VALUES (1, NULL, NULL, 1, 'A-1', 1), (2, NULL, NULL, 1, 'A-2', 2), (3, NULL, NULL, 1, 'A-3', 9),
  (4, NULL, NULL, 77, 'A-4', 1);
INSERT INTO AttachmentFile VALUES (1, NULL, 'https://attached.test/agenda.pdf', 'F-1', 'application/pdf', 0, 'agenda.pdf', NULL, 10),
  (2, NULL, NULL, 'F-2', '', 0, 'map.png', 'Attachments/map.png', 20),
  (5, NULL, 'https://left.test/x.pdf', 'F-5', 'application/pdf', 0, 'x.pdf', NULL, 30);
CREATE TABLE Identity (ROWID INTEGER PRIMARY KEY, display_name TEXT, address TEXT, first_name TEXT, last_name TEXT);
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY, title TEXT, self_identity_id INTEGER);
INSERT INTO Identity VALUES (1, 'Kim', 'mailto:kim@mail.example', NULL, NULL), (2, 'Own', 'mailto:own@mail.example', NULL, NULL),
  (3, 'Stranger', 'MAILTO:stranger@mercenary.test', NULL, NULL), (4, '', NULL, NULL, NULL);
INSERT INTO Calendar VALUES (1, 'Home', 2);
