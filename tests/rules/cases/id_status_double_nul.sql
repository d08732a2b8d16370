-- hit 1: Service com.apple.private.alloy.willow; the address occurs under 1 service(s).
INSERT INTO ios_id_status (record_id, service, user, occurrences, has_double_nul) VALUES
  (1, 'com.apple.private.alloy.willow', 'mailto:a@mercenary.test', 1, 1), (2, 'com.apple.madrid', 'mailto:b@example.test', 4, 0);
