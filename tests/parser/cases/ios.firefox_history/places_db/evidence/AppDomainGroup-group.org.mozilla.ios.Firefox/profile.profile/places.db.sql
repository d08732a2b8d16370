-- places.db of the shared component: a redirect chain in milliseconds, a synced visit, a bookmark's address.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR,
  visit_count_local INTEGER NOT NULL DEFAULT 0, visit_count_remote INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL,
  last_visit_date_local INTEGER NOT NULL DEFAULT 0, last_visit_date_remote INTEGER NOT NULL DEFAULT 0,
  guid TEXT NOT NULL UNIQUE, preview_image_url TEXT);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL, from_visit INTEGER,
  place_id INTEGER NOT NULL, visit_date INTEGER NOT NULL, visit_type INTEGER NOT NULL);
INSERT INTO moz_places(id, url, title, guid, last_visit_date_local, preview_image_url) VALUES
  (1, 'http://short.example/a1', NULL, 'placeplace01', 1700000000123, NULL),
  (2, 'https://news.example/story', 'A story', 'placeplace02', 1700000000456, 'https://img.example/p.png'),
  (3, 'https://bookmark.example/', 'Marked', 'placeplace03', 0, 'https://img.example/q.png');
INSERT INTO moz_historyvisits VALUES (1, 1, NULL, 1, 1700000000123, 2), (2, 1, 1, 2, 1700000000456, 6),
  (3, 0, NULL, 2, 1700000100000, 1), (4, 1, 2, 2, 1700000200000, 9), (5, 1, 99, 42, 'x', -3);
