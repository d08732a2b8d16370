-- Applications by their domains, once each, and by the names of their settings. The rows have no archive.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
INSERT INTO Files VALUES ('01', 'AppDomain-test.example.app', '', 2, NULL),
  ('02', 'AppDomain-test.example.app', 'Documents/a', 1, NULL),
  ('03', 'AppDomainGroup-group.test.example.shared', 'b', 1, NULL),
  ('04', 'AppDomain-test.example.app', 'Library/Preferences/test.example.other.plist', 1, NULL),
  ('05', 'AppDomainPlugin-test.example.app.part', 'c', 1, NULL),
  ('06', 'HomeDomain', 'Library/Preferences/test.example.gone.plist', 1, NULL),
  ('07', 'HomeDomain', 'Library/Preferences/below/test.example.not.plist', 1, NULL),
  ('08', 'HomeDomain', 'Library/Preferences/nodots.plist', 1, NULL),
  ('09', 'AppDomain', 'd', 1, NULL), ('10', 'AppDomain-', 'e', 1, NULL);
