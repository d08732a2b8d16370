-- hit 1: Shortcut "Helper" has 1 such step(s), the first of the kind is.workflow.actions.openurl; it runs without asking.
-- hit 4: Shortcut "" has 2 such step(s), the first of the kind is.workflow.actions.downloadurl.
-- 1 opens an address without asking; 2 is off; 3 sends a message; 4 asks first.
INSERT INTO ios_shortcut_trigger (record_id, evidence_path, trigger_key, shortcut_key, shortcut_name, trigger_type, is_enabled, asks_first) VALUES
  (1, 'a', 1, 1, 'Helper', 'WFAppInFocusTrigger', 1, 0), (2, 'a', 2, 1, 'Helper', 'WFAppInFocusTrigger', 0, 0), (3, 'a', 3, 2, 'Hello', 'WFAppInFocusTrigger', 1, 0),
  (4, 'a', 4, 3, NULL, 'WFAppInFocusTrigger', 1, 1), (5, 'a', 5, 1, 'Helper', 'WFTimeOfDayTrigger', 1, 0), (6, 'a', 6, NULL, NULL, 'WFAppInFocusTrigger', 1, 0);
INSERT INTO ios_shortcut_action (record_id, evidence_path, shortcut_key, position, action_type) VALUES
  (1, 'a', 1, 0, 'is.workflow.actions.url'), (2, 'a', 1, 1, 'is.workflow.actions.openurl'), (3, 'a', 2, 0, 'is.workflow.actions.sendmessage'),
  (4, 'a', 3, 0, 'is.workflow.actions.downloadurl'), (5, 'a', 3, 1, 'is.workflow.actions.openurl'), (6, 'b', 1, 0, 'is.workflow.actions.openurl');
