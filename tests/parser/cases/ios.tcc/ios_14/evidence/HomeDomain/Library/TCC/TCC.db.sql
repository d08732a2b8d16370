CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL,
  auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, csreq BLOB, policy_id INTEGER,
  indirect_object_identifier_type INTEGER, indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED',
  indirect_object_code_identity BLOB, flags INTEGER, last_modified INTEGER NOT NULL,
  PRIMARY KEY (service, client, client_type, indirect_object_identifier));
INSERT INTO access VALUES
  ('kTCCServiceMicrophone', 'com.example.recorder', 0, 2, 2, 1, NULL, NULL, NULL, 'UNUSED', NULL, 0, 1690754191),
  ('kTCCServicePhotos', 'com.example.viewer', 0, 3, 2, 1, NULL, NULL, NULL, 'UNUSED', NULL, 0, 1690754192),
  ('kTCCServiceCamera', 'com.example.viewer', 0, 0, 6, 1, NULL, NULL, NULL, 'UNUSED', NULL, 0, 1690754193),
  ('kTCCServiceBluetoothAlways', 'com.example.viewer', 0, 99, -1, 1, NULL, NULL, NULL, 'UNUSED', NULL, 0, 9223372036854775807),
  ('kTCCServiceCalendar', '', 0, 1, 12, 1, NULL, NULL, NULL, 'UNUSED', NULL, 0, 1690754194);
CREATE TABLE expired (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, csreq BLOB,
  last_modified INTEGER NOT NULL, expired_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (service, client, client_type));
INSERT INTO expired VALUES ('kTCCServiceMicrophone', 'com.example.idle', 0, NULL, 1690754195, 1690840595),
  ('kTCCServiceCamera', '/usr/libexec/idled', 1, NULL, 1690754196, 0);
