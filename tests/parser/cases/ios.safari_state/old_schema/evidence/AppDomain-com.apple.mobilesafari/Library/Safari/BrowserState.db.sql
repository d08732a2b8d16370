-- Up to iOS 11 the list stands in the tab's row.
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, title TEXT, url TEXT,
  user_visible_url TEXT, order_index INTEGER NOT NULL, last_viewed_time REAL DEFAULT NULL, session_data BLOB,
  uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0);
INSERT INTO tabs VALUES (1, 'BBBBBBBB-0000-4000-8000-000000000001', 'Old', 'http://old.example/', 'old.example', 0,
  500000000, BLOB_FILE('session.bplist'), 0);
