-- hit 1: 76281896 octets in and 100 out by the mobile network, 0 in and 0 out by Wi-Fi.
INSERT INTO ios_data_usage (record_id, process, wwan_in, wwan_out, wifi_in, wifi_out) VALUES (1, 'BackupAgent', 76281896, 100, 0, NULL), (2, 'BackupAgent2', 1, 1, 1, 1), (3, 'backupagent', 1, 1, 1, 1), (4, NULL, 1, 1, 1, 1);
