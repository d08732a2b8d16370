-- hit 1:
INSERT INTO ios_shortcut (record_id, shortcut_name, created, modified) VALUES
 (1, 'Send place', 1714600000000000, 1714600000000000), (2, 'Old', 1600000000000000, 1714600000000000), (3, 'Undated', NULL, NULL);
