-- title: A calendar event says "Meeting" and "Notes", the two common words that QuaDream's attack left
-- severity: high
-- confidence: 60
-- record: ios.calendar_item
-- time: starts
-- value: summary
-- corroboration: uncorroborated
-- rows: summary = 'Meeting' AND description = 'Notes'
-- proves: The calendar holds an event with the title "Meeting" and the notes "Notes", as phones attacked with
--   QuaDream's exploit ENDOFDAYS did.
-- does_not_prove: It does not prove the attack: people and programs can write these two common words. The event may
--   have come by a shared calendar or an import.
-- next: See who organised it, when it was made and whether it lies in the past from its start. Keep the backup and
--   ask an analyst; compare with other invitations of that organiser.
-- sources: The Citizen Lab, "Sweet QuaDreams: A First Look at Spyware Vendor QuaDream's Exploits, Victims, and
--   Customers", 11 April 2023; Mobile Verification Toolkit, module Calendar
-- os: seen on iOS 14.4 and 14.4.2
SELECT record_id,
       coalesce('Organised by ' || organizer_email || '. ', '')
         || CASE WHEN created > ends THEN 'It was made after the time that it is for.' ELSE '' END AS detail
  FROM ios_calendar_item
 WHERE summary = 'Meeting' AND description = 'Notes';
