-- title: A shortcut was made while the phone was out of its owner's hands
-- severity: medium
-- confidence: 50
-- record: ios.shortcut
-- time: created
-- value: shortcut_name
-- corroboration: uncorroborated
-- rows: created BETWEEN :seized_from AND :seized_to
-- proves: The shortcut was made in the time in which the owner did not have the phone. Shortcuts and the automations
--   that start them can open addresses, send messages and pass on the place of the phone.
-- does_not_prove: It does not prove who made it: shortcuts come from the other devices of the account too, and
--   applications bring some of their own.
-- next: Ask the owner whether they made it, and look at its steps and at the automations.
-- sources: ours: a comparison of times
-- os: iOS 12 and later
SELECT record_id
  FROM ios_shortcut
 WHERE created BETWEEN :seized_from AND :seized_to;
