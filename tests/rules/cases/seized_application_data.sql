-- hit 1:
-- hit 4:
INSERT INTO ios_backup_file (record_id, domain, relative_path, file_type, birth) VALUES
 (1, 'AppDomain-test.example.new', '/', 'folder', 1714600000000000), (2, 'AppDomain-test.example.new', '/Library', 'folder', 1714600000000000),
 (3, 'AppDomain-test.example.old', '/', 'folder', 1600000000000000), (4, 'AppDomainGroup-group.test.example.new', '/', 'folder', 1714600000000000),
 (5, 'HomeDomain', '/', 'folder', 1714600000000000);
