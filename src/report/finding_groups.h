// Finding groups: findings of one rule and indicator, or of one kind, are one thing to read, however often the phone
// met it. Floor 5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "record/finding.h"

namespace testudo {

// Borrows the findings. The first one is the group's most severe and, among those, earliest.
struct FindingGroup {
  std::vector<const Finding*> findings;
  std::optional<Time> first, last;  // over all that hold a time
  const Finding& front() const { return *findings.front(); }
};

// What findings of one group share: the rule and the value of the indicator, or the rule and the threat alone, so that
// a hundred addresses of one attacker are one kind of finding.
enum class GroupBy : bool { indicator, kind };

// In the order of the first finding of each. Cost: linear but for the look-up.
std::vector<FindingGroup> group_findings(const std::vector<Finding>& findings, GroupBy by = GroupBy::indicator);

// A value of evidence or feed so that nobody follows it by accident: "hxxps://a[.]example/x". Of a link only scheme and
// host change; of a host, address or e-mail address every dot; other values stay as they are.
std::string defanged(std::string_view value, std::optional<Kind> kind);
// What a finding met, so written.
std::string defanged_value(const Finding& finding);
// A sentence in which the finding's own values, and anything with a scheme of the web, are defanged.
std::string defanged_sentence(const std::string& sentence, const Finding& finding);

}  // namespace testudo
