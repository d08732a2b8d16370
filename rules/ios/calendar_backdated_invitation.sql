-- title: A stranger's calendar invitation was made after the time that it is for
-- severity: medium
-- confidence: 20
-- record: ios.calendar_item
-- time: created
-- value: summary
-- corroboration: uncorroborated
-- rows: organizer_email IS NOT NULL AND coalesce(organizer_is_self, 0) = 0 AND created - ends > 86400000000
-- rows ios.contact_value: email IS NOT NULL
-- proves: The calendar holds an invitation of somebody who is not among the contacts, made more than a day after
--   the event was over. Such invitations are accepted without a notice to the owner; ENDOFDAYS of QuaDream used them.
-- does_not_prove: It does not prove an attack. An account that is added to a phone brings its old events along,
--   calendars are imported and moved, and spammers send such invitations. Where the contacts could not be read,
--   everybody is a stranger.
-- next: Ask the owner whether they know the organiser. Look for links in the event and for other traces at the time
--   when it was made. Several that overlap weigh more.
-- sources: The Citizen Lab, "Sweet QuaDreams: A First Look at Spyware Vendor QuaDream's Exploits, Victims, and
--   Customers", 11 April 2023 (invisible, backdated and overlapping iCloud calendar invitations)
-- os: seen on iOS 14.4 and 14.4.2
WITH invitation AS (
  SELECT record_id, evidence_path, lower(organizer_email) AS organizer, starts, ends, created, is_hidden
    FROM ios_calendar_item
   WHERE organizer_email IS NOT NULL AND coalesce(organizer_is_self, 0) = 0 AND coalesce(has_recurrences, 0) = 0
     AND created - ends > 86400000000
     AND lower(organizer_email) NOT IN (SELECT lower(email) FROM ios_contact_value WHERE email IS NOT NULL))
SELECT i.record_id,
       'Organised by ' || i.organizer || ', made ' || ((i.created - i.ends) / 86400000000) || ' day(s) after its end.'
         || CASE WHEN i.is_hidden THEN ' The calendar does not show it.' ELSE '' END
         || CASE WHEN EXISTS (SELECT 1 FROM invitation AS o
                               WHERE o.organizer = i.organizer AND o.record_id <> i.record_id
                                 AND o.starts < i.ends AND i.starts < o.ends)
                 THEN ' It overlaps another such invitation of the same organiser.' ELSE '' END AS detail
  FROM invitation AS i;
