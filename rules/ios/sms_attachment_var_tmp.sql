-- title: A received attachment lies in a temporary folder under an unusual name
-- severity: medium
-- confidence: 35
-- record: ios.sms_attachment
-- time: sent_at
-- value: file_path
-- corroboration: uncorroborated
-- rows: (file_path LIKE '/var/tmp/%-1' OR file_path LIKE '/private/var/tmp/%-1') AND direction IS NOT 'outgoing'
-- proves: The messages' database names a received file in /var/tmp whose name ends in "-1". Messages keeps
--   attachments in its own folder; the Mobile Verification Toolkit marks files of this place and form as suspicious.
-- does_not_prove: It does not prove an attack. Messages uses temporary files itself while it receives and converts
--   pictures, and a transfer that broke off can leave such a row.
-- next: Note the sender and the time. Look for the same sender in other phones, for crashes of message services at
--   that time, and ask an analyst if the sender is unknown.
-- sources: Mobile Verification Toolkit, module SMSAttachments (which gives no reason; no public description of an
--   attack that leaves such a file is known to us)
-- os: all
SELECT record_id,
       coalesce('From ' || handle || '. ', '') || coalesce('Stated type ' || coalesce(mime_type, uti) || '.', '') AS detail
  FROM ios_sms_attachment
 WHERE (file_path LIKE '/var/tmp/%-1' OR file_path LIKE '/private/var/tmp/%-1') AND direction IS NOT 'outgoing';
