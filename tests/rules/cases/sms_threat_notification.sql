-- hit 1: It came from threat-notifications@apple.com.
-- hit 2: It holds a link that is not Apple's: be careful, it may be a forgery.
-- hit 3: It was sent from this phone, as when somebody forwards it.
-- hit 4: It came from threat-notifications@email.apple.com.
-- hit 5: It holds a link that is not Apple's: be careful, it may be a forgery.
-- Three generations of the words, a sender in another language, a forward, a forgery, and messages that are none of these.
INSERT INTO ios_sms_message (record_id, text, handle, direction) VALUES
  (1, 'ALERT: State-sponsored attackers may be targeting your iPhone. Apple believes …', 'threat-notifications@apple.com', 'incoming'),
  (2, 'ALERT: Apple detected a targeted mercenary spyware attack against your iPhone. See https://support.apple.com/102174 and HTTPS://forged.mercenary.test/', 'someone@example.test', 'incoming'),
  (3, 'Apple detected that you are being targeted by a mercenary spyware attack that is trying to remotely compromise the iPhone associated with your Apple Account', '+15550100', 'outgoing'),
  (4, 'Alerte …', 'threat-notifications@email.apple.com', 'incoming'),
  (5, 'ALERT: mercenary spyware attack! Go to https://apple.mercenary.test/now?support.apple.com', '+15550101', 'incoming'),
  (6, 'ALERT: your parcel waits at https://parcel.test', '+15550102', 'incoming'),
  (7, 'Did you read of the mercenary spyware attack on her phone?', '+15550103', 'incoming'),
  (8, NULL, NULL, 'incoming');
