-- A page of the table is damaged, and the log deletes and changes rows of a later page.
PRAGMA page_size=512;
CREATE TABLE access (service TEXT, client TEXT, client_type INTEGER, auth_value INTEGER, auth_reason INTEGER,
  last_modified INTEGER);
INSERT INTO access VALUES
  ('kTCCServiceCamera', 'com.example.n01.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754101),
  ('kTCCServiceCamera', 'com.example.n02.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754102),
  ('kTCCServiceCamera', 'com.example.n03.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754103),
  ('kTCCServiceCamera', 'com.example.n04.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754104),
  ('kTCCServiceCamera', 'com.example.n05.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754105),
  ('kTCCServiceCamera', 'com.example.n06.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754106),
  ('kTCCServiceCamera', 'com.example.n07.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754107),
  ('kTCCServiceCamera', 'com.example.n08.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754108),
  ('kTCCServiceCamera', 'com.example.n09.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754109),
  ('kTCCServiceCamera', 'com.example.n10.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754110),
  ('kTCCServiceCamera', 'com.example.n11.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754111),
  ('kTCCServiceCamera', 'com.example.n12.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754112),
  ('kTCCServiceCamera', 'com.example.n13.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754113),
  ('kTCCServiceCamera', 'com.example.n14.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754114),
  ('kTCCServiceCamera', 'com.example.n15.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754115),
  ('kTCCServiceCamera', 'com.example.n16.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding.padding', 0, 2, 2, 1690754116);
