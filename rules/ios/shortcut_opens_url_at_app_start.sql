-- title: An automation opens an address or runs a command whenever an application is opened
-- severity: medium
-- confidence: 25
-- record: ios.shortcut_trigger
-- time: modified
-- value: trigger_text
-- corroboration: uncorroborated
-- rows: trigger_type = 'WFAppInFocusTrigger'
-- rows ios.shortcut_action: action_type IN ('is.workflow.actions.openurl', 'is.workflow.actions.showwebpage',
--   'is.workflow.actions.downloadurl', 'is.workflow.actions.getwebpagecontents', 'is.workflow.actions.openxcallbackurl',
--   'is.workflow.actions.runsshscript', 'is.workflow.actions.runjavascriptonwebpage')
-- proves: A shortcut that opens or loads an address, or runs a command, is started by an automation when an
--   application is opened. Predator kept itself on iPhones by such an automation, which loaded its first stage anew.
-- does_not_prove: It does not prove spyware. Many people build such automations: to open another application, to
--   log use, to remind themselves. Shortcuts sync between the devices of an account.
-- next: Ask the owner whether they made it. Look at the addresses in its steps. An automation that nobody knows and
--   that runs without asking is a reason to show the phone to an analyst.
-- sources: The Citizen Lab, "Pegasus vs. Predator: Dissident's Doubly-Infected iPhone Reveals Cytrox Mercenary
--   Spyware", 16 December 2021 (persistence by a Shortcuts automation)
-- os: iOS 13 and later
SELECT t.record_id,
       'Shortcut "' || coalesce(t.shortcut_name, '') || '" has ' || count(*) || ' such step(s), the first of the kind '
         || min(a.action_type) || CASE WHEN t.asks_first = 0 THEN '; it runs without asking.' ELSE '.' END AS detail
  FROM ios_shortcut_trigger AS t
  JOIN ios_shortcut_action AS a ON a.shortcut_key = t.shortcut_key AND a.evidence_path = t.evidence_path
 WHERE t.trigger_type = 'WFAppInFocusTrigger' AND coalesce(t.is_enabled, 1) = 1
   AND a.action_type IN ('is.workflow.actions.openurl', 'is.workflow.actions.showwebpage',
                         'is.workflow.actions.downloadurl', 'is.workflow.actions.getwebpagecontents',
                         'is.workflow.actions.openxcallbackurl', 'is.workflow.actions.runsshscript',
                         'is.workflow.actions.runjavascriptonwebpage')
 GROUP BY t.record_id;
