CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, allowed INTEGER NOT NULL,
  prompt_count INTEGER NOT NULL, csreq BLOB, policy_id INTEGER, PRIMARY KEY (service, client, client_type));
INSERT INTO access VALUES ('kTCCServiceMicrophone', 'com.example.recorder', 0, 1, 1, NULL, NULL), ('kTCCServicePhotos', 'com.example.recorder', 0, 0, 2, NULL, NULL);
