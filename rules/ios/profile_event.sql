-- title: A configuration profile was installed, changed or removed
-- severity: low
-- confidence: 20
-- record: ios.profile_event
-- time: at
-- value: profile_id
-- corroboration: none
-- rows: 1
-- proves: The journal of configuration profiles notes this act and the process that asked for it. A profile can send
--   traffic through a server, trust certificates, install applications and hide notifications.
-- does_not_prove: It does not prove harm. Employers, schools, mobile operators, makers of VPN and Wi-Fi services
--   and beta programmes install profiles; many phones have several such entries.
-- next: Ask the owner whether they know this profile. Unknown ones: see Settings, General, VPN & Device Management,
--   and ask a help desk before removing anything.
-- sources: Mobile Verification Toolkit, module ProfileEvents; Apple, "Configuration Profile Reference"
-- os: all
SELECT record_id, coalesce(operation, 'act') || ' by ' || coalesce(process, 'an unnamed process') || '.' AS detail
  FROM ios_profile_event;
