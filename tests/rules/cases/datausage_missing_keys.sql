-- hit 3: Row 3 is missing before this one.
-- hit 4: 2 rows are missing before this one: 5 to 6.
-- hit 5: 4 rows are missing behind this one: numbers were given up to 12.
-- hit 7: One row is missing behind this one: numbers were given up to 7.
-- 1, 2, 4, 7, 8 of 12: three gaps, one of them behind the last row. A second file has one. Row 2 is there in two states.
INSERT INTO ios_data_usage (record_id, evidence_path, evidence_state, process_key) VALUES
  (1, 'a', 'current', 1), (2, 'a', 'current', 2), (3, 'a', 'current', 4), (4, 'a', 'current', 7), (5, 'a', 'current', 8), (6, 'b', 'current', 5),
  (7, 'b', 'current', 6), (8, 'a', 'before_wal', 2), (9, 'a', 'current', NULL), (10, 'a', 'recovered', 6);
INSERT INTO ios_data_usage_keys (record_id, evidence_path, evidence_state, entity, highest_key) VALUES
  (1, 'a', 'current', 'Process', 12), (2, 'a', 'current', 'LiveUsage', 99), (3, 'b', 'current', 'Process', 7);
