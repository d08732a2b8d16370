-- The schema of iOS 13 and later. A chain over plain http: a short link, a hop, the page; then an upgrade to https on
-- the same host; a slow redirect; a visit whose destination is gone; an address without a visit. Two tombstones.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT NULL,
  visit_count INTEGER NOT NULL, daily_visit_counts BLOB NOT NULL, weekly_visit_counts BLOB NULL,
  autocomplete_triggers BLOB NULL, should_recompute_derived_visit_counts INTEGER NOT NULL,
  visit_count_score INTEGER NOT NULL, status_code INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT,
  history_item INTEGER NOT NULL REFERENCES history_items(id) ON DELETE CASCADE, visit_time REAL NOT NULL,
  title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1, http_non_get BOOLEAN NOT NULL DEFAULT 0,
  synthesized BOOLEAN NOT NULL DEFAULT 0,
  redirect_source INTEGER NULL UNIQUE REFERENCES history_visits(id) ON DELETE CASCADE,
  redirect_destination INTEGER NULL UNIQUE REFERENCES history_visits(id) ON DELETE CASCADE,
  origin INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 0, attributes INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY AUTOINCREMENT, start_time REAL NOT NULL,
  end_time REAL NOT NULL, url TEXT, generation INTEGER NOT NULL DEFAULT 0, udid TEXT,
  attributes INTEGER NOT NULL DEFAULT 0);
INSERT INTO history_items(id, url, domain_expansion, visit_count, daily_visit_counts,
  should_recompute_derived_visit_counts, visit_count_score) VALUES
  (1, 'http://short.example/a1', 'short', 1, X'64000000', 0, 100),
  (2, 'http://hop.example.test/r?id=7', NULL, 1, X'64000000', 0, 100),
  (3, 'https://news.example/story', 'news', 3, X'64000000', 0, 300),
  (4, 'http://www.bank.example/', 'bank', 1, X'64000000', 0, 100),
  (5, 'https://bank.example/', 'bank', 1, X'64000000', 0, 100),
  (6, 'http://slow.example/', 'slow', 1, X'64000000', 0, 100),
  (7, 'http://m.shop.example/', 'shop', 1, X'64000000', 0, 100),
  (8, 'http://shop.example/', 'shop', 1, X'64000000', 0, 100),
  (9, 'https://unvisited.example/', NULL, 2, X'64000000', 0, 200);
INSERT INTO history_visits(id, history_item, visit_time, title, load_successful, synthesized, redirect_source,
  redirect_destination, origin) VALUES
  (10, 1, 700000000.0, NULL, 1, 0, NULL, 11, 0),
  (11, 2, 700000000.2, NULL, 1, 0, 10, 12, 0),
  (12, 3, 700000000.65, 'A story', 1, 0, 11, NULL, 0),
  (13, 4, 700000100.0, NULL, 1, 1, NULL, 14, 0),
  (14, 5, 700000100.1, 'The bank', 1, 0, 13, NULL, 0),
  (15, 6, 700000200.0, NULL, 1, 0, NULL, 16, 1),
  (16, 3, 700000201.5, 'A story', 1, 0, 15, NULL, 1),
  (17, 7, 700000300.0, NULL, 0, 0, NULL, 99, 0),
  (18, 8, 700000400.0, NULL, 1, 0, NULL, 19, 0),
  (19, 7, 700000400.3, 'The shop', 1, 0, 18, NULL, 0);
INSERT INTO history_tombstones(id, start_time, end_time, url, generation) VALUES
  (1, 699990000.0, 699990060.5, 'https://gone.example/page', 4),
  (2, -63114076800.0, 699980000.0, NULL, 5);
