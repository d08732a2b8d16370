-- title: A pairing with another device was made or changed while the phone was out of its owner's hands
-- severity: medium
-- confidence: 50
-- record: ios.backup_file
-- time: modified
-- value: device_path
-- key: modified
-- corroboration: uncorroborated
-- rows: (relative_path LIKE '%/Lockdown/%' OR relative_path LIKE '%/%pairing-records%'
--   OR relative_path LIKE '%MobileBluetooth%paired%' OR relative_path LIKE '%MobileBluetooth.devices%')
--   AND (birth BETWEEN :seized_from AND :seized_to OR modified BETWEEN :seized_from AND :seized_to)
-- proves: A file that holds what the phone knows of a computer, a watch or a Bluetooth device that it was paired with
--   was made or changed in the time in which the owner did not have the phone. A computer that a phone was told to
--   trust can back it up and install applications.
-- does_not_prove: It does not prove a new pairing: such files are also rewritten when a known device comes near, and a
--   repair shop's computer asks for trust. A backup leaves most records of trusted computers out, so that the absence
--   of this finding says nothing.
-- next: Ask the owner what the phone was connected to. Settings, General, Transfer or Reset, Reset, Reset Location &
--   Privacy makes the phone forget all computers; do that only after everything was looked at.
-- sources: ours: a comparison of times. Apple Platform Security, "Pairing model security in iOS"
-- os: all
SELECT record_id
  FROM ios_backup_file
 WHERE file_type = 'file'
   AND (relative_path LIKE '%/Lockdown/%' OR relative_path LIKE '%/%pairing-records%'
        OR relative_path LIKE '%MobileBluetooth%paired%' OR relative_path LIKE '%MobileBluetooth.devices%')
   AND (birth BETWEEN :seized_from AND :seized_to OR modified BETWEEN :seized_from AND :seized_to);
