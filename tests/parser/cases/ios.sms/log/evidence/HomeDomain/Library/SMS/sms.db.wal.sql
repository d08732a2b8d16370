DELETE FROM message WHERE ROWID = 2;
INSERT INTO message (ROWID, guid, text, handle_id, date) VALUES (3, 'G-3', 'newest', 2, 738000000000000000);
