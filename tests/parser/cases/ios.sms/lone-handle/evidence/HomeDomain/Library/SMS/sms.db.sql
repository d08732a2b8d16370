-- Two parties: one with a chat, one whose chat and messages were deleted. Both are invented.
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
INSERT INTO handle VALUES (1, '+15550120', 'us', 'iMessage');
INSERT INTO handle VALUES (2, 'stranger@mail.example', 'us', 'iMessage');
INSERT INTO chat VALUES (1, 'iMessage;-;+15550120', '+15550120', 'iMessage', NULL);
INSERT INTO chat_handle_join VALUES (1, 1), (1, NULL);
