// The language that says which rows count: `status < 500 and not path ^= "/health"`.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.hpp"

namespace nines::series {

/// Grammar, loosest first:
///   any   = all { "or" all }
///   all   = unary { "and" unary }
///   unary = "not" unary | "(" any ")" | "true" | "false" | COLUMN OP LITERAL
///   OP    = "<" "<=" ">" ">=" (numbers); "=" "!=" (numbers or text); "^=" (text begins with);
///           "=~" "!~" (RE2 matches anywhere, anchor with ^ and $)
/// COLUMN is letters, digits, `_`, `-`, `.` or anything in backquotes; LITERAL is a decimal number
/// or text in double quotes with \" and \\. A missing value makes every comparison false.
enum class Compare { lt, le, gt, ge, eq, ne, prefix, match, no_match };

std::string_view to_string(Compare op);

struct Comparison {
  std::string column;
  Compare op = Compare::eq;
  std::variant<Decimal, std::string> literal;

  bool numeric() const { return std::holds_alternative<Decimal>(literal); }
  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// A parse tree in one vector: children come before their parent, the root is last.
struct Predicate {
  enum class Kind { always, never, comparison, negation, conjunction, disjunction };
  struct Node {
    Kind kind = Kind::always;
    std::size_t left = 0;   ///< negation, conjunction, disjunction
    std::size_t right = 0;  ///< conjunction, disjunction
    Comparison comparison;  ///< comparison

    friend bool operator==(const Node&, const Node&) = default;
  };
  std::vector<Node> nodes;

  static Predicate always();
  static Predicate negation(const Predicate& inner);
  static Predicate conjunction(const Predicate& left, const Predicate& right);
  bool is_always() const { return nodes.size() == 1 && nodes[0].kind == Kind::always; }
  friend bool operator==(const Predicate&, const Predicate&) = default;
};

struct PredicateError {
  std::string message;
  std::string hint;
  int column = 1;  ///< 1-based code points into the text
};

struct ParsedPredicate {
  std::optional<Predicate> predicate;
  PredicateError error;  ///< meaningful only without a predicate
};

/// At most 1,000 nodes and 100 levels of nesting.
ParsedPredicate parse_predicate(std::string_view text);

/// One text for all spellings of the same tree: part of the series key. Parses to an equal tree.
std::string canonical(const Predicate& predicate);

}  // namespace nines::series
