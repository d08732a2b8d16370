-- The database of versions before places.db: visits, one of a deleted page; a page without a visit, and one that was
-- deleted and left its title.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE,
  title TEXT NOT NULL, server_modified INTEGER, local_modified INTEGER, is_deleted TINYINT NOT NULL,
  should_upload TINYINT NOT NULL, domain_id INTEGER);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, date REAL NOT NULL,
  type INTEGER NOT NULL, is_local TINYINT NOT NULL, UNIQUE (siteID, date, type));
CREATE TABLE remote_devices (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, name TEXT NOT NULL);
INSERT INTO history VALUES (1, 'guidguidgui1', 'http://short.example/a1', '', NULL, NULL, 0, 0, 1),
  (2, 'guidguidgui2', 'https://news.example/story', 'A story', 1600000000000, NULL, 0, 0, 2),
  (3, 'guidguidgui3', NULL, '', NULL, 1600000000001, 1, 1, NULL),
  (4, 'guidguidgui4', 'https://unvisited.example/', 'Unvisited', 1600000000002, NULL, 0, 0, 3),
  (5, 'guidguidgui5', NULL, 'A title that stayed', NULL, 1600000300000, 1, 1, NULL);
INSERT INTO visits VALUES (1, 1, 1600000000123456.0, 2, 1), (2, 2, 1600000000900000.0, 6, 1),
  (3, 3, 1600000100000000.0, 1, 0), (4, 2, 1600000200000000.0, 9, 1), (5, 9, 1e40, 99, 1);
