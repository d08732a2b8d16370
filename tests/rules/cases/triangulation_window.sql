-- hit 1: 6 traces within five minutes from 1970-01-01 00:15:00 UTC: setting, attachment folder, traffic.
-- hit 7: 3 traces within five minutes from 1970-01-05 15:06:40 UTC: attachment folder, location.
-- Times in seconds times a million. Window A (1000 s): an emptied attachment folder, a setting, traffic. Window B (100000 s): an
-- attachment is still there. Window C (200000 s): a folder with one of its times. D (300000 s): a setting alone, 301 s before
-- traffic. E (400000 s), the last of the timeline: folder and location.
INSERT INTO ios_backup_file (record_id, evidence_state, domain, relative_path, device_path, file_type, modified, status_changed, birth) VALUES
  (1, 'current', 'MediaDomain', '/Library/SMS/Attachments/0a/10', '/private/var/mobile/Library/SMS/Attachments/0a/10', 'folder', 1000000000, 1000000000, 5000000),
  (2, 'current', 'RootDomain', '/Library/Preferences/com.apple.ImageIO.plist', '/private/var/root/Library/Preferences/com.apple.ImageIO.plist', 'file', 1100000000, 1100000000, 900000000),
  (3, 'current', 'MediaDomain', '/Library/SMS/Attachments/0b', NULL, 'folder', 100000000000, 100000000000, NULL),
  (4, 'current', 'MediaDomain', '/Library/SMS/Attachments/0b/11/AT_0/photo.heic', NULL, 'file', 100000000000, 100000000000, 100000000000),
  (5, 'current', 'MediaDomain', '/Library/SMS/Attachments/0c', NULL, 'folder', 200000000000, 1, NULL),
  (6, 'current', 'HomeDomain', '/Library/Preferences/com.apple.imservice.ids.FaceTime.plist', NULL, 'file', 300000000000, 300000000000, 300000000000),
  (7, 'current', 'MediaDomain', '/Library/SMS/Attachments/0d/12', NULL, 'folder', 400000000000, 400000000000, NULL),
  (8, 'before_wal', 'MediaDomain', '/Library/SMS/Attachments/0e/12', NULL, 'folder', 300000000000, 300000000000, NULL),
  (9, 'current', 'HomeDomain', '/Library/Preferences/com.apple.ImageIO.plist', NULL, 'file', 300200000000, 300200000000, NULL);
INSERT INTO ios_baseline_usage (record_id, network_name, at) VALUES (1, 'BackupAgent', 1200000000), (2, 'nehelper', 100000000000), (3, 'nehelper', 200000000000), (4, 'mDNSResponder', 300000000000);
INSERT INTO ios_data_usage (record_id, network_name, first_seen, last_seen, at) VALUES (1, 'com.apple.WebKit.WebContent', NULL, 300301000000, NULL);
INSERT INTO ios_location_client (record_id, client, process, location_stopped) VALUES (1, 'com.apple.locationd.bundle-/System/Library/LocationBundles/IonosphereHarvest.bundle', 'IonosphereHarvest.bundle', 400300000000);
