-- hit 1: news.example → one.mercenary.test → two.mercenary.test → end.example
-- mercenary.test stands between two sites that nobody touched; the owner used the second pair.
INSERT INTO ios_webkit_session_origin (record_id, evidence_path, host, redirected_from, redirected_to, had_user_interaction, is_prevalent) VALUES
  (1, 'a', 'one.mercenary.test', 'news.example', 'two.mercenary.test', 0, 0), (2, 'a', 'two.mercenary.test', 'one.mercenary.test', 'end.example', 0, 0),
  (3, 'a', 'shop.example', 'mail.example', 'pay.example', 1, 0), (4, 'a', 'pay.example', 'shop.example', 'bank.example', 1, 0);
