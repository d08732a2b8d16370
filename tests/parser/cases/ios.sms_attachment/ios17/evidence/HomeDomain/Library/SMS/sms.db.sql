-- Made by tests/parser/cases/ios.sms/make.py. Columns of iOS 17, without those of iCloud sync.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, replace INTEGER
  DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, version
  INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT, error INTEGER DEFAULT 0,
  date INTEGER, date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0,
  is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER
  DEFAULT 0, cache_roomnames TEXT, item_type INTEGER DEFAULT 0, other_handle INTEGER DEFAULT 0, group_title TEXT,
  group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
  balloon_bundle_id TEXT, payload_data BLOB, message_summary_info BLOB, destination_caller_id TEXT, reply_to_guid TEXT,
  is_spam INTEGER DEFAULT 0, thread_originator_guid TEXT, date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,
  part_count INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT
  NULL, uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, chat_identifier
  TEXT, service_name TEXT, room_name TEXT, display_name TEXT, properties BLOB);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER, ck_sync_state
  INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));
CREATE TABLE recoverable_message_part (chat_id INTEGER, message_id INTEGER, part_index INTEGER, delete_date INTEGER,
  part_text BLOB NOT NULL, ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id, part_index));
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER
  DEFAULT 0, start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0,
  is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER
  DEFAULT 0, sticker_user_info BLOB, attribution_info BLOB, hide_attachment INTEGER DEFAULT 0, original_guid TEXT,
  is_commsafety_sensitive INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));
INSERT INTO handle (ROWID, id, country, service) VALUES (1, '+15550120', 'us', 'iMessage');
INSERT INTO handle (ROWID, id, country, service) VALUES (2, 'friend@mail.example', 'us', 'iMessage');
INSERT INTO handle (ROWID, id, service) VALUES (3, 'PARCEL', 'SMS');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name) VALUES (1, 'iMessage;-;+15550120', '+15550120', 'iMessage');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name, display_name) VALUES (2, 'iMessage;+;chat100200', 'chat100200', 'iMessage', 'Desk & friends');
INSERT INTO chat (ROWID, guid, chat_identifier, service_name) VALUES (3, 'SMS;-;PARCEL', 'PARCEL', 'SMS');
INSERT INTO chat (ROWID, guid, chat_identifier) VALUES (4, 'iMessage;-;gone', 'gone@mail.example');
INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 2), (3, 3);
INSERT INTO message (ROWID, guid, handle_id, service, account, date, date_read, date_delivered, text, cache_has_attachments) VALUES (1, 'G-1', 1, 'iMessage', 'P:+15550199', 738000060000000000, 0, 0, '￼', 1);
INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 1);
INSERT INTO message (ROWID, guid, handle_id, service, account, date, date_read, date_delivered, text, is_from_me, cache_has_attachments) VALUES (2, 'G-2', 0, 'iMessage', 'P:+15550199', 738000120000000000, 0, 0, NULL, 1, 1);
INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 2);
-- Received; with the sender's address of the file.
INSERT INTO attachment (ROWID, guid, created_date, start_date, filename, uti, mime_type, transfer_state, transfer_name, total_bytes, user_info) VALUES (1, 'at_0_G-1', 738000060, 738000061, '~/Library/SMS/Attachments/ab/11/at_0_G-1/IMG_0001.HEIC', 'public.heic', 'image/heic', 5, 'IMG_0001.HEIC', 123456, x'62706c6973743030d2010203045966696c652d73697a65586d6d63732d75726c563132333435365f101468747470733a2f2f66696c65732e746573742f78080d172027000000000000010100000000000000050000000000000000000000000000003e');
-- The shape of a known exploit's leftovers: a temporary path that ends in -1.
INSERT INTO attachment (ROWID, guid, created_date, filename, uti, mime_type, transfer_state, total_bytes) VALUES (2, 'at_0_G-1b', 738000062, '/var/tmp/com.apple.x/file-1', 'com.compuserve.gif', 'image/gif', 0, 10);
-- Sent; without a file; attached to no message.
INSERT INTO attachment (ROWID, guid, created_date, is_outgoing, transfer_name, filename, total_bytes) VALUES (3, 'at_0_G-2', 738000120, 1, 'a.pdf', '/var/mobile/Library/SMS/Attachments/cd/13/a.pdf', 5);
INSERT INTO attachment (ROWID, guid, created_date) VALUES (4, 'lonely', 0);
INSERT INTO message_attachment_join VALUES (1, 1), (1, 2), (2, 3);
