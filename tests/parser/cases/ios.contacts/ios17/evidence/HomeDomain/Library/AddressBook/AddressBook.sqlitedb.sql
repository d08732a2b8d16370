CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, Organization TEXT,
  Department TEXT, Note TEXT, Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, CreationDate INTEGER,
  ModificationDate INTEGER, StoreID INTEGER, guid TEXT, ImageURI TEXT, DisplayName TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER,
  label INTEGER, value TEXT, guid TEXT);
CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));
CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
INSERT INTO ABMultiValueLabel (rowid, value) VALUES (1, '_$!<Mobile>!$_'), (2, 'press desk');
INSERT INTO ABMultiValueEntryKey (rowid, value) VALUES (1, 'Street'), (2, 'City'), (3, 'username');
INSERT INTO ABPerson VALUES (1, 'Ada', 'Example', NULL, 'Example Press', 'News', 'met in spring', 0, '-300000000', 'editor', 'A',
  600000000, 700000000, 0, 'ABC:ABPerson', NULL, NULL);
-- Without any number: the peer's join leaves such persons out.
INSERT INTO ABPerson (ROWID, Organization, CreationDate, ModificationDate, StoreID) VALUES (2, 'Lonely Ltd', 600000001, 600000002, 1);
INSERT INTO ABMultiValue VALUES (1, 1, 3, 0, 1, '+1 555 0111', 'g1');
INSERT INTO ABMultiValue VALUES (2, 1, 4, 0, 2, 'ada@press.example', 'g2');
INSERT INTO ABMultiValue VALUES (3, 1, 22, 0, NULL, 'https://ada.example/', 'g3');
INSERT INTO ABMultiValue VALUES (4, 1, 5, 0, 2, NULL, 'g4');
INSERT INTO ABMultiValue VALUES (5, 1, 46, 0, NULL, NULL, 'g5');
-- A value whose person is gone.
INSERT INTO ABMultiValue VALUES (6, 99, 3, 0, NULL, '+1 555 0112', 'g6');
INSERT INTO ABMultiValueEntry VALUES (4, 1, '1 Example Road'), (4, 2, 'Exampleton'), (5, 3, 'ada_example');
