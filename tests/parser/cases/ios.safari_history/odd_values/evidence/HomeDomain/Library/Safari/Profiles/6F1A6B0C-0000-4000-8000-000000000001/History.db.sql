-- A profile's database with what no Safari writes: no types, NULL everywhere, times beyond the calendar, a redirect to
-- itself, a redirect into the past, hosts that are addresses, text that is not UTF-8, markup, a visit without its item.
CREATE TABLE history_items (id INTEGER PRIMARY KEY, url, visit_count);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY, history_item, visit_time, title, load_successful, http_non_get,
  synthesized, redirect_source, redirect_destination, origin);
CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY, start_time, end_time, url);
INSERT INTO history_items VALUES (1, 'http://203.0.113.9/x', 'many'), (2, 'not an address', NULL), (3, NULL, 1),
  (4, CAST(X'68747470733A2F2FFF2E6578616D706C652F' AS TEXT), 1), (5, X'00FF', 1),
  (6, 'javascript:alert("<b>&amp;")', 1);
INSERT INTO history_visits VALUES
  (1, 1, 1e30, '<script>alert(1)</script>', 2, -1, 'yes', 1, 1, 9),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, 77, 'soon', X'FFFE', 1, 0, 0, 'x', 'y', 0),
  (4, 1, 700000000, '=HYPERLINK("http://evil.example")', 1, 0, 0, NULL, 5, 0),
  (5, 2, 699999999, char(0x202E) || 'txt.exe', 1, 0, 0, 4, 6, 0),
  (6, 4, -1e300, NULL, 1, 1, 0, 5, 7, 0),
  (7, 3, 9223372036854775807, NULL, 1, 0, 0, 6, 8, 0),
  (8, 6, 700000001, NULL, 1, 0, 0, 7, NULL, 0);
INSERT INTO history_tombstones VALUES (1, NULL, NULL, NULL), (2, 'x', 1e40, 5);
