-- A chat says in which account it is and which own address was last used in it.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, subject TEXT, date INTEGER,
  date_read INTEGER, date_delivered INTEGER, is_from_me INTEGER, service TEXT, account TEXT, is_read INTEGER, error INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT, country TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT, service_name TEXT,
  account_login TEXT, last_addressed_handle TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
INSERT INTO handle VALUES (1, '+1 555 0101', 'iMessage', 'us');
INSERT INTO chat VALUES (1, 'iMessage;-;+15550101', '+15550101', NULL, 'iMessage', 'E:owner@mail.example', 'P:+15550100'),
  (2, 'SMS;-;12345', '12345', NULL, 'SMS', 'P:', '');
INSERT INTO chat_handle_join VALUES (1, 1);
