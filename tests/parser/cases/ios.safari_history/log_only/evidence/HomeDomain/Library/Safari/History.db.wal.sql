-- What the log alone holds: a new visit, and a deletion with its tombstone.
INSERT INTO history_items VALUES (3, 'https://recent.example/', 1);
INSERT INTO history_visits VALUES (3, 3, 710000200, 'Recent', NULL, NULL);
DELETE FROM history_visits WHERE id = 2;
DELETE FROM history_items WHERE id = 2;
INSERT INTO history_tombstones VALUES (1, 710000100, 710000100, 'https://removed.example/secret');
