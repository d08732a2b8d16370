-- A newer browser.db, which no longer holds the history: nothing to read here, and nothing wrong.
CREATE TABLE remote_devices (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, name TEXT NOT NULL);
CREATE TABLE pinned_top_sites (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT);
