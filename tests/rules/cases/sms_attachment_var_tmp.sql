-- hit 1: From stranger@mercenary.test. Stated type image/gif.
-- hit 4:
INSERT INTO ios_sms_attachment (record_id, file_path, direction, handle, mime_type) VALUES
  (1, '/var/tmp/com.apple.messages/ABCD-1', 'incoming', 'stranger@mercenary.test', 'image/gif'), (2, '/var/tmp/ABCD-1', 'outgoing', NULL, NULL),
  (3, '~/Library/SMS/Attachments/0a/10/AT-1', 'incoming', NULL, NULL), (4, '/private/var/tmp/x-1', NULL, NULL, NULL), (5, '/var/tmp/x-12', 'incoming', NULL, NULL);
