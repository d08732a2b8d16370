-- title: The phone looked up an address that no person can type
-- severity: high
-- confidence: 60
-- record: ios.id_status
-- time: looked_up
-- value: user
-- corroboration: uncorroborated
-- rows: has_double_nul = 1
-- proves: The cache of Apple's directory look-ups holds an address with two NUL characters in it. No person can
--   type such an address; a program made it.
-- does_not_prove: It does not prove that the phone was infected, only that something handled a malformed address. A
--   defect of an application or of a restored backup could leave one. One trace alone can be planted by whoever had
--   the backup.
-- next: Note the time and the address. Compare with messages, crashes and traffic in the minutes around it, and ask
--   an analyst to look at this backup and a sysdiagnose of the phone.
-- sources: Mobile Verification Toolkit, module IDStatusCache (which calls the pattern suspicious; no public description
--   of an attack that leaves it is known to us)
-- os: all
SELECT record_id,
       'Service ' || service || '; the address occurs under ' || occurrences || ' service(s).' AS detail
  FROM ios_id_status
 WHERE has_double_nul = 1;
