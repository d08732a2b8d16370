-- Two pages of one icon that has two pictures; a page whose icon has no picture; one whose icon is gone; an icon that
-- was fetched without a visit. Two icons whose pages were deleted, one without its picture.
CREATE TABLE meta (key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR NOT NULL, icon_id INTEGER,
  page_url_type INTEGER DEFAULT 0);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, icon_type INTEGER DEFAULT 1);
CREATE TABLE favicon_bitmaps (id INTEGER PRIMARY KEY, icon_id INTEGER NOT NULL, last_updated INTEGER DEFAULT 0,
  image_data BLOB, width INTEGER DEFAULT 0, height INTEGER DEFAULT 0, last_requested INTEGER DEFAULT 0);
INSERT INTO favicons VALUES (1, 'https://news.example/favicon.ico', 1), (2, 'https://hop.example.test/i.png', 2),
  (3, 'https://suggested.example/favicon.ico', 1), (4, 'https://forgotten.example.test/favicon.ico', 1),
  (5, 'https://bare.example.test/favicon.ico', 1);
INSERT INTO favicon_bitmaps VALUES (1, 1, 13350000000000000, X'89', 16, 16, 0),
  (2, 1, 13350000005000000, X'89', 32, 32, 0), (3, 3, 0, X'89', 16, 16, 13350000009000000),
  (4, 4, 13350000010000000, X'89', 16, 16, 0);
INSERT INTO icon_mapping VALUES (1, 'https://news.example/', 1, 0), (2, 'https://news.example/story', 1, 0),
  (3, 'https://hop.example.test/r', 2, 0), (4, 'https://gone.example/', 9, 0), (5, 'https://suggested.example/', 3, 0);
