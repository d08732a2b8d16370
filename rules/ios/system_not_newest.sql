-- title: The phone had an older version of iOS than Apple had published
-- severity: info
-- confidence: 90
-- record: ios.backup_info
-- time: last_backup
-- value: product_version
-- corroboration: none
-- rows: newest_version IS NOT NULL
-- proves: When the backup was made, Apple had published a newer version of iOS. Each one closes holes that spyware
--   has used.
-- does_not_prove: An older version is no trace of an attack, and most phones have one at times. Older models cannot
--   have the newest version; Apple mends some of their holes in versions with the older first number. The list of
--   versions inside this program ends on 17 August 2026 and is not complete.
-- next: After the backup is safe, install the newest version that the phone offers in Settings, General, Software
--   Update, and switch on automatic updates. A person at risk should also switch on Lockdown Mode.
-- sources: Apple, "Apple security releases", https://support.apple.com/100100; endoflife.date/ios, 17 August 2026
-- os: all
SELECT record_id,
       'The phone had iOS ' || product_version || '; iOS ' || newest_version || ' had been published'
         || CASE WHEN newest_of_major IS NOT NULL AND newest_of_major <> newest_version
                 THEN ', and for phones that cannot have it iOS ' || newest_of_major ELSE '' END || '.' AS detail
  FROM ios_backup_info
 WHERE newest_version IS NOT NULL;
