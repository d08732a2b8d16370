-- The tabs of other devices, one record a device.
CREATE TABLE tabs (guid TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL, last_modified INTEGER NOT NULL);
INSERT INTO tabs VALUES ('device', '{"tabs":[{"title":"T","urlHistory":["https://remote.test/1"]}]}', 1700000001000);
