// Findings from hits: what was seen, why it matters, what it does not prove, how sure, what to do. Floor 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "detect/field_match.h"
#include "detect/rules.h"
#include "intel/matcher.h"
#include "intel/warning/warning_lists.h"
#include "record/finding.h"
#include "record/seizure.h"

namespace testudo {

// A record with where it comes from, as a finding needs it.
struct SeenRecord {
  Row row;
  std::string_view source;  // parser name
  std::string_view evidence_path;
};

class FindingBuilder {
 public:
  // Matcher, words and lists must outlive the builder. Findings whose record falls in `seizure` say so. `warnings`:
  // lists of the user's; those of the program (core_warnings()) always count.
  FindingBuilder(const Matcher& matcher, const Catalogue& words, std::optional<Seizure> seizure = {},
                 const WarningLists* warnings = nullptr)
      : matcher_(matcher), words_(words), seizure_(seizure), warnings_(warnings) {}

  // One finding for each distinct most-specific indicator of the record's hits; all other indicators in `also`. An
  // indicator that is only context or a victim's comes after any that some source accuses, and is graded low or info.
  std::vector<Finding> from_hits(const SeenRecord& seen, const std::vector<FieldHit>& hits) const;
  Finding from_rule(const SeenRecord& seen, const Rule& rule, std::string_view detail) const;

 private:
  Finding start(const SeenRecord& seen) const;
  void note_state_and_seizure(Finding& finding, const Row& row) const;
  const Match& most_telling(const FieldHit& hit) const;
  void tell_indicator(Finding& finding, const SeenRecord& seen, const FieldHit& hit, const Match& best) const;
  void tell_warnings(Finding& finding, Kind kind, std::string_view value) const;
  const Matcher& matcher_;
  const Catalogue& words_;
  std::optional<Seizure> seizure_;
  const WarningLists* warnings_;
};

// The grade of an indicator hit by what kind of value met it, how, and how it stands there: docs/design/severity.md.
Severity severity_of(Kind indicator, MatchHow how, Mention mention = Mention::own);
// 0 to 100: how likely the value in the evidence is the one that the feed means.
int confidence_of(Kind indicator, MatchHow how, bool generic, Mention mention = Mention::own);

// Once, over all findings of a check: drops what repeats another in every field, gives each an id of its own, and
// arranges them. `device` is its UDID: a report for sharing leaves it out, so that nobody finds the telephone number
// behind an id by trying all of them.
void finish_findings(std::vector<Finding>& findings, std::string_view device);
// Orders findings (severity, then time, then id) and sets the corroboration: a threat that two different files of the
// evidence name is corroborated; one artefact alone could be planted.
void arrange_findings(std::vector<Finding>& findings);

}  // namespace testudo
