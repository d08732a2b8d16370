CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, description TEXT, start_date REAL, end_date REAL, all_day INTEGER);
INSERT INTO CalendarItem VALUES (1, 'Alone', NULL, 400000000.0, 400003600.0, 0);
