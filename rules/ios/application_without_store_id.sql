-- title: An application on the phone did not come with the App Store's identifier
-- severity: medium
-- confidence: 30
-- record: ios.application
-- time: purchased
-- value: app_id
-- corroboration: none
-- rows: has_entry = 1 AND software_version_bundle_id IS NULL
-- proves: The backup describes this application without the identifier under which the App Store sells it
--   (softwareVersionBundleId): it may have been installed past the store, by a developer's or an enterprise's
--   certificate.
-- does_not_prove: It does not prove that the application is harmful. Developers' builds, TestFlight, applications
--   of an employer, alternative marketplaces in the European Union and applications offloaded to save space look like
--   this too.
-- next: Ask the owner who installed it and what for. If nobody knows, keep the backup and ask an analyst for the
--   application itself before it is deleted.
-- sources: Mobile Verification Toolkit, module Applications; Google Threat Analysis Group, "Spyware vendor targets
--   users in Italy and Kazakhstan", 23 June 2022 (spyware installed on iPhones by an enterprise certificate)
-- os: all
SELECT record_id,
       CASE WHEN has_store_metadata = 0 THEN 'It has no store metadata at all' ELSE 'Its store metadata lack the identifier' END
         || CASE WHEN has_store_signature = 0 THEN ', nor a licence of the store (ApplicationSINF).' ELSE '.' END AS detail
  FROM ios_application
 WHERE has_entry = 1 AND software_version_bundle_id IS NULL;
