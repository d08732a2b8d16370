-- Which parts of a path are taken for hosts. Without an archive each row is reported as file_info_unreadable.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
INSERT INTO Files VALUES
  ('00', 'AppDomain-com.example.browser', 'evil.test/index.html', 1, NULL),
  ('01', 'AppDomain-com.example.browser', 'evil.app', 2, NULL),
  ('02', 'AppDomain-com.example.browser', 'Library/WebKit/LocalStorage/cdn.evil.test/data', 1, NULL),
  ('03', 'AppDomain-com.example.browser', 'Library/WebKit/IndexedDB/https_evil.app_0', 2, NULL),
  ('04', 'AppDomain-com.example.browser', 'Library/Cookies/Evil.Example', 1, NULL),
  ('05', 'AppDomain-com.example.browser', 'Library/Caches/198.51.100.7/x', 1, NULL),
  ('06', 'AppDomain-com.example.browser', 'Library/Caches/evil.app/x.localstorage', 1, NULL),
  ('07', 'HomeDomain', 'Library/Preferences/com.example.app', 1, NULL),
  ('08', 'HomeDomain', 'Documents/notes.md', 1, NULL),
  ('09', 'HomeDomain', 'Library/SMS/sms.db', 1, NULL),
  ('10', 'CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.MOV', 1, NULL);
