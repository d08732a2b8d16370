-- Before version 6 the picture and its time stood with the icon.
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR NOT NULL, icon_id INTEGER);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, last_updated INTEGER DEFAULT 0, image_data BLOB,
  icon_type INTEGER DEFAULT 1);
INSERT INTO favicons VALUES (1, 'https://early.example/favicon.ico', 13000000000000000, X'89', 1),
  (2, 'https://forgotten.example.test/favicon.ico', 13000000001000000, X'89', 1);
INSERT INTO icon_mapping VALUES (1, 'https://early.example/', 1);
