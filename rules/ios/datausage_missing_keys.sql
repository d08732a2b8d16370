-- title: Numbers are missing from the list of programs that used the network
-- severity: low
-- confidence: 10
-- record: ios.data_usage
-- time: first_seen
-- value: process_key
-- corroboration: uncorroborated
-- rows: process_key IS NOT NULL
-- rows ios.data_usage_keys: entity = 'Process'
-- proves: The rows of ZPROCESS are numbered one after the other, and some numbers are not there: rows were removed.
--   One finding stands for a whole run of missing numbers, at the row behind it.
-- does_not_prove: It does not prove that a person or spyware removed them. The system removes programs that are not
--   used any more: a clean netusage.sqlite lacked 22 of 282 numbers, a clean DataUsage.sqlite none of 371.
-- next: Nothing on its own. With other traces at the same time, tell the analyst: the times of the rows before and
--   behind the gap enclose the time of the missing ones.
-- sources: Mobile Verification Toolkit, module Datausage; the counts are from the databases in plaso's test data
-- os: all
WITH present AS (
  SELECT evidence_path, process_key, min(record_id) AS record_id
    FROM ios_data_usage
   WHERE process_key IS NOT NULL AND evidence_state <> 'recovered'
   GROUP BY evidence_path, process_key),
neighbours AS (
  SELECT record_id, process_key, lag(process_key) OVER (PARTITION BY evidence_path ORDER BY process_key) AS previous
    FROM present),
last AS (
  SELECT p.record_id, max(p.process_key) AS process_key, k.highest_key
    FROM present AS p
    JOIN ios_data_usage_keys AS k ON k.evidence_path = p.evidence_path AND k.entity = 'Process'
                                 AND k.evidence_state IN ('current', 'wal_only')
   GROUP BY p.evidence_path)
SELECT record_id,
       CASE WHEN process_key - previous = 2 THEN 'Row ' || (previous + 1) || ' is missing before this one.'
            ELSE (process_key - previous - 1) || ' rows are missing before this one: ' || (previous + 1) || ' to '
                   || (process_key - 1) || '.' END AS detail
  FROM neighbours
 WHERE process_key - previous > 1
UNION ALL
SELECT record_id,
       CASE WHEN highest_key - process_key = 1 THEN 'One row is missing' ELSE (highest_key - process_key) || ' rows are missing' END
         || ' behind this one: numbers were given up to ' || highest_key || '.'
  FROM last
 WHERE highest_key > process_key;
