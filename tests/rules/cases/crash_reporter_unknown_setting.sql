-- hit 1: NewThing is 7.
INSERT INTO ios_crash_reporter_setting (record_id, setting, setting_value, is_known) VALUES (1, 'NewThing', '7', 0), (2, 'defTS', '0', 1), (3, 'CrashReportsDisabled', 'true', 0);
