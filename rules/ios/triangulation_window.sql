-- title: Several things changed within five minutes, which restores cause and Operation Triangulation too
-- severity: medium
-- confidence: 45
-- record: ios.backup_file
-- time: modified
-- value: device_path
-- key: modified
-- corroboration: uncorroborated
-- rows: relative_path GLOB '/Library/SMS/Attachments/*' OR relative_path IN ('/Library/Preferences/com.apple.ImageIO.plist',
--   '/Library/Preferences/com.apple.locationd.StatusBarIconManager.plist',
--   '/Library/Preferences/com.apple.imservice.ids.FaceTime.plist')
-- rows ios.data_usage: network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
--   'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')
-- rows ios.baseline_usage: network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
--   'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')
-- rows ios.location_client: location_stopped IS NOT NULL
--   AND (client LIKE '%IonosphereHarvest.bundle%' OR client LIKE '%WRMLinkSelection.bundle%')
-- proves: Within five minutes at least two of these happened: a folder of message attachments changed and holds
--   nothing now; one of three settings that the attack touches was written; programs that it uses sent data; one of
--   two bundles that it uses stopped asking for the location. The attack arrives as an attachment and removes it
--   afterwards.
-- does_not_prove: It does not prove an attack. Each of these happens on clean phones, and a restore or an update of
--   the system makes many at once. Two kinds together are a reason to look, not a verdict. If a real attachment
--   changed in the same minutes, no finding is made, because then the folder was used as usual.
-- next: Look for BackupAgent in the traffic, for updates that the phone could not install, and for the addresses that
--   Kaspersky published. Ask an analyst, and have other phones of the same group checked.
-- sources: Kaspersky, "Operation Triangulation: iOS devices targeted with previously unknown malware", 1 June 2023,
--   and the heuristic of its tool triangle_check (times, paths, names and the limits of 300 seconds and 10 traces).
--   Here every window is looked at, the first and last included, and a counter without a process hides nothing
-- os: seen up to iOS 15.7
WITH
file AS (
  SELECT record_id, modified, status_changed, birth, coalesce(device_path, relative_path) AS name,
         CASE WHEN relative_path NOT GLOB '/Library/SMS/Attachments/*' THEN 'setting'
              WHEN length(relative_path) - length(replace(relative_path, '/', '')) <= 5 AND file_type = 'folder'
              THEN 'attachment folder'
              ELSE 'attachment' END AS kind
    FROM ios_backup_file
   WHERE evidence_state IN ('current', 'wal_only')
     AND (relative_path GLOB '/Library/SMS/Attachments/*'
       OR (domain = 'RootDomain' AND relative_path = '/Library/Preferences/com.apple.ImageIO.plist')
       OR (domain = 'HomeDomain' AND relative_path IN ('/Library/Preferences/com.apple.locationd.StatusBarIconManager.plist',
                                                       '/Library/Preferences/com.apple.imservice.ids.FaceTime.plist')))),
counter AS (
  SELECT first_seen, last_seen, at, network_name FROM ios_data_usage
   WHERE network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
                          'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')),
-- What is no attachment: of this there is little, and only what lies beside it can share five minutes with it.
anchor(at, kind, file_id, name, stamp) AS MATERIALIZED (
  SELECT modified, kind, record_id, name, 'M' FROM file WHERE kind = 'setting'
  UNION ALL SELECT status_changed, kind, record_id, name, 'C' FROM file WHERE kind = 'setting'
  UNION ALL SELECT birth, kind, record_id, name, 'B' FROM file WHERE kind = 'setting'
  UNION ALL SELECT at, 'traffic', NULL, network_name, '' FROM ios_baseline_usage
             WHERE network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
                                    'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')
  UNION ALL SELECT first_seen, 'traffic', NULL, network_name, '' FROM counter
  UNION ALL SELECT last_seen, 'traffic', NULL, network_name, '' FROM counter
  UNION ALL SELECT at, 'traffic', NULL, network_name, '' FROM counter
  UNION ALL SELECT location_stopped, 'location', NULL, process, '' FROM ios_location_client
             WHERE client LIKE '%IonosphereHarvest.bundle%' OR client LIKE '%WRMLinkSelection.bundle%'),
-- In steps of five minutes: an attachment that is near an anchor lies in the anchor's step or in one beside it.
near(step) AS MATERIALIZED (
  SELECT at / 300000000 FROM anchor WHERE at IS NOT NULL
  UNION SELECT at / 300000000 - 1 FROM anchor WHERE at IS NOT NULL
  UNION SELECT at / 300000000 + 1 FROM anchor WHERE at IS NOT NULL),
event(at, kind, file_id, name, stamp) AS (
  SELECT * FROM anchor
  UNION ALL SELECT modified, kind, record_id, name, 'M' FROM file
             WHERE modified / 300000000 IN (SELECT step FROM near) AND kind <> 'setting'
  UNION ALL SELECT status_changed, kind, record_id, name, 'C' FROM file
             WHERE status_changed / 300000000 IN (SELECT step FROM near) AND kind <> 'setting'
  UNION ALL SELECT birth, kind, record_id, name, 'B' FROM file
             WHERE birth / 300000000 IN (SELECT step FROM near) AND kind = 'attachment'),
known AS (SELECT DISTINCT * FROM event WHERE at IS NOT NULL),
numbered AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY at, kind, name, stamp) AS nth FROM known),
-- Cheap first: where do five minutes hold two kinds at all?
counted AS (
  SELECT at, nth, max(kind = 'setting') OVER five + max(kind = 'attachment folder') OVER five
                    + max(kind = 'traffic') OVER five + max(kind = 'location') OVER five AS kinds
    FROM numbered
  WINDOW five AS (ORDER BY at RANGE BETWEEN CURRENT ROW AND 300000000 FOLLOWING)),
start AS (SELECT at, min(nth) AS first FROM counted WHERE kinds >= 2 GROUP BY at),
-- Ten at most, by number: a restore puts thousands of traces into five minutes.
ten(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)),
inside AS MATERIALIZED (
  SELECT s.at AS begin, k.kind, k.file_id, k.name, k.stamp
    FROM start AS s CROSS JOIN ten JOIN numbered AS k ON k.nth = s.first + ten.n
   WHERE k.at <= s.at + 300000000),
-- A folder that was emptied has both its times in the window; anything else is ordinary use.
half AS (
  SELECT begin FROM inside WHERE kind = 'attachment folder' GROUP BY begin, file_id HAVING count(*) < 2),
judged AS (
  SELECT begin, min(file_id) AS file_id, group_concat(DISTINCT kind) AS kinds, count(*) AS traces
    FROM inside
   GROUP BY begin
  HAVING count(DISTINCT kind) >= 2 AND sum(kind = 'attachment') = 0 AND min(file_id) IS NOT NULL),
chained AS (
  SELECT *, lag(begin) OVER (ORDER BY begin) AS previous FROM judged WHERE begin NOT IN (SELECT begin FROM half))
SELECT file_id AS record_id,
       traces || ' traces within five minutes from ' || strftime('%Y-%m-%d %H:%M:%S', begin / 1000000, 'unixepoch')
         || ' UTC: ' || replace(kinds, ',', ', ') || '.' AS detail
  FROM chained
 WHERE previous IS NULL OR begin - previous > 300000000;
