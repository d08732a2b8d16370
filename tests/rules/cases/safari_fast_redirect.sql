-- hit 1: Redirected to https://stage.mercenary.test:30827/x after 250 ms.
-- hit 2: Redirected to https://www.news.example/ after 250 ms, another host of the same site.
INSERT INTO ios_safari_visit (record_id, url, redirect_destination_url, redirect_after, redirect_other_host, redirect_other_site) VALUES
  (1, 'http://news.example/', 'https://stage.mercenary.test:30827/x', 250000, 1, 1), (2, 'http://news.example/', 'https://www.news.example/', 250000, 1, 0),
  (3, 'https://news.example/', 'https://stage.mercenary.test/', 250000, 1, 1), (4, 'http://news.example/', 'https://stage.mercenary.test/', 1000000, 1, 1),
  (5, 'http://news.example/', 'http://news.example/a', 1, 0, 0), (6, 'http://news.example/', NULL, NULL, NULL, NULL);
