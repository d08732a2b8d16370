-- The first schema (2019): relations without times, no push messages, in the folder of a system service.
CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT NOT NULL UNIQUE ON CONFLICT FAIL,
  lastSeen REAL NOT NULL, hadUserInteraction INTEGER NOT NULL, mostRecentUserInteractionTime REAL NOT NULL,
  grandfathered INTEGER NOT NULL, isPrevalent INTEGER NOT NULL, isVeryPrevalent INTEGER NOT NULL,
  dataRecordsRemoved INTEGER NOT NULL, timesAccessedAsFirstPartyDueToUserInteraction INTEGER NOT NULL,
  timesAccessedAsFirstPartyDueToStorageAccessAPI INTEGER NOT NULL);
CREATE TABLE SubresourceUnderTopFrameDomains (subresourceDomainID INTEGER NOT NULL, topFrameDomainID INTEGER NOT NULL);
INSERT INTO ObservedDomains VALUES (1, 'mail.example', 1570000000.5, 0, 0, 0, 0, 0, 0, 0, 0),
  (2, 'pixel.example', 1570000001, 0, 0, 0, 0, 0, 0, 0, 0);
INSERT INTO SubresourceUnderTopFrameDomains VALUES (2, 1);
