-- hit 1: Traffic of nehelper,BackupAgent within five minutes.
INSERT INTO ios_location_client (record_id, client, location_stopped) VALUES (1, 'com.apple.locationd.bundle-/System/Library/LocationBundles/IonosphereHarvest.bundle', 1000000000),
  (2, 'com.apple.locationd.bundle-/System/Library/LocationBundles/WRMLinkSelection.bundle', 9000000000), (3, 'com.example.app', 1000000000);
INSERT INTO ios_data_usage (record_id, network_name, first_seen, last_seen, at) VALUES (1, 'nehelper', 800000000, 1300000000, NULL), (2, 'mDNSResponder', NULL, 9000000000, NULL);
INSERT INTO ios_baseline_usage (record_id, network_name, at) VALUES (1, 'BackupAgent', 1000000000);
