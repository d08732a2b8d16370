-- Tabs open on another device of the account; one whose device is not listed.
CREATE TABLE cloud_tab_devices (device_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL, device_name TEXT,
  has_duplicate_device_name BOOLEAN DEFAULT 0, is_ephemeral_device BOOLEAN DEFAULT 0, last_modified REAL NOT NULL);
CREATE TABLE cloud_tabs (tab_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL, device_uuid TEXT NOT NULL,
  position BLOB NOT NULL, title TEXT, url TEXT NOT NULL, is_showing_reader BOOLEAN DEFAULT 0, is_pinned BOOLEAN DEFAULT 0);
INSERT INTO cloud_tab_devices VALUES ('D1', X'00', 'Tablet', 0, 0, 720000000);
INSERT INTO cloud_tabs VALUES ('T1', BLOB_FILE('fields.bplist'), 'D1', X'01', 'Parcel', 'https://hop.example.test/lure', 0, 1),
  ('T2', X'00', 'D2', X'02', NULL, 'https://quiet.example/', 0, 0);
CREATE TABLE cloud_tab_close_requests (close_request_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL,
  destination_device_uuid TEXT NOT NULL, url TEXT NOT NULL, tab_uuid TEXT NOT NULL);
INSERT INTO cloud_tab_close_requests VALUES ('R1', BLOB_FILE('fields.bplist'), 'D1', 'https://closed.example.test/', 'T3');
