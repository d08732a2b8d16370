-- Lists that Safari compressed: a whole one and one that is cut.
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, title TEXT, url TEXT COLLATE NOCASE,
  user_visible_url TEXT COLLATE NOCASE, order_index INTEGER NOT NULL, last_viewed_time REAL DEFAULT NULL,
  opened_from_link BOOL DEFAULT 0, private_browsing BOOL DEFAULT 0);
CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, tab_uuid TEXT NOT NULL UNIQUE,
  session_data BLOB DEFAULT NULL, uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0);
INSERT INTO tabs(id, uuid, title, url, order_index, last_viewed_time) VALUES
  (1, 'AAAAAAAA-0000-4000-8000-000000000021', 'Packed', 'https://packed.example/', 0, 720000000),
  (2, 'AAAAAAAA-0000-4000-8000-000000000022', 'Cut', 'https://cut.example/', 1, 720000001);
INSERT INTO tab_sessions(id, tab_uuid, session_data, uncompressed_session_data_size) VALUES
  (1, 'AAAAAAAA-0000-4000-8000-000000000021', BLOB_FILE('session.lz4'), 900),
  (2, 'AAAAAAAA-0000-4000-8000-000000000022', BLOB_FILE('cut.lz4'), 900);
