-- A contact of a CardDAV account: its picture and the card as the server sent it.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, Organization TEXT, CreationDate INTEGER,
  ModificationDate INTEGER, ImageURI TEXT, ExternalRepresentation BLOB);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER, value TEXT, guid TEXT);
CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));
CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
INSERT INTO ABPerson VALUES (1, 'Eve', 'Example', NULL, NULL, 600000000, 600000000, 'https://pic.example.test/e.jpg',
  CAST('BEGIN:VCARD' || char(13) || char(10) || 'X-LINK:https://card.example.test/z' || char(13) || char(10) || 'END:VCARD' AS BLOB));
