-- The schema of 2024: a typed short link, two server redirects, a link from outside, a visit synced from another
-- device; an address whose visits were dropped; a download with its chain.
CREATE TABLE meta (key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE urls (id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR,
  visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL,
  hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
  from_visit INTEGER, external_referrer_url TEXT, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
  visit_duration INTEGER DEFAULT 0 NOT NULL, incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL,
  opener_visit INTEGER, originator_cache_guid TEXT, originator_visit_id INTEGER, originator_from_visit INTEGER,
  originator_opener_visit INTEGER, is_known_to_sync BOOLEAN DEFAULT FALSE NOT NULL,
  consider_for_ntp_most_visited BOOLEAN DEFAULT FALSE NOT NULL, visited_link_id INTEGER DEFAULT 0 NOT NULL, app_id TEXT);
CREATE TABLE downloads (id INTEGER PRIMARY KEY, guid VARCHAR NOT NULL, current_path LONGVARCHAR NOT NULL,
  target_path LONGVARCHAR NOT NULL, start_time INTEGER NOT NULL, received_bytes INTEGER NOT NULL,
  total_bytes INTEGER NOT NULL, state INTEGER NOT NULL, danger_type INTEGER NOT NULL, interrupt_reason INTEGER NOT NULL,
  hash BLOB NOT NULL, end_time INTEGER NOT NULL, opened INTEGER NOT NULL, last_access_time INTEGER NOT NULL,
  referrer VARCHAR NOT NULL, tab_url VARCHAR NOT NULL, mime_type VARCHAR(255) NOT NULL);
CREATE TABLE downloads_url_chains (id INTEGER NOT NULL, chain_index INTEGER NOT NULL, url LONGVARCHAR NOT NULL,
  PRIMARY KEY (id, chain_index));
INSERT INTO meta VALUES ('version', '70');
INSERT INTO urls VALUES (1, 'http://short.example/a1', '', 1, 1, 13350000000000000, 1),
  (2, 'http://hop.example.test/r', '', 1, 0, 13350000000200000, 1),
  (3, 'https://news.example/story', 'A story', 2, 0, 13350000000650000, 0),
  (4, 'https://typed.example/', 'Typed long ago', 9, 9, 13320000000000000, 0);
INSERT INTO visits(id, url, visit_time, from_visit, external_referrer_url, transition, visit_duration,
  originator_cache_guid) VALUES
  (1, 1, 13350000000000000, 0, '', 301989889, 0, ''),
  (2, 2, 13350000000200000, 1, '', -2147483648, 0, ''),
  (3, 3, 13350000000650000, 2, '', -1610612736, 61500000, ''),
  (4, 3, 13350000100000000, 0, 'https://mail.example/inbox', 805306376, 2000000, 'EXAMPLEGUID'),
  (5, 77, 13350000200000000, 4, '', 255, 0, NULL);
INSERT INTO downloads VALUES (1, '00000000-0000-4000-8000-000000000001', '', '/private/var/mobile/Downloads/offer.mobileconfig',
  13350000000700000, 4096, 4096, 1, 0, 0, X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
  13350000001700000, 1, 0, 'https://news.example/story', 'https://news.example/story', 'application/x-apple-aspen-config');
INSERT INTO downloads_url_chains VALUES (1, 1, 'https://cdn.example.test/offer.mobileconfig'), (1, 0, 'https://get.example/o');
