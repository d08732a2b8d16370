-- title: An application was installed by something other than the App Store
-- severity: medium
-- confidence: 35
-- record: ios.application
-- time: purchased
-- value: app_id
-- corroboration: none
-- rows: source_app IS NOT NULL AND source_app NOT IN ('com.apple.AppStore', 'com.apple.AppStore.ProductPageExtension',
--   'com.apple.dmd', 'dmd')
-- proves: The store's metadata of this application name another program as the one that asked for its installation
--   (sourceApp).
-- does_not_prove: It does not prove that the application is harmful. TestFlight, Apple Configurator, device
--   management of an employer, the Watch application, a restore and alternative marketplaces install applications
--   too.
-- next: Ask the owner whether they know the installing program and why it installed this application.
-- sources: Mobile Verification Toolkit, module Applications
-- os: all
SELECT record_id, 'Installed by ' || source_app || '.' AS detail
  FROM ios_application
 WHERE source_app IS NOT NULL
   AND source_app NOT IN ('com.apple.AppStore', 'com.apple.AppStore.ProductPageExtension', 'com.apple.dmd', 'dmd');
