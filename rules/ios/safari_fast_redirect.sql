-- title: Safari was sent from an unencrypted page to another site in under one second
-- severity: medium
-- confidence: 30
-- record: ios.safari_visit
-- time: visited_at
-- value: url
-- corroboration: uncorroborated
-- rows: redirect_destination_url IS NOT NULL AND redirect_after BETWEEN 0 AND 999999 AND redirect_other_host = 1
--   AND url LIKE 'http://%'
-- proves: Safari asked for a page without encryption and was on a page of another host less than one second later.
--   Whoever controls the network can do this to an unencrypted page: Pegasus was delivered to phones in Morocco in 2019
--   by such redirects, from well-known addresses to servers of the attack.
-- does_not_prove: It does not prove an attack. Short links (in messages, in posts, in QR codes), links in newsletters that
--   count clicks, advertisements, typed names of sites that moved, and the log-in pages of public wireless networks all
--   redirect as fast over http. A redirect to another host of the same site is nearly always harmless.
-- next: Look at the destination: do you know the site, and did you mean to go there? If not, do not open it again; keep
--   the backup, and ask a help desk to check the destination and what the phone did in the minutes that followed.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021, and
--   "Moroccan Journalist Targeted With Network Injection Attacks Using NSO Group's Tools", 22 June 2020
-- os: iOS 8 and later; iOS 13 and later only in encrypted backups
SELECT record_id,
       'Redirected to ' || redirect_destination_url || ' after ' || (redirect_after / 1000) || ' ms'
         || CASE WHEN redirect_other_site = 0 THEN ', another host of the same site.' ELSE '.' END AS detail
  FROM ios_safari_visit
 WHERE redirect_destination_url IS NOT NULL
   AND redirect_after BETWEEN 0 AND 999999
   AND redirect_other_host = 1
   AND url LIKE 'http://%';
