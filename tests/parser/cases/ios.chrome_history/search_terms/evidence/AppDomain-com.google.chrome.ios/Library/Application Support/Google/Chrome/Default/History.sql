-- Version 70: what was searched for, by address and by visit, and the page that held a link.
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0
  NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit
  INTEGER, external_referrer_url TEXT, transition INTEGER DEFAULT 0 NOT NULL, visit_duration INTEGER DEFAULT 0 NOT NULL,
  originator_cache_guid TEXT, visited_link_id INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL, url_id INTEGER NOT NULL, term LONGVARCHAR NOT NULL,
  normalized_term LONGVARCHAR NOT NULL);
CREATE TABLE content_annotations (visit_id INTEGER PRIMARY KEY, annotation_flags INTEGER NOT NULL, search_terms
  LONGVARCHAR);
CREATE TABLE visited_links(id INTEGER PRIMARY KEY AUTOINCREMENT, link_url_id INTEGER NOT NULL, top_level_url LONGVARCHAR
  NOT NULL, frame_url LONGVARCHAR NOT NULL, visit_count INTEGER DEFAULT 0 NOT NULL);
INSERT INTO urls VALUES (1, 'https://search.example/?q=1', 'S', 1, 0, 13350000000000000, 0),
  (2, 'https://search.example/?q=2', 'S', 1, 0, 13350000000000000, 0),
  (3, 'https://result.example/', 'R', 1, 0, 13350000000000000, 0),
  (4, 'https://search.example/?q=4', 'S', 0, 0, 13350000000000000, 0);
INSERT INTO visits VALUES (1, 1, 13350000000000000, 0, NULL, 805306373, 0, '', 0),
  (2, 2, 13350000001000000, 0, NULL, 805306373, 0, '', 0), (3, 3, 13350000002000000, 2, NULL, 805306368, 0, '', 7);
INSERT INTO keyword_search_terms VALUES (2, 1, 'Who owns by-address.test', 'who owns by-address.test'),
  (2, 4, 'dropped.test', 'dropped.test');
INSERT INTO content_annotations VALUES (1, 0, 'not this one'), (2, 0, 'by-visit.test');
INSERT INTO visited_links VALUES (7, 3, 'https://linking.test/', 'https://frame.test/', 1);
