-- title: Network traffic was counted for a program whose record is gone
-- severity: high
-- confidence: 60
-- record: ios.data_usage
-- time: at
-- value: usage_key
-- corroboration: uncorroborated
-- rows: usage_key IS NOT NULL AND process_key IS NULL AND usage_process_key IS NOT NULL
-- proves: DataUsage.sqlite counts traffic for a process row that the same database does not hold. The system
--   removes both together, so that something else removed the name of the program.
-- does_not_prove: It does not tell which program it was, nor that it was spyware. A database copied while it was
--   written, an interrupted migration, or a tool that edited the backup can leave the same. On two clean databases, 0
--   of 887 and 0 of 335 rows were like this.
-- next: Keep the backup and the phone as they are. Compare the time with messages, attachments and crashes, and ask
--   an analyst for the full file system and a sysdiagnose.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021
--   (process names deleted from ZPROCESS while ZLIVEUSAGE stayed); The Citizen Lab's peer review of it, 18 July 2021;
--   Mobile Verification Toolkit, module Datausage
-- os: all
SELECT record_id,
       'ZLIVEUSAGE row ' || usage_key || ' belongs to ZPROCESS row ' || usage_process_key || ', which is not there; '
         || coalesce(wwan_in, 0) || ' octets in and ' || coalesce(wwan_out, 0) || ' out by the mobile network.' AS detail
  FROM ios_data_usage
 WHERE usage_key IS NOT NULL AND process_key IS NULL AND usage_process_key IS NOT NULL AND evidence_state <> 'recovered';
