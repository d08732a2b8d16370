-- Only the columns that every generation has, in the domain where early systems kept the file. No tombstones.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
  title TEXT NULL);
INSERT INTO history_items VALUES (1, 'https://early.example/'), (2, 'https://second.example/page');
INSERT INTO history_visits VALUES (1, 1, 432000000.5, 'Early'), (2, 2, 432000060.25, NULL);
