-- title: A configuration profile was installed, changed or removed while the phone was out of its owner's hands
-- severity: medium
-- confidence: 50
-- record: ios.profile_event
-- time: at
-- value: profile_id
-- corroboration: uncorroborated
-- rows: at BETWEEN :seized_from AND :seized_to
-- proves: The journal of configuration profiles notes this act in the time in which the owner did not have the phone.
--   It also keeps acts on profiles that are gone by now.
-- does_not_prove: It does not prove harm. Management by an employer or a school acts by itself while a phone lies
--   somewhere, and mobile operators do so too.
-- next: Ask the owner whether they know this profile, and who manages the phone.
-- sources: ours: a comparison of times. The journal: Mobile Verification Toolkit, module ProfileEvents
-- os: all
SELECT record_id, coalesce(operation, 'act') || ' by ' || coalesce(process, 'an unnamed process') || '.' AS detail
  FROM ios_profile_event
 WHERE at BETWEEN :seized_from AND :seized_to;
