-- title: The crash reporter has a setting that clean phones are not known to have
-- severity: low
-- confidence: 10
-- record: ios.crash_reporter_setting
-- time: setting_time
-- value: setting
-- corroboration: uncorroborated
-- rows: is_known = 0
-- proves: The crash reporter's preferences in root's folder hold a setting that we have not seen described for clean
--   phones. Pegasus wrote this file between 2016 and 2021.
-- does_not_prove: It proves nothing by being there, and neither does the file. New systems bring new settings;
--   clean phones have ExcResourceDiagInfo_ with dates, NANDTaskScheduler_Priority and defTS.
-- next: Nothing on its own. Tell the analyst if other traces lie near the file's times in the manifest.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021
--   (com.apple.CrashReporter.plist); settings of a clean phone: a public study of an iPhone 13 mini's backup
-- os: all
SELECT record_id, setting || ' is ' || setting_value || '.' AS detail
  FROM ios_crash_reporter_setting
 WHERE is_known = 0
   -- What speaks of switching reports off is a finding of crash_reporter_disabled.
   AND NOT (setting LIKE '%disable%' AND setting_value IN ('true', '1', 'YES', 'yes'))
   AND NOT ((setting LIKE '%enable%' OR setting LIKE '%submit%' OR setting LIKE '%report%')
        AND setting NOT LIKE '%disable%' AND setting_value IN ('false', '0', 'NO', 'no', 'none'));
