-- hit 1: The phone had iOS 16.5; iOS 18.0 had been published, and for phones that cannot have it iOS 16.7.16.
-- hit 2: The phone had iOS 17.4.1; iOS 26.0 had been published.
-- hit 4: The phone had iOS 26.0; iOS 26.6.1 had been published.
INSERT INTO ios_backup_info (record_id, product_version, newest_version, newest_of_major) VALUES
  (1, '16.5', '18.0', '16.7.16'), (2, '17.4.1', '26.0', NULL), (3, '26.1', NULL, NULL), (4, '26.0', '26.6.1', '26.6.1');
