// Object paths are walked, references followed, and what they lead to is compared.
#include "intel/pattern/comparison.h"

#include <algorithm>

#include "intel/network.h"
#include "intel/pattern/pattern_compare.h"

namespace testudo {
namespace {

// What a path has led to so far, with the property that it was found under.
struct Found {
  std::vector<const ObservedValue*> values;
  std::string_view key;
};

// Steps into a reference go on in the object that it names: `…_ref.`, `…_refs[*].`, `…_refs[0].`.
const ObservedValue* follow(const ObservedValue* value, std::string_view key, const ObservedIds& ids) {
  if (value->type != ObservedValue::Type::text || (!key.ends_with("_ref") && !key.ends_with("_refs"))) return value;
  const auto found = ids.find(value->text);
  return found == ids.end() ? value : found->second;
}

// Several ways to one value are one: paths over references in circles stay as short as the observation is.
void make_unique(std::vector<const ObservedValue*>& values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
}

Found walk(const PatternPath& path, const ObservedValue& object, const ObservedIds& ids) {
  Found found{{&object}, {}};
  for (const PatternStep& step : path.steps) {
    std::vector<const ObservedValue*> next;
    for (const ObservedValue* value : found.values) {
      if (step.type == PatternStep::Type::key) {
        if (const ObservedValue* member = follow(value, found.key, ids)->member(step.key)) next.push_back(member);
      } else if (value->type == ObservedValue::Type::list) {
        if (step.type == PatternStep::Type::any)
          next.insert(next.end(), value->members.begin(), value->members.end());
        else if (step.index < value->members.size())
          next.push_back(value->members[step.index]);
      }
    }
    make_unique(next);
    found.values = std::move(next);
    if (step.type == PatternStep::Type::key) found.key = step.key;
  }
  return found;
}

bool is_subset(const Network& part, const Network& whole) {
  return part.v6 == whole.v6 && part.prefix >= whole.prefix && part.masked(whole.prefix) == whole.masked(whole.prefix);
}

bool network_test(const PatternComparison& test, const ObservedValue& value) {
  if (value.type != ObservedValue::Type::text) return false;
  const auto mine = parse_network(value.text), other = parse_network(test.values[0].text);
  if (!mine || !other) return false;
  return test.op == PatternOperator::subset ? is_subset(*mine, *other) : is_subset(*other, *mine);
}

bool order_test(PatternOperator op, int order) {
  switch (op) {
    case PatternOperator::less:
      return order < 0;
    case PatternOperator::less_equal:
      return order <= 0;
    case PatternOperator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace

ComparisonMatcher::ComparisonMatcher(const ComparisonTree& tree) : tree_(tree) { prepare(tree); }

void ComparisonMatcher::prepare(const ComparisonTree& tree) {
  for (const ComparisonTree& child : tree.children) prepare(child);
  if (tree.join != PatternJoin::leaf) return;
  const PatternComparison& test = tree.comparison;
  if (test.op != PatternOperator::like && test.op != PatternOperator::matches) return;
  const std::string normal = normal_form_c(test.values[0].text);
  Result<PatternRegex> regex =
      test.op == PatternOperator::like ? PatternRegex::compile_like(normal) : PatternRegex::compile(normal);
  if (regex) regexes_.emplace(&test, std::move(regex).value());
}

bool ComparisonMatcher::met_by(const Observation& observation) const {
  return std::ranges::any_of(observation.objects,
                             [&](const ObservedValue* object) { return holds(tree_, observation, *object); });
}

bool ComparisonMatcher::holds(const ComparisonTree& tree, const Observation& observation,
                              const ObservedValue& object) const {
  if (tree.join == PatternJoin::leaf) return holds(tree.comparison, observation, object);
  const auto child = [&](const ComparisonTree& part) { return holds(part, observation, object); };
  return tree.join == PatternJoin::all ? std::ranges::all_of(tree.children, child)
                                       : std::ranges::any_of(tree.children, child);
}

bool ComparisonMatcher::holds(const PatternComparison& test, const Observation& observation,
                              const ObservedValue& object) const {
  const ObservedValue* type = object.member("type");
  if (type == nullptr || type->text != test.path.type) return false;
  const Found found = walk(test.path, object, *observation.ids);
  if (test.op == PatternOperator::exists) return found.values.empty() == test.negated;
  return std::ranges::any_of(found.values, [&](const ObservedValue* value) { return passes(test, *value, found.key); });
}

// What cannot be compared is unequal and in no set; NOT turns that round, but gives no order where there is none.
bool ComparisonMatcher::passes(const PatternComparison& test, const ObservedValue& value, std::string_view key) const {
  const auto equals = [&](const PatternLiteral& literal) { return compare(value, key, literal) == 0; };
  bool result = false;
  switch (test.op) {
    case PatternOperator::equal:
      result = equals(test.values[0]);
      break;
    case PatternOperator::not_equal:
      result = !equals(test.values[0]);
      break;
    case PatternOperator::in:
      result = std::ranges::any_of(test.values, equals);
      break;
    case PatternOperator::like:
    case PatternOperator::matches: {
      const std::optional<std::string> text = comparable_text(value, key);
      const auto regex = regexes_.find(&test);
      if (!text || regex == regexes_.end()) break;
      const std::optional<bool> found = regex->second.found_in(*text);
      if (!found) {
        gave_up_ = true;
        return false;
      }
      result = *found;
      break;
    }
    case PatternOperator::subset:
    case PatternOperator::superset:
      result = network_test(test, value);
      break;
    case PatternOperator::exists:
      return true;
    default: {
      const std::optional<int> order = compare(value, key, test.values[0]);
      if (!order || value.type == ObservedValue::Type::boolean) return false;
      result = order_test(test.op, *order);
    }
  }
  return result != test.negated;
}

}  // namespace testudo
