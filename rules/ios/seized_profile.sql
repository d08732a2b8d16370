-- title: A configuration profile was installed while the phone was out of its owner's hands
-- severity: high
-- confidence: 60
-- record: ios.configuration_profile
-- time: installed
-- value: profile_identifier
-- corroboration: uncorroborated
-- rows: installed BETWEEN :seized_from AND :seized_to
-- proves: The profile says that it was installed in the time in which the owner did not have the phone. A profile can
--   send traffic through a server, trust certificates, install applications and hide notifications.
-- does_not_prove: It does not prove harm. A repair shop, an employer's or a school's management that acts by itself,
--   or an update of a profile that was there before can have this date; so can a phone whose clock was wrong.
-- next: Ask the owner whether they know this profile. Note it, keep the phone as it is, and have a help desk look at
--   its settings before it is removed.
-- sources: ours: a comparison of times. Apple, "Configuration Profile Reference", on what profiles can do
-- os: all
SELECT record_id, coalesce('It calls itself ' || coalesce(profile_name, profile_identifier) || '.', '') AS detail
  FROM ios_configuration_profile
 WHERE installed BETWEEN :seized_from AND :seized_to;
