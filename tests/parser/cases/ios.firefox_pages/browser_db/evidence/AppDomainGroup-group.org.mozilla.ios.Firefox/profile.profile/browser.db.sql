-- Pinned, queued and hidden pages, top sites, tabs of another device, metadata, bookmarks; a site without a page. Wrong
-- types in the last rows.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT UNIQUE, title TEXT NOT NULL, domain_id INTEGER);
CREATE TABLE domains (id INTEGER PRIMARY KEY AUTOINCREMENT, domain TEXT NOT NULL UNIQUE);
CREATE TABLE pinned_top_sites (historyID INTEGER, url TEXT NOT NULL UNIQUE, title TEXT, guid TEXT, pinDate REAL,
  domain TEXT NOT NULL);
CREATE TABLE cached_top_sites (historyID INTEGER, url TEXT NOT NULL, title TEXT NOT NULL, iconURL TEXT);
CREATE TABLE activity_stream_blocklist (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
CREATE TABLE queue (url TEXT NOT NULL UNIQUE, title TEXT);
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, client_guid TEXT, url TEXT NOT NULL, title TEXT, history TEXT,
  last_used INTEGER);
CREATE TABLE page_metadata (id INTEGER PRIMARY KEY, site_url TEXT, media_url LONGVARCHAR, title TEXT, description TEXT);
CREATE TABLE bookmarksLocal (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, date_added INTEGER,
  siteUri TEXT, title TEXT, description TEXT, bmkUri TEXT);
INSERT INTO history VALUES (1, 'https://known.example/', 'Known', 1);
INSERT INTO domains VALUES (1, 'known.example'), (2, 'gone.test');
INSERT INTO pinned_top_sites VALUES (1, 'https://pinned.test/', 'Pinned', 'G', 1700000000123.5, 'pinned.test'),
  (2, 'https://pinned-too.test/', NULL, 'H', 'soon', ''), (3, 'https://pinned-far.test/', NULL, 'I', 1e40, '');
INSERT INTO cached_top_sites VALUES (1, 'https://top.test/', 'Top', 'https://top-icon.test/i');
INSERT INTO activity_stream_blocklist VALUES (1, 'https://hidden.test/');
INSERT INTO queue VALUES ('https://queued.test/', 'Queued');
INSERT INTO tabs VALUES (1, 'C', 'https://tab.test/', 'Tab', '["https:\/\/tab.test\/","https:\/\/before.test\/"]', 1700000002000);
INSERT INTO page_metadata VALUES (1, 'https://described.test/', 'https://media.test/m', 'D', 'says more.test');
INSERT INTO bookmarksLocal VALUES (1, 'root________', NULL, NULL, '', NULL, NULL),
  (2, 'M', 1700000003000, NULL, 'Mark', 'of mark.test', 'https://mark.test/');
