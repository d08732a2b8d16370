-- hit 2: It has no store metadata at all, nor a licence of the store (ApplicationSINF).
-- hit 3: Its store metadata lack the identifier.
INSERT INTO ios_application (record_id, app_id, has_entry, has_store_metadata, has_store_signature, software_version_bundle_id) VALUES
  (1, 'com.example.store', 1, 1, 1, 'com.example.store'), (2, 'com.example.sideloaded', 1, 0, 0, NULL), (3, 'com.example.odd', 1, 1, 1, NULL),
  (4, 'com.example.listed', 0, 0, 0, NULL);
