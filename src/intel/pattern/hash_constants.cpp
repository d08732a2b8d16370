// Lengths of hashes by the algorithm that a path names.
#include "intel/pattern/hash_constants.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace testudo {
namespace {

struct Algorithm {
  std::string_view name;  // in lower case, without hyphens: feeds write SHA256 and SHA-256
  std::size_t digits;
};
constexpr std::array algorithms{Algorithm{"md5", 32},      Algorithm{"sha1", 40},      Algorithm{"sha224", 56},
                                Algorithm{"sha256", 64},   Algorithm{"sha384", 96},    Algorithm{"sha512", 128},
                                Algorithm{"sha3224", 56},  Algorithm{"sha3256", 64},   Algorithm{"sha3384", 96},
                                Algorithm{"sha3512", 128}, Algorithm{"ripemd160", 40}, Algorithm{"whirlpool", 128}};

// Of the algorithm that the path ends in; 0 where it names none.
std::size_t digits_of(const PatternPath& path) {
  if (path.steps.size() < 2 || path.steps[path.steps.size() - 2].key != "hashes") return 0;
  std::string name = lower_ascii(path.steps.back().key);
  std::erase(name, '-');
  const auto* const found = std::ranges::find(algorithms, std::string_view(name), &Algorithm::name);
  return found == algorithms.end() ? 0 : found->digits;
}

bool is_hash(const PatternLiteral& literal, std::size_t digits) {
  return literal.type == PatternLiteral::Type::string && literal.text.size() == digits && from_hex(literal.text);
}

Result<void> check(const ComparisonTree& tree) {
  for (const ComparisonTree& child : tree.children) TRY(check(child));
  if (tree.join != PatternJoin::leaf) return {};
  const PatternComparison& test = tree.comparison;
  const bool whole =
      test.op == PatternOperator::equal || test.op == PatternOperator::not_equal || test.op == PatternOperator::in;
  const std::size_t digits = whole ? digits_of(test.path) : 0;
  if (digits == 0) return {};
  for (const PatternLiteral& literal : test.values)
    if (!is_hash(literal, digits))
      return error(Fault::malformed, "no hash of this kind looks like this", literal.column);
  return {};
}

}  // namespace

Result<void> check_hash_constants(const ObservationTree& tree) {
  for (const ObservationTree& child : tree.children) TRY(check_hash_constants(child));
  return tree.join == PatternJoin::leaf ? check(tree.comparison) : Result<void>();
}

}  // namespace testudo
