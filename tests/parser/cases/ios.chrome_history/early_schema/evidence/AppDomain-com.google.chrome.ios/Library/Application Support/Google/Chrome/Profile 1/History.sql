-- A second profile with an early schema: no durations, no titles of downloads, one address a download.
CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, last_visit_time INTEGER NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER, from_visit INTEGER,
  transition INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE downloads (id INTEGER PRIMARY KEY, full_path LONGVARCHAR NOT NULL, url LONGVARCHAR NOT NULL,
  start_time INTEGER NOT NULL, received_bytes INTEGER NOT NULL, total_bytes INTEGER NOT NULL, state INTEGER NOT NULL);
INSERT INTO urls VALUES (1, 'https://early.example/', 'Early', 13000000000000000), (2, NULL, NULL, -5),
  (3, 'https://far.example/', X'FF', 9223372036854775807);
INSERT INTO visits VALUES (1, 1, 13000000000000000, NULL, 0), (2, 2, 'x', 1, 'link'), (3, 2, NULL, 2, 16777224);
INSERT INTO downloads VALUES (1, '/d/e.pdf', 'https://early.example/e.pdf', 13000000001000000, 1, 2, 0);
