// Behaviour rules: SQL over the records' tables, with a header that explains itself (rules/README.md). An analyst tests
// one with the sqlite3 shell. Floor 4.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/finding.h"
#include "record/row.h"
#include "record/seizure.h"
#include "store/record_table.h"

namespace testudo {

struct Rule {
  std::string id;  // from the file name: rules/ios/sms_state_alert.sql is "ios.sms_state_alert"
  std::string title;
  Severity severity = Severity::info;
  int confidence = 0;
  std::string record;      // the record type that a finding is about
  std::string time_field;  // field of that record
  std::string value_field;
  std::string key_field;  // whose value makes another finding of the same record; empty if the record is one finding
  Corroboration corroboration = Corroboration::uncorroborated;
  // A necessary condition over the fields of each record type that the rule reads; records that fail it need not be
  // kept for the rule. "1" keeps all. For record types other than `record`: header lines `rows TYPE:`.
  std::map<std::string, std::string> rows;
  std::string proves, does_not_prove, next, sources, os;
  std::string sql;
};

// Fault::malformed with the missing or unknown header line.
Result<Rule> parse_rule(std::string_view id, std::string_view text);
// The rules built into the program, in order of id. A broken one is a defect that the tests find; it is left out.
const std::vector<Rule>& builtin_rules();

// The built-in rules as a check runs them. A rule that names :seized_from and :seized_to asks about the time in which
// the phone was out of its owner's hands: it is given these as numbers, or is left out where there was no such time.
std::vector<Rule> rules_for(const std::optional<Seizure>& seizure);

// Decides, record by record, whether some rule may look at it.
class RuleFilter {
 public:
  static Result<RuleFilter> create(const std::vector<Rule>& rules, const std::vector<const RecordType*>& types);
  RuleFilter(RuleFilter&&) noexcept;
  ~RuleFilter();
  bool wants(const Row& row);

 private:
  struct State;
  explicit RuleFilter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct RuleHit {
  const Rule* rule;
  std::int64_t record_id;
  std::string detail;  // a sentence of the rule's own, or empty
};

// Tables in memory that hold the records which passed the filter.
class RuleTables {
 public:
  static Result<RuleTables> create(const std::vector<const RecordType*>& types);
  RuleTables(RuleTables&&) noexcept;
  ~RuleTables();
  Result<std::int64_t> insert(const Row& row, std::string_view evidence_path);
  const Connection& connection() const;

 private:
  struct State;
  explicit RuleTables(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Runs the rules over the tables of `connection` (RuleTables or a case's store), in order of rule and record. A rule
// that fails is reported in `failures` and costs only itself.
std::vector<RuleHit> run_rules(const Connection& connection, const std::vector<Rule>& rules,
                               std::vector<std::string>& failures);

}  // namespace testudo
