-- hit 2: Payload 2 of profile 11111111-2222-3333-4444-555555555555.
-- hit 3: Payload 1 of profile without number.
INSERT INTO ios_profile_payload (record_id, parent_profile, payload_type, position) VALUES
  (1, '11111111-2222-3333-4444-555555555555', 'com.apple.vpn.managed', 0), (2, '11111111-2222-3333-4444-555555555555', 'com.apple.notificationsettings', 1),
  (3, '', 'com.apple.notificationsettings', 0), (4, NULL, NULL, 0);
