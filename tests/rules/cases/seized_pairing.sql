-- hit 1:
-- hit 3:
INSERT INTO ios_backup_file (record_id, domain, relative_path, file_type, birth, modified) VALUES
 (1, 'RootDomain', '/Library/Lockdown/pair_records/31000000-0000000000000000000.plist', 'file', 1714600000000000, 1714600000000000),
 (2, 'RootDomain', '/Library/Lockdown/pair_records', 'folder', 1600000000000000, 1714600000000000),
 (3, 'SysSharedContainerDomain-systemgroup.com.apple.bluetooth', '/Library/Database/com.apple.MobileBluetooth.ledevices.paired.db', 'file', 1600000000000000, 1714600000000000),
 (4, 'SysSharedContainerDomain-systemgroup.com.apple.bluetooth', '/Library/Preferences/com.apple.MobileBluetooth.devices.plist', 'file', 1600000000000000, 1700000000000000),
 (5, 'SysSharedContainerDomain-systemgroup.com.apple.bluetooth', '/Library/Database/com.apple.MobileBluetooth.ledevices.other.db', 'file', 1714600000000000, 1714600000000000),
 (6, 'HomeDomain', '/Library/Preferences/test.example.plist', 'file', 1714600000000000, 1714600000000000);
