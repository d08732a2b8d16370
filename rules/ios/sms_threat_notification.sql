-- title: A message with the words of Apple's warning of a spyware attack is on this phone
-- severity: high
-- confidence: 70
-- record: ios.sms_message
-- time: sent_at
-- value: text
-- corroboration: uncorroborated
-- rows: text GLOB 'ALERT:*'
--   OR (length(text) > 60 AND (text LIKE '%mercenary spyware attack%' OR text LIKE '%state-sponsored attackers%'))
--   OR handle IN ('threat-notifications@apple.com', 'threat-notifications@email.apple.com')
-- proves: A message with the words of Apple's threat notification is on the phone. Apple sends one when it believes
--   that this person was singled out by an attack with spyware made for hire, and says that it has high confidence
--   then.
-- does_not_prove: It does not prove that the attack succeeded, nor that the message is Apple's: fraudsters copy the
--   words, and people forward and quote them to each other. Apple's own never asks to open a link, to install
--   anything, or for a password or code. Notifications in other languages are found by their sender's address alone.
-- next: Take it seriously and do not open links in it. Sign in at account.apple.com by typing the address: a true
--   notification is shown there on top. Update the phone, switch on Lockdown Mode, keep this backup, and contact
--   Access Now's Digital Security Helpline.
-- sources: Apple Support 102174, "About Apple threat notifications and protecting against mercenary spyware" (how
--   they are sent, and what they never ask for). Wordings: "ALERT: State-sponsored attackers may be targeting your
--   iPhone" (from November 2021) and "ALERT: Apple detected a targeted mercenary spyware attack against your iPhone"
--   (from 2024), both as the Mobile Verification Toolkit looks for them; "Apple detected that you are being targeted
--   by a mercenary spyware attack that is trying to remotely compromise the iPhone associated with your Apple ID"
--   (April and July 2024) or "Apple Account" (April 2025), as TechCrunch and others quote it
-- os: all
SELECT record_id,
       trim(CASE WHEN handle LIKE 'threat-notifications@%apple.com' THEN 'It came from ' || handle || '. '
                 WHEN direction = 'outgoing' THEN 'It was sent from this phone, as when somebody forwards it. '
                 ELSE '' END
              || CASE WHEN replace(replace(replace(lower(text), 'https://support.apple.com/', ''),
                                           'https://account.apple.com', ''), 'https://appleid.apple.com', '') GLOB '*http*://*'
                      THEN 'It holds a link that is not Apple''s: be careful, it may be a forgery.' ELSE '' END) AS detail
  FROM ios_sms_message
 WHERE text LIKE 'ALERT: State-sponsored attackers may be targeting your %'
    OR text LIKE 'ALERT: Apple detected a targeted mercenary spyware attack against your %'
    OR (text GLOB 'ALERT:*' AND (text LIKE '%mercenary spyware attack%' OR text LIKE '%state-sponsored attackers%'))
    OR text LIKE '%Apple detected that you are being targeted by a mercenary spyware attack%'
    OR text LIKE '%Apple detected a targeted mercenary spyware attack against your%'
    OR text LIKE '%Apple believes you are being targeted by state-sponsored attackers%'
    OR handle IN ('threat-notifications@apple.com', 'threat-notifications@email.apple.com');
