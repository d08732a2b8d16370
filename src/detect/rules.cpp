#include "detect/rules.h"

#include <algorithm>
#include <charconv>

#include "base/embedded.h"
#include "base/text.h"
#include "detect/row_condition.h"

namespace testudo {
namespace {

// "-- key: value" lines, continued by "--   more", up to the first line that is not a comment.
Result<std::map<std::string, std::string>> parse_header(std::string_view text, std::string_view& sql) {
  std::map<std::string, std::string> header;
  std::string* open = nullptr;
  while (text.starts_with("--")) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(2, end == std::string_view::npos ? end : end - 2);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto colon = line.find(':');
    const bool continues = line.starts_with("   ");
    if (continues && open != nullptr) {
      open->append(" ").append(trim(line));
    } else if (colon != std::string_view::npos) {
      open = &header[std::string(trim(line.substr(0, colon)))];
      *open = trim(line.substr(colon + 1));
    } else if (!trim(line).empty()) {
      return error(Fault::malformed, "header line without a key: " + std::string(line));
    }
  }
  sql = trim(text);
  return header;
}

Result<std::string> required(std::map<std::string, std::string>& header, const char* key) {
  const auto found = header.find(key);
  if (found == header.end() || found->second.empty())
    return error(Fault::malformed, std::string("no header line ") + key);
  std::string value = std::move(found->second);
  header.erase(found);
  return value;
}

std::string optional_line(std::map<std::string, std::string>& header, const char* key) {
  const auto node = header.extract(key);
  return node ? node.mapped() : std::string();
}

Result<Corroboration> corroboration_from(std::string_view name) {
  if (name == "none") return Corroboration::none;
  if (name == "uncorroborated") return Corroboration::uncorroborated;
  return error(Fault::malformed, "corroboration is none or uncorroborated");
}

constexpr std::string_view seized_from = ":seized_from", seized_to = ":seized_to";

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

Result<Rule> parse_rule(std::string_view id, std::string_view text) {
  std::string_view sql;
  auto header = TRY(parse_header(text, sql));
  Rule rule;
  rule.id = id;
  rule.sql = sql;
  rule.title = TRY(required(header, "title"));
  const auto severity = severity_from_name(TRY(required(header, "severity")));
  if (!severity) return error(Fault::malformed, "unknown severity");
  rule.severity = *severity;
  const std::string confidence = TRY(required(header, "confidence"));
  const auto [end, fault] = std::from_chars(confidence.data(), confidence.data() + confidence.size(), rule.confidence);
  if (fault != std::errc{} || *end != '\0' || rule.confidence < 0 || rule.confidence > 100)
    return error(Fault::malformed, "confidence is a number from 0 to 100");
  rule.record = TRY(required(header, "record"));
  rule.rows[rule.record] = TRY(required(header, "rows"));
  rule.corroboration = TRY(corroboration_from(TRY(required(header, "corroboration"))));
  rule.proves = TRY(required(header, "proves"));
  rule.does_not_prove = TRY(required(header, "does_not_prove"));
  rule.next = TRY(required(header, "next"));
  rule.sources = TRY(required(header, "sources"));
  rule.time_field = optional_line(header, "time");
  rule.value_field = optional_line(header, "value");
  rule.key_field = optional_line(header, "key");
  rule.os = optional_line(header, "os");
  for (auto& [key, value] : header) {
    if (!key.starts_with("rows ")) return error(Fault::malformed, "unknown header line " + key);
    rule.rows[std::string(trim(std::string_view(key).substr(5)))] = value;
  }
  if (sql.empty()) return error(Fault::malformed, "no SELECT");
  return rule;
}

const std::vector<Rule>& builtin_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const EmbeddedFile& file : embedded_files("rules/")) {
      if (!file.path.ends_with(".sql")) continue;
      std::string id(file.path.substr(6, file.path.size() - 10));
      std::ranges::replace(id, '/', '.');
      auto rule = parse_rule(id, file.content);
      if (rule) all.push_back(std::move(*rule));
    }
    return all;
  }();
  return rules;
}

std::vector<Rule> rules_for(const std::optional<Seizure>& seizure) {
  std::vector<Rule> rules;
  for (const Rule& builtin : builtin_rules()) {
    if (builtin.sql.find(seized_from) == std::string::npos) {
      rules.push_back(builtin);
    } else if (seizure) {
      rules.push_back(builtin);
      replace_all(rules.back().sql, seized_from, std::to_string(seizure->from.micros));
      replace_all(rules.back().sql, seized_to, std::to_string(seizure->to.micros));
      for (auto& [type, condition] : rules.back().rows) {
        replace_all(condition, seized_from, std::to_string(seizure->from.micros));
        replace_all(condition, seized_to, std::to_string(seizure->to.micros));
      }
    }
  }
  return rules;
}

struct RuleFilter::State {
  struct Condition {
    bool always = false;
    std::vector<RowCondition> simple;  // of the rules whose condition needs no SQLite
    bool all_simple = true;
    std::string expression;           // of all rules, joined by OR
    Statement statement;              // yields one number: whether a rule may want the record
    std::vector<std::size_t> fields;  // the statement's parameters: those that the expression names
  };
  explicit State(Connection c) : connection(std::move(c)) {}
  Connection connection;
  std::map<const RecordType*, Condition> conditions;
  // Rows of one type come one after another, so the look-up is remembered.
  const RecordType* last_type = nullptr;
  Condition* last = nullptr;
};

RuleFilter::RuleFilter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuleFilter::RuleFilter(RuleFilter&&) noexcept = default;
RuleFilter::~RuleFilter() = default;

Result<RuleFilter> RuleFilter::create(const std::vector<Rule>& rules, const std::vector<const RecordType*>& types) {
  auto state = std::make_unique<State>(TRY(Connection::in_memory()));
  for (const Rule& rule : rules) {
    for (const auto& [name, expression] : rule.rows) {
      const auto type = std::ranges::find(types, name, &RecordType::name);
      if (type == types.end()) continue;
      State::Condition& condition = state->conditions[*type];
      if (expression == "1") condition.always = true;
      if (auto simple = RowCondition::compile(expression, **type))
        condition.simple.push_back(std::move(*simple));
      else
        condition.all_simple = false;
      condition.expression.append(condition.expression.empty() ? "(" : " OR (").append(expression).append(")");
    }
  }
  for (auto& [type, condition] : state->conditions) {
    std::string columns;
    for (std::size_t i = 0; i < type->fields.size(); ++i) {
      // A name that occurs only inside a longer word is bound in vain, never missed.
      if (condition.expression.find(type->fields[i].name) == std::string::npos) continue;
      condition.fields.push_back(i);
      columns.append(columns.empty() ? "?" : ", ?").append(std::to_string(condition.fields.size()));
      columns.append(" AS \"").append(type->fields[i].name).append("\"");
    }
    const std::string from = columns.empty() ? std::string() : " FROM (SELECT " + columns + ")";
    condition.statement = TRY(state->connection.prepare("SELECT (" + condition.expression + ")" + from));
  }
  return RuleFilter(std::move(state));
}

bool RuleFilter::wants(const Row& row) {
  if (row.type != state_->last_type) {
    const auto found = state_->conditions.find(row.type);
    state_->last_type = row.type;
    state_->last = found == state_->conditions.end() ? nullptr : &found->second;
  }
  if (state_->last == nullptr) return false;
  State::Condition& condition = *state_->last;
  if (condition.always) return true;
  bool sure = condition.all_simple;
  for (const RowCondition& simple : condition.simple) {
    const RowCondition::Answer answer = simple.of(row);
    if (answer == RowCondition::Answer::yes) return true;
    if (answer == RowCondition::Answer::unsure) sure = false;
  }
  if (sure) return false;
  for (std::size_t i = 0; i < condition.fields.size(); ++i)
    condition.statement.bind(static_cast<int>(i) + 1, row.values[condition.fields[i]]);
  auto stepped = condition.statement.step();
  const bool yes = !stepped || (*stepped && condition.statement.integer(0) != 0);
  condition.statement.reset();
  return yes;
}

struct RuleTables::State {
  explicit State(Connection c) : connection(std::move(c)) {}
  Connection connection;
  std::map<const RecordType*, RecordTable> tables;
};

RuleTables::RuleTables(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuleTables::RuleTables(RuleTables&&) noexcept = default;
RuleTables::~RuleTables() = default;
const Connection& RuleTables::connection() const { return state_->connection; }

Result<RuleTables> RuleTables::create(const std::vector<const RecordType*>& types) {
  auto state = std::make_unique<State>(TRY(Connection::in_memory()));
  // Rows come by the hundred thousand and are never rolled back.
  TRY(state->connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
  for (const RecordType* type : types) state->tables.emplace(type, TRY(RecordTable::create(state->connection, *type)));
  return RuleTables(std::move(state));
}

Result<std::int64_t> RuleTables::insert(const Row& row, std::string_view evidence_path) {
  const auto table = state_->tables.find(row.type);
  if (table == state_->tables.end()) return error(Fault::internal, "no table for this record");
  return table->second.insert(row, evidence_path);
}

std::vector<RuleHit> run_rules(const Connection& connection, const std::vector<Rule>& rules,
                               std::vector<std::string>& failures) {
  std::vector<RuleHit> hits;
  for (const Rule& rule : rules) {
    auto statement = connection.prepare(rule.sql);
    if (!statement) {
      failures.push_back(rule.id + ": " + statement.error().what);
      continue;
    }
    for (;;) {
      auto more = statement->step();
      if (!more) failures.push_back(rule.id + ": " + more.error().what);
      if (!more || !*more) break;
      hits.push_back({&rule, statement->integer(0), statement->columns() > 1 ? statement->text(1) : std::string()});
    }
  }
  std::ranges::stable_sort(hits, [](const RuleHit& a, const RuleHit& b) {
    return a.rule->id != b.rule->id ? a.rule->id < b.rule->id : a.record_id < b.record_id;
  });
  return hits;
}

}  // namespace testudo
