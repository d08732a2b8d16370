-- hit 1: ZLIVEUSAGE row 2 belongs to ZPROCESS row 3, which is not there; 30 octets in and 40 out by the mobile network.
-- hit 3: ZLIVEUSAGE row 4 belongs to ZPROCESS row 5, which is not there; 0 octets in and 0 out by the mobile network.
INSERT INTO ios_data_usage (record_id, evidence_state, network_name, process_key, usage_key, usage_process_key, wwan_in, wwan_out) VALUES
  (1, 'current', NULL, NULL, 2, 3, 30, 40), (2, 'current', 'nehelper', 2, 1, 2, 1, 1), (3, 'wal_only', NULL, NULL, 4, 5, NULL, NULL),
  (4, 'recovered', NULL, NULL, 9, 9, 1, 1), (5, 'current', NULL, NULL, 6, NULL, 1, 1);
