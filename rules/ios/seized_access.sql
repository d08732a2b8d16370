-- title: An application was given access while the phone was out of its owner's hands
-- severity: medium
-- confidence: 55
-- record: ios.tcc_access
-- time: last_modified
-- value: client
-- key: last_modified
-- corroboration: uncorroborated
-- rows: is_allowed = 1 AND last_modified BETWEEN :seized_from AND :seized_to
-- proves: The register of permissions was changed for this application in the time in which the owner did not have the
--   phone, and allows the access now. Normally somebody who has unlocked the phone must agree.
-- does_not_prove: It does not prove harm, nor that the permission is new: the date is that of the last change of the
--   entry, which the system also makes by itself after updates.
-- next: Ask the owner whether they gave this permission, and look at it in Settings, Privacy & Security.
-- sources: ours: a comparison of times. The register: docs/formats/ios-tcc.md
-- os: versions whose register holds the time of the last change
SELECT record_id, 'The access is to ' || coalesce(replace(service, 'kTCCService', ''), 'something unnamed') || '.' AS detail
  FROM ios_tcc_access
 WHERE is_allowed = 1 AND last_modified BETWEEN :seized_from AND :seized_to;
