// Builds predicates and writes them in their one canonical spelling.
#include "domain/series/predicate.hpp"

#include <algorithm>
#include <cctype>

namespace nines::series {
namespace {

using TokenKind = Predicate::Kind;

/// Appends `other` to `into` and returns the index of its root there.
std::size_t graft(Predicate& into, const Predicate& other) {
  const std::size_t base = into.nodes.size();
  for (Predicate::Node node : other.nodes) {
    node.left += node.kind == TokenKind::negation || node.kind == TokenKind::conjunction ||
                         node.kind == TokenKind::disjunction
                     ? base
                     : 0;
    node.right +=
        node.kind == TokenKind::conjunction || node.kind == TokenKind::disjunction ? base : 0;
    into.nodes.push_back(std::move(node));
  }
  return into.nodes.size() - 1;
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || name == "and" || name == "or" || name == "not" || name == "true" ||
      name == "false") {
    return false;
  }
  if (std::isdigit(static_cast<unsigned char>(name[0])) || name[0] == '-' || name[0] == '.') {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
  });
}

void write_literal(std::string& out, const Comparison& c) {
  if (const auto* number = std::get_if<Decimal>(&c.literal)) {
    out += number->to_string();
    return;
  }
  out += '"';
  for (const char ch : std::get<std::string>(c.literal)) {
    if (ch == '"' || ch == '\\') out += '\\';
    out += ch;
  }
  out += '"';
}

void write(std::string& out, const Predicate& p, std::size_t index, int parent_level);

/// Binding strength: 0 or, 1 and, 2 not and leaves.
void write_pair(std::string& out, const Predicate& p, const Predicate::Node& node, int level,
                int parent_level, std::string_view word) {
  const bool parenthesise = level < parent_level;
  if (parenthesise) out += '(';
  write(out, p, node.left, level);
  out += word;
  write(out, p, node.right, level + 1);  // the parser leans left: keep the tree on reading back
  if (parenthesise) out += ')';
}

void write(std::string& out, const Predicate& p, std::size_t index, int parent_level) {
  const Predicate::Node& node = p.nodes[index];
  switch (node.kind) {
    case TokenKind::always:
      out += "true";
      return;
    case TokenKind::never:
      out += "false";
      return;
    case TokenKind::negation:
      out += "not ";
      write(out, p, node.left, 2);
      return;
    case TokenKind::conjunction:
      write_pair(out, p, node, 1, parent_level, " and ");
      return;
    case TokenKind::disjunction:
      write_pair(out, p, node, 0, parent_level, " or ");
      return;
    case TokenKind::comparison:
      break;
  }
  const Comparison& c = node.comparison;
  out += is_plain_name(c.column) ? c.column : '`' + c.column + '`';
  out += ' ';
  out += to_string(c.op);
  out += ' ';
  write_literal(out, c);
}

}  // namespace

std::string_view to_string(Compare op) {
  switch (op) {
    case Compare::lt:
      return "<";
    case Compare::le:
      return "<=";
    case Compare::gt:
      return ">";
    case Compare::ge:
      return ">=";
    case Compare::eq:
      return "=";
    case Compare::ne:
      return "!=";
    case Compare::prefix:
      return "^=";
    case Compare::match:
      return "=~";
    case Compare::no_match:
      return "!~";
  }
  return "?";
}

Predicate Predicate::always() {
  Predicate p;
  p.nodes.emplace_back();
  return p;
}

Predicate Predicate::negation(const Predicate& inner) {
  Predicate p;
  Node node;
  node.kind = TokenKind::negation;
  node.left = graft(p, inner);
  p.nodes.push_back(std::move(node));
  return p;
}

Predicate Predicate::conjunction(const Predicate& left, const Predicate& right) {
  if (left.is_always()) return right;
  if (right.is_always()) return left;
  Predicate p;
  Node node;
  node.kind = TokenKind::conjunction;
  node.left = graft(p, left);
  node.right = graft(p, right);
  p.nodes.push_back(std::move(node));
  return p;
}

std::string canonical(const Predicate& predicate) {
  std::string out;
  if (!predicate.nodes.empty()) write(out, predicate, predicate.nodes.size() - 1, 0);
  return out;
}

}  // namespace nines::series
