-- hit 1: ZLIVEUSAGE row 6 names no ZPROCESS row.
-- hit 2: ZPROCESS row 7 has no name.
INSERT INTO ios_data_usage (record_id, evidence_state, network_name, process_key, usage_key, usage_process_key) VALUES
  (1, 'current', NULL, NULL, 6, NULL), (2, 'current', NULL, 7, 3, 7), (3, 'current', 'nehelper', 2, 1, 2), (4, 'current', NULL, NULL, 2, 3),
  (5, 'current', NULL, 8, NULL, NULL), (6, 'recovered', NULL, 7, 3, 7), (7, 'current', 'mDNSResponder', 9, 8, 9), (8, 'current', 'apsd', 10, 9, 10),
  (9, 'current', 'mediaserverd', 11, 10, 11), (10, 'current', 'locationd', 12, 11, 12), (11, 'current', 'networkd', 13, 12, 13);
