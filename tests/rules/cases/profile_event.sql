-- hit 1: install by Preferences.
-- hit 2: act by an unnamed process.
INSERT INTO ios_profile_event (record_id, profile_id, operation, process) VALUES (1, 'test.example.profile', 'install', 'Preferences'), (2, 'test.example.other', NULL, NULL);
