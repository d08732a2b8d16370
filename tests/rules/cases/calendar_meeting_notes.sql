-- hit 1: Organised by stranger@mercenary.test. It was made after the time that it is for.
-- hit 4:
INSERT INTO ios_calendar_item (record_id, summary, description, organizer_email, created, ends) VALUES
  (1, 'Meeting', 'Notes', 'stranger@mercenary.test', 200, 100), (2, 'Meeting', 'notes', NULL, NULL, NULL), (3, 'Meeting', NULL, NULL, NULL, NULL),
  (4, 'Meeting', 'Notes', NULL, NULL, NULL);
