// One feed under the lint: what its reader says, what its values and objects show. Floor 3.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "intel/feed/feed_format.h"
#include "intel/feed/normalising_sink.h"
#include "intel/lint/lint_finding.h"
#include "intel/lint/listed_values.h"
#include "intel/lint/stix_lint.h"
#include "intel/lint/text_lint.h"
#include "intel/normalise.h"
#include "intel/warning/warning_lists.h"

namespace testudo {

// What the feed says is passed on to `next`, as a NormalisingSink does it, and looked at on its way.
class FeedLint : public NormalisingSink {
 public:
  // What is kept of the values lives in `pool`. The feed's text must outlive this. `next` may be null.
  FeedLint(std::string_view file, const FeedText& feed, std::string_view format, TextPool& pool,
           const WarningLists* warnings, const LintReceiver& receiver, FeedSink* next);

  // Reads the feed as the format and checks it. An Error as the format's reader gives it; it is a defect as well.
  Result<void> run(const FeedFormat& format);
  // Those that the feed lists; to be taken after run().
  std::vector<ListedValue> take_values() { return std::move(values_); }

  void threat(std::uint64_t claim, std::string_view name) override;
  void kept(const KeptPattern& pattern) override;
  void note(std::string_view object, std::string_view defect, std::string_view value) override;

 private:
  void normalised(const FeedClaim& claim, const std::optional<NormalisedIndicator>& normal,
                  const Defects& defects) override;
  Result<void> read(const FeedFormat& format);
  void add(std::string_view object, std::string_view defect, std::string_view value, std::string mend);
  std::string object_of(const FeedClaim& claim);
  void check_spelling(const FeedClaim& claim, const NormalisedIndicator& normal, const std::string& object);
  void check_pattern(const FeedClaim& claim, const NormalisedIndicator& normal, const std::string& object);
  void check_claim(const FeedClaim& claim, const std::string& object);
  void check_warnings(const NormalisedIndicator& normal, const FeedClaim& claim, const std::string& object,
                      const Defects& defects);
  void list(const NormalisedIndicator& normal, const std::string& object);
  void repeat(const NormalisedIndicator& normal, const std::string& object, std::string_view first);
  void end_entry(const std::string& next);
  void finish();

  std::string file_;
  const FeedText& feed_;
  std::string format_;
  TextPool& pool_;
  const WarningLists* warnings_;
  const LintReceiver& receiver_;
  StixLint stix_;
  LineFinder lines_;
  bool is_stix_ = false, is_json_ = false;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  std::unordered_map<std::uint64_t, std::size_t> known_;  // key of a value to its place in values_
  std::vector<ListedValue> values_;
  std::string entry_;  // the object that claims are of now
  bool entry_is_new_ = false;
  std::vector<std::pair<std::string, std::string>> repeated_;  // its values that stood before, and where
  std::vector<bool> named_;                                    // claims that belong to a threat
  std::uint64_t claims_ = 0, kept_ = 0;
  std::string first_unnamed_;
  std::vector<std::string_view> claim_objects_;
  std::unordered_map<std::string, std::string, SecretHash> rule_ids_;
  std::string last_pattern_object_;  // of the STIX object whose pattern was checked last
};

}  // namespace testudo
