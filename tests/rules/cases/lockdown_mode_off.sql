-- hit 2:
INSERT INTO ios_preference (record_id, entry, lockdown_mode) VALUES (1, 'LDMGlobalEnabled', 1), (2, 'LDMGlobalEnabled', 0), (3, 'AppleLocale', NULL);
