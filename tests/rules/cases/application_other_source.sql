-- hit 2: Installed by com.example.installer.
INSERT INTO ios_application (record_id, app_id, source_app) VALUES (1, 'a', 'com.apple.AppStore'), (2, 'b', 'com.example.installer'), (3, 'c', NULL),
  (4, 'd', 'dmd'), (5, 'e', 'com.apple.AppStore.ProductPageExtension'), (6, 'f', 'com.apple.dmd');
