// Terms out of the tree of a pattern, in the order in which they stand there.
#include "intel/stix_pattern.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "intel/network.h"
#include "intel/pattern/pattern_tree.h"
#include "intel/stix_paths.h"

namespace testudo {
namespace {

// Terms are collected as they come; whatever makes a part more than a choice of values takes its terms back.
class TermCollector {
 public:
  void observation(const ObservationTree& tree) {
    const std::size_t first = out.terms.size();
    if (tree.join == PatternJoin::leaf) comparison(tree.comparison);
    join(tree, first, [&](const ObservationTree& child) { observation(child); });
    for (const PatternQualifier& qualifier : tree.qualifiers) {
      constexpr std::string_view names[] = {"within", "repeats", "start_stop"};
      leave_out(names[static_cast<std::size_t>(qualifier.type)], first);
    }
  }
  StixPattern out;

 private:
  void leave_out(std::string_view reason, std::size_t first_term) {
    out.terms.resize(first_term);
    if (std::ranges::find(out.left_out, reason) == out.left_out.end()) out.left_out.push_back(reason);
  }

  // Several operands joined by anything but OR are more than one value.
  template <typename Tree, typename Each>
  void join(const Tree& tree, std::size_t first, Each each) {
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
      each(tree.children[i]);
      if (i > 0 && tree.join != PatternJoin::any)
        leave_out(tree.join == PatternJoin::all ? "and" : "followedby", first);
    }
  }

  void comparison(const ComparisonTree& tree) {
    const std::size_t first = out.terms.size();
    if (tree.join == PatternJoin::leaf) return test(tree.comparison, first);
    if (const std::optional<std::string> file = file_in_folder(tree))
      return void(out.terms.push_back({"file:path", *file}));
    if (const std::optional<PatternTerm> address = typed_reference(tree)) return out.terms.push_back(*address);
    join(tree, first, [&](const ComparisonTree& child) { comparison(child); });
    for (PatternTerm& digest : digests_of_one_file(tree)) out.terms.push_back(std::move(digest));
  }

  // `file:name = 'a' AND file:hashes.'SHA-256' = '…'`, as MISP writes a sample: the digest alone tells the file. The
  // pattern stays among what is left out, so that its other half is handed on.
  std::vector<PatternTerm> digests_of_one_file(const ComparisonTree& tree) {
    std::vector<PatternTerm> digests;
    if (tree.join != PatternJoin::all) return digests;
    for (const ComparisonTree& child : tree.children) {
      const PatternComparison& test = child.comparison;
      if (child.join != PatternJoin::leaf || test.op != PatternOperator::equal || test.negated) return {};
      const std::string where = path(test.path);
      const bool digest = where.starts_with("file:hashes.");
      if (!digest && where != "file:name" && where != "file:size" && where != "file:mime_type") return {};
      if (digest && kind_of_stix_path(where)) digests.push_back({where, test.values[0].text});
    }
    return digests;
  }

  // `network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '…'`, as MISP writes an address:
  // the first half only says what the second is.
  std::optional<PatternTerm> typed_reference(const ComparisonTree& tree) {
    constexpr std::string_view type_end = "_ref.type", value_end = "_ref.value";
    if (tree.join != PatternJoin::all || tree.children.size() != 2) return std::nullopt;
    std::string typed, valued, type, value;
    for (const ComparisonTree& child : tree.children) {
      const PatternComparison& test = child.comparison;
      if (child.join != PatternJoin::leaf || test.op != PatternOperator::equal || test.negated) return std::nullopt;
      const std::string where = path(test.path);
      if (where.ends_with(type_end))
        typed = where.substr(0, where.size() - type_end.size()), type = test.values[0].text;
      if (where.ends_with(value_end))
        valued = where.substr(0, where.size() - value_end.size()), value = test.values[0].text;
    }
    const bool known = type == "ipv4-addr" || type == "ipv6-addr" || type == "domain-name";
    if (typed.empty() || typed != valued || !known) return std::nullopt;
    return PatternTerm{type + ":value", value};
  }

  // What a reference leads to may be a name or an address.
  static std::string path_of_referred(std::string where, std::string_view value) {
    if (where != "network-traffic:dst_ref.value" && where != "network-traffic:src_ref.value" &&
        where != "domain-name:resolves_to_refs[*].value")
      return where;
    const std::optional<Network> address = parse_network(value);
    return !address ? where : address->v6 ? "ipv6-addr:value" : "ipv4-addr:value";
  }

  // `file:parent_directory_ref.path = '/a' AND file:name = 'b'` is how the specification spells the path "/a/b".
  std::optional<std::string> file_in_folder(const ComparisonTree& tree) {
    if (tree.join != PatternJoin::all || tree.children.size() != 2) return std::nullopt;
    std::string_view folder, name;
    for (const ComparisonTree& child : tree.children) {
      const PatternComparison& test = child.comparison;
      if (child.join != PatternJoin::leaf || test.op != PatternOperator::equal || test.negated) return std::nullopt;
      const std::string where = path(test.path);
      if (where == "file:parent_directory_ref.path") folder = test.values[0].text;
      if (where == "file:name") name = test.values[0].text;
    }
    if (folder.empty() || name.empty() || name.find_first_of("/\\") != std::string_view::npos) return std::nullopt;
    const std::string_view separator = folder.find('/') == std::string_view::npos ? "\\" : "/";
    return std::string(folder) + std::string(folder.ends_with(separator) ? "" : separator) + std::string(name);
  }

  void test(const PatternComparison& test, std::size_t first) {
    const std::string where = path(test.path);
    if (test.op == PatternOperator::exists) return leave_out(test.negated ? "not" : "exists", first);
    if (const std::string_view reason = reason_against(test, where); !reason.empty())
      leave_out(reason, first);
    else
      for (const PatternLiteral& value : test.values)
        out.terms.push_back({path_of_referred(where, value.text), value.text});
    if (test.negated) leave_out("not", first);
  }

  // Why the comparison is not a choice of values; empty if it is. Without a wildcard LIKE is '='. An address that lies
  // in a network is what an indicator of that network means; elsewhere it cannot be evaluated.
  static std::string_view reason_against(const PatternComparison& test, std::string_view where) {
    switch (test.op) {
      case PatternOperator::equal:
        return "";
      case PatternOperator::not_equal:
        return "not";
      case PatternOperator::in:
        return test.values.empty() ? "empty_set" : "";
      case PatternOperator::like:
        return test.values[0].text.find_first_of("%_") == std::string::npos ? "" : "like";
      case PatternOperator::matches:
        return "matches";
      case PatternOperator::subset:
        return where == "ipv4-addr:value" || where == "ipv6-addr:value" ? "" : "subset";
      case PatternOperator::superset:
        return "superset";
      default:
        return "order";
    }
  }

  std::string path(const PatternPath& path) {
    std::string where = lower_ascii(path.type) + ":";
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      const PatternStep& step = path.steps[i];
      if (step.type != PatternStep::Type::key) {
        where += "[*]";
        continue;
      }
      if (i > 0) where += ".";
      where += lower_ascii(step.key);
      if (!step.quoted && where.find("hashes.") != std::string::npos)
        out.quoted_key_missing |= step.key != "MD5" && step.key != "SSDEEP" && step.key != "TLSH";
    }
    return where;
  }
};

// "[domain-name:value = 'evil.test']", as nearly all patterns are, by hand: a tree costs ten times as much. What is
// spelled otherwise in the least is nothing here.
constexpr std::array<std::string_view, 13> plain_paths = {
    "domain-name:value", "url:value",        "ipv4-addr:value",   "ipv6-addr:value", "email-addr:value",
    "file:name",         "file:path",        "process:name",      "app:id",          "configuration-profile:id",
    "file:hashes.md5",   "file:hashes.sha1", "file:hashes.sha256"};
constexpr std::size_t first_hash = 10;

struct PlainPattern {
  std::size_t path = 0;  // in plain_paths
  std::string_view value;
};

std::optional<PlainPattern> plain_pattern(std::string_view pattern) {
  constexpr std::size_t longest = 4096;
  if (pattern.size() > longest || !pattern.starts_with('[')) return std::nullopt;
  const auto skip_blanks = [&] { pattern.remove_prefix(std::min(pattern.find_first_not_of(' '), pattern.size())); };
  pattern.remove_prefix(1);
  const auto* const path =
      std::ranges::find_if(plain_paths, [&](std::string_view known) { return pattern.starts_with(known); });
  if (path == plain_paths.end()) return std::nullopt;
  pattern.remove_prefix(path->size());
  skip_blanks();
  if (!pattern.starts_with('=')) return std::nullopt;
  pattern.remove_prefix(1);
  skip_blanks();
  if (!pattern.starts_with('\'')) return std::nullopt;
  pattern.remove_prefix(1);
  std::size_t end = 0;
  while (end < pattern.size() && pattern[end] >= ' ' && pattern[end] <= '~' && pattern[end] != '\'' &&
         pattern[end] != '\\')
    ++end;
  const std::string_view value = pattern.substr(0, end);
  pattern.remove_prefix(end);
  if (value.empty() || pattern != "']") return std::nullopt;
  return PlainPattern{static_cast<std::size_t>(path - plain_paths.begin()), value};
}

}  // namespace

Result<StixPattern> parse_stix_pattern(std::string_view pattern) {
  if (const std::optional<PlainPattern> plain = plain_pattern(pattern)) {
    StixPattern read;
    read.terms.push_back({std::string(plain_paths[plain->path]), std::string(plain->value)});
    read.quoted_key_missing = plain->path >= first_hash;
    return read;
  }
  const ObservationTree tree = TRY(parse_pattern(pattern, PatternStrictness::lenient));
  TermCollector collector;
  collector.observation(tree);
  return std::move(collector.out);
}

Result<void> check_stix_pattern(std::string_view pattern) {
  if (plain_pattern(pattern)) return {};
  TRY(parse_pattern(pattern, PatternStrictness::strict));
  return {};
}

}  // namespace testudo
