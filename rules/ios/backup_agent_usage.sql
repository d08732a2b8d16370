-- title: Traffic was counted for BackupAgent, a name that the spyware of Operation Triangulation used
-- severity: high
-- confidence: 75
-- record: ios.data_usage
-- time: last_seen
-- value: network_name
-- corroboration: uncorroborated
-- rows: process = 'BackupAgent'
-- proves: Traffic was counted for a process named exactly BackupAgent (DataUsage.sqlite). Current systems make
--   backups with BackupAgent2; the old program is still on their disk but has no reason to use the network. The
--   implants of Operation Triangulation ran under its name.
-- does_not_prove: It does not prove it alone: whoever had the backup could have written the name, and very old
--   systems used this program for backups. The file /usr/libexec/BackupAgent is on clean phones and means nothing.
-- next: Keep the phone switched on and charged if it is at hand, and ask an analyst at once: restarting removes
--   this implant from memory. Compare with attachment folders that changed in the minutes before.
-- sources: Kaspersky, "Operation Triangulation: iOS devices targeted with previously unknown malware", 1 June 2023,
--   and its tool triangle_check; two of three lists of files of clean phones with iOS 15 and 16 have
--   /usr/libexec/BackupAgent
-- os: seen up to iOS 15.7
SELECT record_id,
       coalesce(wwan_in, 0) || ' octets in and ' || coalesce(wwan_out, 0) || ' out by the mobile network, '
         || coalesce(wifi_in, 0) || ' in and ' || coalesce(wifi_out, 0) || ' out by Wi-Fi.' AS detail
  FROM ios_data_usage
 WHERE process = 'BackupAgent';
