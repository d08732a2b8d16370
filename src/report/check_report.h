// CheckReport: everything that a check of one piece of evidence found out; what all views of it are made from.
// Holds no wall clock, host or duration: same input, same report. Floor 5.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/coverage.h"
#include "record/finding.h"
#include "record/seizure.h"

namespace testudo {

// What the evidence says of the device. Empty where it does not.
struct DeviceFacts {
  std::string name, product_type, system_version, build, serial, unique_id, phone_number;
  std::optional<Time> backup_date;
  bool encrypted = false;
  std::string model = {};  // what the product type is sold as: "iPhone 13"; empty where it is not known

  // For people: "iPhone 13 (iPhone14,5)".
  std::string product() const { return model.empty() ? product_type : model + " (" + product_type + ")"; }
};

struct FeedFacts {
  std::string name;
  std::uint64_t indicators = 0, not_evaluated = 0;
  std::optional<Time> newest;  // latest date in the feed: its age
  std::string sha256;
  std::uint64_t defects = 0;  // notes that reading it gave
  bool whole = true;          // false: it could not be read to its end
};

// What reading the feeds found odd; nothing of a feed is dropped without one.
struct FeedRemark {
  std::string file, object, defect, value;
};

struct CheckReport {
  std::string evidence_kind;    // "ios_backup"
  std::string evidence_sha256;  // of the list of its files, as stored; empty if it was not read
  // Whether the evidence says of itself that it was not written to its end: the list of its files is then partial.
  // Nothing where it does not say, or what says it cannot be read.
  std::optional<bool> interrupted;
  DeviceFacts device;
  Time as_of;                      // the date that "now" means: --as-of, or the evidence's own
  std::optional<Seizure> seizure;  // --seized-from, --seized-to
  std::uint64_t indicators = 0;    // distinct (type, value)
  std::vector<FeedFacts> feeds;
  std::vector<std::string> not_feeds;     // files in folders of feeds that are none
  std::vector<std::string> unread_feeds;  // what was named, or lies in a folder that was, and is not read to its end
  std::vector<FeedRemark> feed_remarks;   // for feed_remarks.ndjson; not stored in cases
  std::vector<Finding> findings;          // finished: sorted, once each
  std::uint64_t findings_left_out = 0;    // beyond the limit
  std::vector<SourceCoverage> coverage;   // in order of source
  std::vector<std::string> rule_failures;

  std::array<std::uint64_t, 5> by_severity() const;
  bool any_at_least(Severity severity) const;
  // Findings whose record falls in the time in which the phone was out of its owner's hands.
  std::uint64_t while_seized() const;
  // Whether a source that is present could not be read in full.
  bool any_partial() const;
  // Whether something that a check looks at was not: such a source, or a rule that could not be run.
  bool is_incomplete() const { return any_partial() || !rule_failures.empty(); }
  // The date of the newest entry of all feeds, where one has dates.
  std::optional<Time> newest_entry() const;
  // Whether that is more than 90 days before the date of the check.
  bool feeds_are_old() const;
  // Records that were read, of all sources.
  std::uint64_t records() const;
  // "found" (something of medium or more), "nothing_found_but_incomplete", "nothing_found_in_what_could_be_read".
  std::string_view verdict() const;
};

// feed_remarks.ndjson: a line a remark.
std::string feed_remarks_ndjson(const CheckReport& report);
// coverage.json, summary.json: documents with a newline at the end (docs/manual/outputs.md). For sharing, call redact()
// on a copy of the report first.
std::string coverage_json(const CheckReport& report);
std::string summary_json(const CheckReport& report);
// The object that `--json` prints last: {"summary":…} on one line.
std::string summary_line(const CheckReport& report);

}  // namespace testudo
