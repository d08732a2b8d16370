CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
  title TEXT NULL, redirect_source INTEGER NULL, redirect_destination INTEGER NULL);
CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY AUTOINCREMENT, start_time REAL NOT NULL, end_time REAL NOT NULL,
  url TEXT);
INSERT INTO history_items VALUES (1, 'https://kept.example/', 1), (2, 'https://removed.example/secret', 1);
INSERT INTO history_visits VALUES (1, 1, 710000000, 'Kept', NULL, NULL), (2, 2, 710000100, 'Removed', NULL, NULL);
