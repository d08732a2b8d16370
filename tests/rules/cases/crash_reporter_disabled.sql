-- hit 1: CrashReportsDisabled is true.
-- hit 2: ReportingEnabled is 0.
INSERT INTO ios_crash_reporter_setting (record_id, setting, setting_value, is_known) VALUES
  (1, 'CrashReportsDisabled', 'true', 0), (2, 'ReportingEnabled', '0', 0), (3, 'CrashReportsDisabled', 'false', 0), (4, 'defTS', '0', 1), (5, 'NewThing', '7', 0);
