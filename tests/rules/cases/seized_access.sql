-- hit 1: The access is to Microphone.
-- hit 4: The access is to something unnamed.
INSERT INTO ios_tcc_access (record_id, service, client, is_allowed, last_modified) VALUES
 (1, 'kTCCServiceMicrophone', 'test.example.new', 1, 1714600000000000), (2, 'kTCCServiceCamera', 'test.example.denied', 0, 1714600000000000),
 (3, 'kTCCServiceCamera', 'test.example.old', 1, 1700000000000000), (4, NULL, 'test.example.odd', 1, 1714600000000000);
