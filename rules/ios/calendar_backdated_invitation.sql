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
-- does_not_prove: It does not prove an attack. An account that is added to a phone brings its old events along, calendars
--   are imported and moved, and spammers send such invitations; where three strangers or more sent some within one hour,
--   they are taken for an import and left out. Where the contacts could not be read, everybody is a stranger. One finding
--   stands for all such invitations of one organiser.
-- next: Ask the owner whether they know the organiser. Look for links in the event and for other traces at the time
--   when it was made. Several that overlap weigh more.
-- sources: The Citizen Lab, "Sweet QuaDreams: A First Look at Spyware Vendor QuaDream's Exploits, Victims, and
--   Customers", 11 April 2023 (invisible, backdated and overlapping iCloud calendar invitations)
-- os: seen on iOS 14.4 and 14.4.2
WITH
invitation AS (
  SELECT record_id, lower(organizer_email) AS organizer, starts, ends, created, is_hidden
    FROM ios_calendar_item
   WHERE organizer_email IS NOT NULL AND coalesce(organizer_is_self, 0) = 0 AND coalesce(has_recurrences, 0) = 0
     AND created - ends > 86400000000 AND evidence_state <> 'recovered'
     AND lower(organizer_email) NOT IN (SELECT lower(email) FROM ios_contact_value WHERE email IS NOT NULL)),
-- Three strangers within one hour: an account was added, or a calendar imported.
import AS (SELECT created / 3600000000 AS hour FROM invitation GROUP BY 1 HAVING count(DISTINCT organizer) >= 3),
single AS (
  SELECT *,
         coalesce(max(ends) OVER (PARTITION BY organizer ORDER BY starts, record_id
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > starts, 0)
           OR coalesce(lead(starts) OVER (PARTITION BY organizer ORDER BY starts, record_id) < ends, 0) AS overlaps
    FROM invitation
   WHERE created / 3600000000 NOT IN (SELECT hour FROM import))
SELECT min(record_id) AS record_id,
       count(*) || ' invitation(s) of ' || organizer || ', made up to ' || (max(created - ends) / 86400000000)
         || ' day(s) after their end.'
         || CASE WHEN max(is_hidden) THEN ' The calendar hides some.' ELSE '' END
         || CASE WHEN max(overlaps) THEN ' Some overlap each other.' ELSE '' END AS detail
  FROM single
 GROUP BY organizer;
