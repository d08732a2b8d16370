// RowCondition: the `rows:` line of a behaviour rule, asked of a record without SQLite. Every record of the evidence
// passes these conditions, and one SQLite statement a record costs more than all matching. Floor 4.
// Semantics: SQLite "SQL Language Expressions" (sqlite.org/lang_expr.html): values that have no affinity, as the
// parameters of a statement; three-valued logic; LIKE folds ASCII letters alone; LIKE, GLOB and length() end at a NUL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/row.h"

namespace testudo {

// A pattern of LIKE or GLOB that holds ASCII and the sign for "anything" alone.
class TextPattern {
 public:
  enum class Dialect : std::uint8_t { like, glob };
  // Nothing for a pattern with other signs ('_', '?', '[') or characters.
  static std::optional<TextPattern> compile(std::string_view pattern, Dialect dialect);
  bool matches(std::string_view text) const;

 private:
  struct Part {
    std::string text;      // in lower case where case is folded
    std::size_t rare = 0;  // the octet of it that texts hold most seldom
  };
  bool equal_at(std::string_view text, std::size_t at, const Part& part) const;
  std::size_t find(std::string_view text, const Part& part) const;

  bool folds_ = false;
  bool whole_ = false;       // no sign at all: the first part is the whole text
  std::vector<Part> parts_;  // the first is the beginning, the last the end, either may be empty
};

class RowCondition {
 public:
  // `unsure`: a value is of a kind that SQLite must judge (real numbers and octets, numbers as text).
  enum class Answer : std::uint8_t { no, yes, null, unsure };

  // Nothing if the expression uses more than: columns of `type`, coalesce(column, literal), length(column), literals;
  // =, ==, <>, !=, <, <=, >, >=, IS [NOT], [NOT] IN, [NOT] BETWEEN, [NOT] LIKE, [NOT] GLOB; AND, OR, NOT, parentheses.
  static std::optional<RowCondition> compile(std::string_view expression, const RecordType& type);
  Answer of(const Row& row) const { return of(row, root_); }

 private:
  friend class RowConditionParser;
  enum class Op : std::uint8_t { all, any, no, is_null, is, equal, less, in, between, like };
  struct Literal {
    bool is_text = false;
    std::int64_t number = 0;
    std::string text;
  };
  struct Node {
    Op op = Op::all;
    bool negated = false;    // of predicates: IS NOT, NOT IN …
    bool or_equal = false;   // of `less`
    bool swapped = false;    // of `less`: greater
    bool is_length = false;  // length(column)
    std::size_t field = 0;
    std::optional<Literal> instead;  // coalesce(column, instead)
    std::vector<Literal> literals;
    std::optional<TextPattern> pattern;
    std::vector<std::size_t> children;
  };
  struct Operand {
    enum class Class : std::uint8_t { null, number, text, other } type = Class::null;
    std::int64_t number = 0;
    std::string_view text;
  };
  Answer of(const Row& row, std::size_t node) const;
  Answer of_list(const Row& row, const Node& node) const;
  static Answer predicate(const Node& node, const Operand& operand);
  static Operand operand(const Node& node, const Row& row);
  static int compare(const Operand& operand, const Literal& literal);

  std::vector<Node> nodes_;
  std::size_t root_ = 0;
};

}  // namespace testudo
