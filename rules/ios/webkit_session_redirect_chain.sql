-- title: Web pages were passed on through several sites that were used for nothing else
-- severity: low
-- confidence: 25
-- record: ios.webkit_session_origin
-- time: last_seen_at
-- value: host
-- corroboration: uncorroborated
-- rows: redirected_from IS NOT NULL AND redirected_to IS NOT NULL AND had_user_interaction IS NOT 1
--   AND is_prevalent IS NOT 1 AND framed_by IS NULL AND part_of IS NULL
-- proves: At least two sites in a row did nothing but redirect: each was reached from one site, led to one site, was never
--   touched by a person, and was part of no other page. Servers that deliver spyware hide behind such chains, and WebKit's
--   log keeps them when the history shows the last page alone.
-- does_not_prove: It does not prove an attack, nor when the redirect happened. A link in a newsletter often passes through a
--   click counter and a short link; so do links that a mail filter has rewritten, payment and log-in steps, and links in
--   advertisements.
-- next: Do not open these sites. If you cannot tell which link led there, keep the backup and ask a help desk to look the
--   sites up and to compare the time with messages received.
-- sources: Amnesty International, "Forensic Methodology Report: How to catch NSO Group's Pegasus", 18 July 2021;
--   WebKit, Source/WebCore/loader/ResourceLoadStatistics.cpp
-- os: iOS 11 to 13; later systems keep the same facts in observations.db
SELECT first.record_id,
       first.redirected_from || ' → ' || first.host || ' → ' || second.host || ' → ' || second.redirected_to AS detail
  FROM ios_webkit_session_origin AS first
  JOIN ios_webkit_session_origin AS second
    ON second.host = first.redirected_to AND second.redirected_from = first.host
   AND second.evidence_path = first.evidence_path AND second.record_id <> first.record_id
 WHERE first.had_user_interaction IS NOT 1 AND second.had_user_interaction IS NOT 1
   AND first.is_prevalent IS NOT 1 AND second.is_prevalent IS NOT 1
   AND first.framed_by IS NULL AND second.framed_by IS NULL
   AND first.part_of IS NULL AND second.part_of IS NULL
   AND instr(first.redirected_from, char(10)) = 0 AND instr(second.redirected_to, char(10)) = 0
   AND first.redirected_from <> second.host AND second.redirected_to <> first.host;
