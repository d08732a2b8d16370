-- hit 1: Organised by stranger@mercenary.test, made 10 day(s) after its end. It overlaps another such invitation of the same organiser.
-- hit 2: Organised by stranger@mercenary.test, made 10 day(s) after its end. The calendar does not show it. It overlaps another such invitation of the same organiser.
-- hit 8: Organised by once@example.test, made 10 day(s) after its end.
-- 1 and 2 overlap; 3 is a contact's; 4 the owner's; 5 recurs; 6 was made before; 7 hours after.
INSERT INTO ios_contact_value (record_id, email) VALUES (1, 'Friend@Example.test'), (2, NULL);
INSERT INTO ios_calendar_item (record_id, organizer_email, organizer_is_self, starts, ends, created, has_recurrences, is_hidden) VALUES
  (1, 'stranger@mercenary.test', 0, 1000000000, 4600000000, 900000000000, 0, 0),
  (2, 'Stranger@mercenary.test', 0, 3000000000, 6600000000, 900000000000, 0, 1),
  (3, 'friend@example.test', 0, 1000000000, 4600000000, 900000000000, 0, 0),
  (4, 'owner@example.test', 1, 1000000000, 4600000000, 900000000000, 0, 0),
  (5, 'weekly@example.test', 0, 1000000000, 4600000000, 900000000000, 1, 0),
  (6, 'early@example.test', 0, 1000000000, 4600000000, 900000000, 0, 0),
  (7, 'late@example.test', 0, 1000000000, 4600000000, 5000000000, 0, 0),
  (8, 'once@example.test', NULL, 1000000000, 4600000000, 900000000000, NULL, NULL);
