-- title: An application was obtained while the phone was out of its owner's hands
-- severity: medium
-- confidence: 40
-- record: ios.application
-- time: purchased
-- value: app_id
-- corroboration: uncorroborated
-- rows: purchased BETWEEN :seized_from AND :seized_to
-- proves: The store's entry for this application says that the account obtained it for the first time in the time in
--   which the owner did not have the phone.
-- does_not_prove: It does not prove that it was this phone: the date is the account's, and the same account on another
--   device, a family member or an automatic download gives it too. Whoever installs something with another account,
--   or an application that the account had before, is not seen here.
-- next: Ask the owner, and everybody who uses the account, whether they obtained it. Look at what it may access.
-- sources: ours: a comparison of times. Apple, iTunesMetadata of the backup (purchaseDate)
-- os: all
SELECT record_id, coalesce('It is called ' || name || '.', '') AS detail
  FROM ios_application
 WHERE purchased BETWEEN :seized_from AND :seized_to;
