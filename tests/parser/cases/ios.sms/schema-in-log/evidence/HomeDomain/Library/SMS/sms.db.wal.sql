-- Made by tests/parser/cases/ios.sms/make.py. The columns that iOS 12 has too.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER
  DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, service TEXT, account TEXT, error INTEGER DEFAULT 0, date
  INTEGER, date_read INTEGER, date_delivered INTEGER, is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0,
  cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, group_title TEXT, associated_message_guid TEXT,
  balloon_bundle_id TEXT, payload_data BLOB);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, chat_identifier TEXT, service_name TEXT,
  display_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
INSERT INTO handle (ROWID, id, country, service) VALUES (1, '+15550120', 'us', 'iMessage');
INSERT INTO handle (ROWID, id, country, service) VALUES (2, 'friend@mail.example', 'us', 'iMessage');
INSERT INTO handle (ROWID, id, service) VALUES (3, 'PARCEL', 'SMS');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name) VALUES (1, 'iMessage;-;+15550120', '+15550120', 'iMessage');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name, display_name) VALUES (2, 'iMessage;+;chat100200', 'chat100200', 'iMessage', 'Desk & friends');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name) VALUES (3, 'SMS;-;PARCEL', 'PARCEL', 'SMS');
INSERT INTO chat (ROWID, guid, chat_identifier) VALUES (4, 'iMessage;-;gone', 'gone@mail.example');
INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 2), (3, 3);
INSERT INTO message (ROWID, guid, text, handle_id, date) VALUES (1, 'G-1', 'first', 1, 738000000000000000);
