-- title: A configuration profile controls which applications may show notifications
-- severity: medium
-- confidence: 40
-- record: ios.profile_payload
-- time: installed
-- value: payload_type
-- corroboration: none
-- rows: payload_type = 'com.apple.notificationsettings'
-- proves: A profile on the phone sets the notifications of applications, by which warnings and signs of use can be
--   hidden from the owner. Apple allows this payload on supervised devices only.
-- does_not_prove: It does not prove spyware. Kiosk devices, schools and employers that supervise phones use it to
--   keep them quiet.
-- next: Ask the owner whether an organisation manages this phone. If none does, show the profile to an analyst
--   before it is removed.
-- sources: Mobile Verification Toolkit, module ConfigurationProfiles; Apple, "Notifications device management payload
--   settings"
-- os: iOS 9.3 and later
SELECT record_id, 'Payload ' || (position + 1) || ' of profile ' || coalesce(nullif(parent_profile, ''), 'without number')
                    || '.' AS detail
  FROM ios_profile_payload
 WHERE payload_type = 'com.apple.notificationsettings';
