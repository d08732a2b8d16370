-- hit 2: 2 files were made in that time.
-- hit 5: 1 file was made in that time.
INSERT INTO ios_backup_file (record_id, evidence_state, domain, relative_path, file_type, birth) VALUES
 (1, 'current', 'HomeDomain', '/Library/b', 'file', 1714600000000001), (2, 'current', 'HomeDomain', '/Library/a', 'file', 1714600000000000),
 (3, 'current', 'HomeDomain', '/Library', 'folder', 1714600000000000), (4, 'current', 'HomeDomain', '/Library/c', 'file', 1600000000000000),
 (5, 'current', 'MediaDomain', '/Media/x', 'file', 1714600000000000), (6, 'before_wal', 'MediaDomain', '/Media/x', 'file', 1714600000000000);
