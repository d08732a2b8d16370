-- A bookmark with its own title, a synced feed, what was typed and searched for, and a site of which no page is left.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR, guid TEXT NOT NULL UNIQUE,
  origin_id INTEGER);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL, from_visit INTEGER, place_id INTEGER
  NOT NULL, visit_date INTEGER NOT NULL, visit_type INTEGER NOT NULL);
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, fk INTEGER DEFAULT NULL, type INTEGER NOT NULL, parent INTEGER,
  position INTEGER NOT NULL, title TEXT, dateAdded INTEGER NOT NULL DEFAULT 0, lastModified INTEGER NOT NULL DEFAULT 0,
  guid TEXT NOT NULL UNIQUE);
CREATE TABLE moz_bookmarks_synced (id INTEGER PRIMARY KEY, guid TEXT UNIQUE NOT NULL, title TEXT, placeId INTEGER,
  description TEXT, feedURL TEXT, siteURL TEXT, dateAdded INTEGER NOT NULL DEFAULT 0);
CREATE TABLE moz_inputhistory (place_id INTEGER NOT NULL, input LONGVARCHAR NOT NULL, use_count INTEGER,
  PRIMARY KEY (place_id, input));
CREATE TABLE moz_origins (id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, rev_host TEXT NOT NULL,
  frecency INTEGER NOT NULL, UNIQUE (prefix, host));
CREATE TABLE moz_places_metadata_search_queries (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
INSERT INTO moz_places VALUES (1, 'https://bookmarked.test/', 'Page', 'AAAAAAAAAAAA', 1);
INSERT INTO moz_bookmarks (id, fk, type, parent, position, title, dateAdded, guid) VALUES
  (1, NULL, 2, NULL, 0, 'root', 0, 'root________'), (2, 1, 1, 1, 0, 'My title', 1700000000123, 'BBBBBBBBBBBB');
INSERT INTO moz_bookmarks_synced VALUES (1, 'CCCCCCCCCCCC', 'Feed', NULL, 'about feed.test', 'https://feed.test/rss',
  'https://feed-site.test/', 1700000000000), (2, 'DDDDDDDDDDDD', 'Plain', 1, NULL, NULL, NULL, 0);
INSERT INTO moz_inputhistory VALUES (1, 'typed.test', 2);
INSERT INTO moz_origins VALUES (1, 'https://', 'bookmarked.test', 'tset.', 1), (2, 'https://', 'left.test', 'tset.', 1);
INSERT INTO moz_places_metadata_search_queries VALUES (1, 'who owns searched.test');
