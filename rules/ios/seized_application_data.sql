-- title: The folder of an application was made while the phone was out of its owner's hands
-- severity: medium
-- confidence: 45
-- record: ios.backup_file
-- time: birth
-- value: domain
-- corroboration: uncorroborated
-- rows: file_type = 'folder' AND relative_path = '/' AND domain GLOB 'AppDomain*' AND birth BETWEEN :seized_from AND :seized_to
-- proves: A phone makes the folder for an application's data when the application, a part of it or the group that it
--   shares data with is installed. This one was made in the time in which the owner did not have the phone.
-- does_not_prove: It does not prove that somebody installed something. A restore or an update of the system makes many
--   such folders at once, applications of the system make theirs when they are first used, and installations that wait
--   for the network are done later by themselves. A phone whose clock was wrong gives wrong dates.
-- next: Ask the owner whether they installed this application. If a restore or an update of the system falls in the
--   same minutes, these findings say little.
-- sources: ours: a comparison of times. Apple, "File System Programming Guide", on the folders of applications
-- os: all
SELECT record_id
  FROM ios_backup_file
 WHERE file_type = 'folder' AND relative_path = '/' AND domain GLOB 'AppDomain*'
   AND birth BETWEEN :seized_from AND :seized_to;
