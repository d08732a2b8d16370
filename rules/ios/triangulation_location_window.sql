-- title: Two ordinary events fell within five minutes, which Operation Triangulation causes too
-- severity: medium
-- confidence: 35
-- record: ios.location_client
-- time: location_stopped
-- value: client
-- key: location_stopped
-- corroboration: uncorroborated
-- rows: location_stopped IS NOT NULL
--   AND (client LIKE '%IonosphereHarvest.bundle%' OR client LIKE '%WRMLinkSelection.bundle%')
-- rows ios.data_usage: network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
--   'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')
-- rows ios.baseline_usage: network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
--   'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')
-- proves: One of two system bundles that the attack uses stopped asking for the location, and within five minutes a
--   program that it uses sent or received data.
-- does_not_prove: It does not prove an attack: both happen on clean phones, and by chance together. Without a changed
--   setting or an emptied attachment folder beside it, it weighs little.
-- next: Look for BackupAgent in the traffic and for the addresses that Kaspersky published. Ask an analyst if the
--   owner has a reason to be a target.
-- sources: Kaspersky, "Operation Triangulation: iOS devices targeted with previously unknown malware", 1 June 2023,
--   and the heuristic of its tool triangle_check
-- os: seen up to iOS 15.7
WITH
counter AS (
  SELECT first_seen, last_seen, at, network_name FROM ios_data_usage
   WHERE network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
                          'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security')),
traffic(at, network_name) AS (
  SELECT first_seen, network_name FROM counter
  UNION SELECT last_seen, network_name FROM counter
  UNION SELECT at, network_name FROM counter
  UNION SELECT at, network_name FROM ios_baseline_usage
         WHERE network_name IN ('nehelper', 'com.apple.WebKit.WebContent', 'BackupAgent',
                                'powerd/com.apple.datausage.diagnostics', 'lockdownd/com.apple.datausage.security'))
SELECT c.record_id, 'Traffic of ' || group_concat(DISTINCT t.network_name) || ' within five minutes.' AS detail
  FROM ios_location_client AS c
  JOIN traffic AS t ON abs(t.at - c.location_stopped) <= 300000000
 WHERE c.client LIKE '%IonosphereHarvest.bundle%' OR c.client LIKE '%WRMLinkSelection.bundle%'
 GROUP BY c.record_id;
