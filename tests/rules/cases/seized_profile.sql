-- hit 2: It calls itself Guest network.
-- hit 3: It calls itself test.example.last.
-- hit 6:
INSERT INTO ios_configuration_profile (record_id, profile_identifier, profile_name, installed) VALUES
 (1, 'test.example.before', 'Before', 1714521599999999), (2, 'test.example.first', 'Guest network', 1714521600000000),
 (3, 'test.example.last', NULL, 1714694400000000), (4, 'test.example.after', 'After', 1714694400000001), (5, 'test.example.undated', 'Undated', NULL),
 (6, NULL, NULL, 1714600000000000);
