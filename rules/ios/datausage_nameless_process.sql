-- title: Network traffic was counted for a program without a name
-- severity: high
-- confidence: 50
-- record: ios.data_usage
-- time: at
-- value: usage_key
-- corroboration: uncorroborated
-- rows: usage_key IS NOT NULL
-- proves: DataUsage.sqlite counts traffic, and either its link to a program is empty or the program's name is. Rows
--   that the system writes have both.
-- does_not_prove: It does not tell which program it was, nor that it was spyware. A database copied while it was
--   written, an interrupted migration, or a tool that edited the backup can leave the same; where more than a quarter of
--   the rows are like this, nothing is reported, because the database is damaged.
-- next: Keep the backup and the phone as they are. Compare the time with messages, attachments and crashes, and ask
--   an analyst for the full file system and a sysdiagnose.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021;
--   Mobile Verification Toolkit, module Datausage
-- os: all
WITH counted AS (
  SELECT record_id, usage_key, process_key,
         (process_key IS NULL AND usage_process_key IS NULL) OR (process_key IS NOT NULL AND network_name IS NULL) AS nameless
    FROM ios_data_usage
   WHERE usage_key IS NOT NULL AND evidence_state <> 'recovered')
SELECT record_id,
       CASE WHEN process_key IS NULL THEN 'ZLIVEUSAGE row ' || usage_key || ' names no ZPROCESS row.'
            ELSE 'ZPROCESS row ' || process_key || ' has no name.' END AS detail
  FROM counted
 WHERE nameless AND (SELECT 4 * sum(nameless) <= count(*) FROM counted);
