-- A newer browser.db, which no longer holds icons.
CREATE TABLE remote_devices (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, name TEXT NOT NULL);
