-- title: Files were made while the phone was out of its owner's hands
-- severity: low
-- confidence: 30
-- record: ios.backup_file
-- time: birth
-- value: domain
-- corroboration: none
-- rows: file_type = 'file' AND birth BETWEEN :seized_from AND :seized_to
-- proves: The list of files names files of this part of the phone that were made in the time in which the owner did
--   not have it: the phone was on. The finding shows the first of them; timeline.csv has all.
-- does_not_prove: It does not prove that somebody used the phone: one that is on makes files by itself, receives
--   messages and updates applications. A phone that was restored has only new files.
-- next: Compare with what the owner was told. A phone that was said to be off, or photographs, downloads and profiles
--   among the files, are worth a question.
-- sources: ours: a comparison of times
-- os: all
SELECT record_id, made || CASE made WHEN 1 THEN ' file was' ELSE ' files were' END || ' made in that time.' AS detail
  FROM (SELECT record_id, count(*) OVER (PARTITION BY domain) AS made,
               row_number() OVER (PARTITION BY domain ORDER BY birth, record_id) AS place
          FROM ios_backup_file
         WHERE file_type = 'file' AND birth BETWEEN :seized_from AND :seized_to AND evidence_state <> 'before_wal')
 WHERE place = 1;
