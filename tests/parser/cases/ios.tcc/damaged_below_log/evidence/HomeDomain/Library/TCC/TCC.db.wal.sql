DELETE FROM access WHERE rowid = 16;
UPDATE access SET auth_value = 0 WHERE rowid = 15;
