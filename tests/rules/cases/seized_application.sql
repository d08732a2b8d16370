-- hit 1: It is called Torch.
-- hit 3:
INSERT INTO ios_application (record_id, app_id, name, purchased) VALUES
 (1, 'test.example.new', 'Torch', 1714600000000000), (2, 'test.example.old', 'Notes', 1600000000000000),
 (3, 'test.example.nameless', NULL, 1714600000000000), (4, 'test.example.undated', 'X', NULL);
