-- An icon for a page of the history, the same by address, an icon of nothing.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE,
  title TEXT NOT NULL, is_deleted TINYINT NOT NULL);
CREATE TABLE favicons (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, width INTEGER, height INTEGER,
  type INTEGER NOT NULL, date REAL NOT NULL);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, faviconID INTEGER NOT NULL);
CREATE TABLE favicon_site_urls (id INTEGER PRIMARY KEY AUTOINCREMENT, site_url TEXT NOT NULL, faviconID INTEGER NOT NULL);
INSERT INTO history VALUES (1, 'guidguidgui1', 'https://news.example/story', 'A story', 0);
INSERT INTO favicons VALUES (1, 'https://news.example/icon.png', 32, 32, 0, 1600000000.5),
  (2, 'https://hop.example.test/i.png', NULL, NULL, 1, 1600000000123456), (3, 'x', 0, 0, 0, 1600000000123);
INSERT INTO favicon_sites VALUES (1, 1, 1);
INSERT INTO favicon_site_urls VALUES (1, 'https://hop.example.test/r', 2), (2, 'https://lost.example/', 77);
