-- title: The phone has an unknown setting whose name speaks of switching crash reports off
-- severity: medium
-- confidence: 30
-- record: ios.crash_reporter_setting
-- time: setting_time
-- value: setting
-- corroboration: uncorroborated
-- rows: is_known = 0
-- proves: The crash reporter's preferences in root's folder hold a setting that clean phones are not known to have
--   and whose name and value speak of switching something off. Pegasus wrote this file between 2016 and 2021 so that
--   failed attacks left no reports.
-- does_not_prove: It does not prove who wrote it, nor that crash reports were off. Which setting Pegasus wrote is not
--   public, so that the name is judged by its words alone. Test devices and device management may have such settings.
-- next: See whether the phone has crash reports from after that time (Settings, Privacy & Security, Analytics).
--   Compare the file's times in the manifest with messages and visits. Ask an analyst.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021
--   (com.apple.CrashReporter.plist)
-- os: all
SELECT record_id, setting || ' is ' || setting_value || '.' AS detail
  FROM ios_crash_reporter_setting
 WHERE is_known = 0
   AND ((setting LIKE '%disable%' AND setting_value IN ('true', '1', 'YES', 'yes'))
     OR ((setting LIKE '%enable%' OR setting LIKE '%submit%' OR setting LIKE '%report%')
         AND setting NOT LIKE '%disable%' AND setting_value IN ('false', '0', 'NO', 'no', 'none')));
