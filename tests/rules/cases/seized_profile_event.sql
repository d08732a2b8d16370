-- hit 1: install by profiled.
-- hit 2: act by an unnamed process.
INSERT INTO ios_profile_event (record_id, profile_id, at, operation, process) VALUES
 (1, 'test.example.a', 1714600000000000, 'install', 'profiled'), (2, 'test.example.b', 1714600000000000, NULL, NULL),
 (3, 'test.example.c', 1714700000000000, 'install', 'profiled'), (4, 'test.example.d', NULL, 'remove', 'profiled');
