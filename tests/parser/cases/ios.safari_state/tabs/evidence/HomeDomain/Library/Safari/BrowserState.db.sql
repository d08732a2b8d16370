-- The schema of iOS 12 and later: the list of a tab stands in a table of its own. A tab with a list of two pages, a
-- private one without, one whose list is compressed, one whose list is encrypted or of another form, one whose list is
-- cut, and a list whose tab is gone.
CREATE TABLE browser_windows (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL, type INTEGER DEFAULT 0);
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, title TEXT,
  url TEXT COLLATE NOCASE, user_visible_url TEXT COLLATE NOCASE, order_index INTEGER NOT NULL,
  last_viewed_time REAL DEFAULT NULL, readinglist_bookmark_id INTEGER DEFAULT 0, opened_from_link BOOL DEFAULT 0,
  showing_reader BOOL DEFAULT 0, reader_view_top_scroll_offset INTEGER DEFAULT 0, private_browsing BOOL DEFAULT 0,
  displaying_standalone_image BOOL DEFAULT 0, browser_window_uuid TEXT NOT NULL, browser_window_id INTEGER NOT NULL,
  tab_group_uuid TEXT NOT NULL DEFAULT '', profile_uuid TEXT NOT NULL DEFAULT '');
CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, tab_uuid TEXT NOT NULL UNIQUE,
  session_data BLOB DEFAULT NULL, uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0);
INSERT INTO tabs(id, uuid, title, url, user_visible_url, order_index, last_viewed_time, opened_from_link,
  private_browsing, browser_window_uuid, browser_window_id) VALUES
  (1, 'AAAAAAAA-0000-4000-8000-000000000001', 'Parcel', 'https://hop.example.test/lure', 'hop.example.test', 0,
   720000000.25, 1, 0, 'W', 1),
  (2, 'AAAAAAAA-0000-4000-8000-000000000002', NULL, 'https://quiet.example/', NULL, 1, 0, 0, 1, 'W', 1),
  (3, 'AAAAAAAA-0000-4000-8000-000000000003', 'Packed', 'https://packed.example/', NULL, 2, 720000001, 0, 0, 'W', 1),
  (4, 'AAAAAAAA-0000-4000-8000-000000000004', 'Locked', 'https://locked.example/', NULL, 3, 720000002, 0, 0, 'W', 1),
  (5, 'AAAAAAAA-0000-4000-8000-000000000005', 'Cut', 'https://cut.example/', NULL, 4, 1e20, 0, 0, 'W', 1);
INSERT INTO tab_sessions(id, tab_uuid, session_data, uncompressed_session_data_size) VALUES
  (11, 'AAAAAAAA-0000-4000-8000-000000000001', BLOB_FILE('session.bplist'), 0),
  (13, 'AAAAAAAA-0000-4000-8000-000000000003', X'789C030000000001', 900),
  (14, 'AAAAAAAA-0000-4000-8000-000000000004', X'8D3F00112233445566778899AABBCCDD', 0),
  (15, 'AAAAAAAA-0000-4000-8000-000000000005', X'0000000262706C697374303000', 0),
  (16, 'AAAAAAAA-0000-4000-8000-00000000DEAD', BLOB_FILE('session.bplist'), 0);
