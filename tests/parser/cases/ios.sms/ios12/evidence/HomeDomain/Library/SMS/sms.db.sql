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
-- Dates in seconds, as before iOS 11, and in nanoseconds.
INSERT INTO message (ROWID, guid, handle_id, service, account, date, date_read, date_delivered, text) VALUES (1, 'G-1', 1, 'iMessage', 'P:+15550199', 400000000, 400000060, 0, 'old');
INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 1);
INSERT INTO message (ROWID, guid, handle_id, service, account, date, date_read, date_delivered, text, attributedBody) VALUES (2, 'G-2', 1, 'iMessage', 'p:+15550199', 738000120000000000, 0, 0, NULL, x'040b73747265616d747970656481e803840140848484124e5341747472696275746564537472696e67008484084e534f626a656374008592848484084e53537472696e67019484012b166e657720687474703a2f2f7477656c76652e7465737486840269490116928484840c4e5344696374696f6e617279009484016901928496961d5f5f6b494d4d657373616765506172744174747269627574654e616d658692848484084e534e756d626572008484074e5356616c7565009484012a84999900868686');
INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 2);
