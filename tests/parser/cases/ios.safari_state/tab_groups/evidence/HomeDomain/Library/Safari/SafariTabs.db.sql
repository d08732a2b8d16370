-- SafariTabs.db of iOS 15 and later: groups and tabs are bookmarks. A group, a tab with both lists of attributes, one
-- whose list stands in session_state, a deleted one whose attributes are damaged.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER,
  subtype INTEGER DEFAULT 0, title TEXT, url TEXT COLLATE NOCASE, num_children INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0,
  order_index INTEGER NOT NULL, external_uuid TEXT UNIQUE, read INTEGER DEFAULT NULL, last_modified REAL DEFAULT NULL,
  date_closed REAL DEFAULT NULL, deleted INTEGER DEFAULT 0, extra_attributes BLOB DEFAULT NULL,
  local_attributes BLOB DEFAULT NULL);
CREATE TABLE session_state (uuid TEXT PRIMARY KEY, data BLOB);
INSERT INTO bookmarks(id, parent, type, title, url, num_children, order_index, external_uuid, date_closed, deleted,
  extra_attributes, local_attributes) VALUES
  (1, 0, 1, 'Local', NULL, 3, 0, 'CCCCCCCC-0000-4000-8000-000000000001', NULL, 0, NULL, NULL),
  (2, 1, 0, 'Parcel', 'https://short.example/x9', 0, 0, 'CCCCCCCC-0000-4000-8000-000000000002', NULL, 0,
   BLOB_FILE('extra.bplist'), BLOB_FILE('local.bplist')),
  (3, 1, 0, 'Second', 'https://second.example/', 0, 1, 'CCCCCCCC-0000-4000-8000-000000000003', 728000000, 0, NULL, NULL),
  (4, 1, 0, 'Third', 'https://third.example/', 0, 2, 'CCCCCCCC-0000-4000-8000-000000000004', NULL, 1, X'00', X'62706C');
INSERT INTO session_state VALUES ('CCCCCCCC-0000-4000-8000-000000000003', BLOB_FILE('session.bplist')),
  -- The list of a tab that is gone.
  ('CCCCCCCC-0000-4000-8000-000000000009', BLOB_FILE('session.bplist'));
