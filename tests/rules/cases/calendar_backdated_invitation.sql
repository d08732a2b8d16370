-- hit 1: 2 invitation(s) of stranger@mercenary.test, made up to 10 day(s) after their end. The calendar hides some. Some overlap each other.
-- hit 8: 1 invitation(s) of once@example.test, made up to 10 day(s) after their end.
-- 1 and 2 overlap; 9 to 11 are an import; 3 is a contact's; 4 the owner's; 5 recurs; 6 was made before; 7 hours after.
INSERT INTO ios_contact_value (record_id, email) VALUES (1, 'Friend@Example.test'), (2, NULL);
INSERT INTO ios_calendar_item (record_id, evidence_state, organizer_email, organizer_is_self, starts, ends, created, has_recurrences, is_hidden) VALUES
  (1, 'current', 'stranger@mercenary.test', 0, 1000000000, 4600000000, 900000000000, 0, 0),
  (2, 'current', 'Stranger@mercenary.test', 0, 3000000000, 6600000000, 900000000000, 0, 1),
  (3, 'current', 'friend@example.test', 0, 1000000000, 4600000000, 900000000000, 0, 0),
  (4, 'current', 'owner@example.test', 1, 1000000000, 4600000000, 900000000000, 0, 0),
  (5, 'current', 'weekly@example.test', 0, 1000000000, 4600000000, 900000000000, 1, 0),
  (6, 'current', 'early@example.test', 0, 1000000000, 4600000000, 900000000, 0, 0),
  (7, 'current', 'late@example.test', 0, 1000000000, 4600000000, 5000000000, 0, 0),
  (8, 'current', 'once@example.test', NULL, 1000000000, 4600000000, 900000000000, NULL, NULL),
  (9, 'current', 'colleague1@example.test', 0, 1000000000, 4600000000, 99900000000000, 0, 0),
  (10, 'current', 'colleague2@example.test', 0, 1000000000, 4600000000, 99900001000000, 0, 0),
  (11, 'current', 'colleague3@example.test', 0, 1000000000, 4600000000, 99900002000000, 0, 0);
