-- The page of the searches is overwritten: the visits are read, and the rest is recovered.
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0
  NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit
  INTEGER, external_referrer_url TEXT, transition INTEGER DEFAULT 0 NOT NULL, visit_duration INTEGER DEFAULT 0 NOT NULL,
  originator_cache_guid TEXT);
CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL, url_id INTEGER NOT NULL, term LONGVARCHAR NOT NULL,
  normalized_term LONGVARCHAR NOT NULL);
INSERT INTO urls VALUES (1, 'https://search.example/?q=1', 'S', 1, 0, 13350000000000000, 0);
INSERT INTO visits VALUES (1, 1, 13350000000000000, 0, NULL, 805306373, 0, '');
INSERT INTO keyword_search_terms VALUES (2, 1, 'Who owns by-address.test', 'who owns by-address.test');
