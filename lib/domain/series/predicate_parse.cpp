// Reads the predicate language by recursive descent, with a place and a hint for each mistake.
#include <re2/re2.h>

#include <cctype>

#include <fmt/core.h>

#include "domain/series/predicate.hpp"

namespace nines::series {
namespace {

constexpr std::size_t kMaxNodes = 1000;
constexpr int kMaxDepth = 100;

bool name_start(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == '`' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool name_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ParsedPredicate run() {
    skip_space();
    if (at_ == text_.size())
      fail(at_, "the predicate is empty", "write \"true\" to count every row");
    if (!failed_) any(0);
    skip_space();
    if (!failed_ && at_ < text_.size()) {
      fail(at_, fmt::format("unexpected '{}'", glimpse()), "join comparisons by 'and' or 'or'");
    }
    if (failed_) return {std::nullopt, error_};
    return {std::move(tree_), {}};
  }

 private:
  using Node = Predicate::Node;
  using Kind = Predicate::Kind;

  std::size_t any(int depth) {
    std::size_t left = all(depth);
    while (!failed_ && keyword("or")) left = pair(Kind::disjunction, left, all(depth));
    return left;
  }

  std::size_t all(int depth) {
    std::size_t left = unary(depth);
    while (!failed_ && keyword("and")) left = pair(Kind::conjunction, left, unary(depth));
    return left;
  }

  std::size_t unary(int depth) {
    skip_space();
    if (failed_) return 0;
    if (depth > kMaxDepth) return fail(at_, "nested too deeply", "at most 100 levels");
    if (keyword("not")) {
      Node node;
      node.kind = Kind::negation;
      node.left = unary(depth + 1);
      return push(std::move(node));
    }
    if (at_ < text_.size() && text_[at_] == '(') return parenthesis(depth);
    if (keyword("true")) return push(Node{});
    if (keyword("false")) {
      Node node;
      node.kind = Kind::never;
      return push(std::move(node));
    }
    return comparison();
  }

  std::size_t parenthesis(int depth) {
    const std::size_t open = at_++;
    const std::size_t inner = any(depth + 1);
    skip_space();
    if (failed_) return 0;
    if (at_ == text_.size() || text_[at_] != ')') {
      return fail(open, "this parenthesis is never closed", "add ')'");
    }
    ++at_;
    return inner;
  }

  std::size_t comparison() {
    Node node;
    node.kind = Kind::comparison;
    if (!column(node.comparison.column)) return 0;
    skip_space();
    if (!read_operator(node.comparison)) return 0;
    skip_space();
    const std::size_t literal_at = at_;
    if (!literal(node.comparison)) return 0;
    check_types(node.comparison, literal_at);
    return failed_ ? 0 : push(std::move(node));
  }

  bool column(std::string& name) {
    if (at_ == text_.size()) {
      fail(at_, "the predicate ends where a column name is expected", "for example: status < 500");
      return false;
    }
    if (!name_start(text_[at_])) {
      fail(at_, fmt::format("expected a column name, not '{}'", glimpse()),
           "the column stands left, for example: status < 500");
      return false;
    }
    if (text_[at_] == '`') {
      const std::size_t close = text_.find('`', at_ + 1);
      if (close == std::string_view::npos || close == at_ + 1) {
        fail(at_, "this backquoted name is empty or never closed", "close it by '`'");
        return false;
      }
      name = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
      return true;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && name_char(text_[at_])) ++at_;
    name = text_.substr(begin, at_ - begin);
    return true;
  }

  bool read_operator(Comparison& c) {
    static constexpr struct {
      std::string_view text;
      Compare op;
    } kOperators[] = {{"<=", Compare::le},       {">=", Compare::ge},     {"==", Compare::eq},
                      {"!=", Compare::ne},       {"^=", Compare::prefix}, {"=~", Compare::match},
                      {"!~", Compare::no_match}, {"<", Compare::lt},      {">", Compare::gt},
                      {"=", Compare::eq}};
    const std::string_view rest = text_.substr(at_);
    for (const auto& row : kOperators) {
      if (rest.substr(0, row.text.size()) != row.text) continue;
      c.op = row.op;
      at_ += row.text.size();
      return true;
    }
    fail(at_,
         rest.empty() ? fmt::format("column '{}' is compared with nothing", c.column)
                      : fmt::format("expected a comparison, not '{}'", glimpse()),
         "one of < <= > >= = != ^= =~ !~");
    return false;
  }

  bool literal(Comparison& c) {
    if (at_ < text_.size() && text_[at_] == '"') return quoted(c);
    const std::size_t begin = at_;
    while (at_ < text_.size() && (name_char(text_[at_]) || text_[at_] == '+')) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (const auto number = Decimal::parse(word)) {
      c.literal = *number;
      return true;
    }
    at_ = begin;
    if (word.empty() && at_ == text_.size()) {
      fail(at_, "the predicate ends where a value is expected",
           "a number, or text in double quotes");
    } else {
      fail(at_,
           fmt::format("'{}' is neither a number nor quoted text", word.empty() ? glimpse() : word),
           "put text in double quotes");
    }
    return false;
  }

  bool quoted(Comparison& c) {
    const std::size_t open = at_++;
    std::string value;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
          (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) {
        ++at_;
      }
      value += text_[at_];
    }
    if (at_ == text_.size()) {
      fail(open, "this quote is never closed", "add '\"'");
      return false;
    }
    ++at_;
    c.literal = std::move(value);
    return true;
  }

  void check_types(const Comparison& c, std::size_t literal_at) {
    const bool ordering = c.op <= Compare::ge;
    if (ordering && !c.numeric()) {
      fail(literal_at, fmt::format("'{}' compares numbers, not text", to_string(c.op)),
           "write the number without quotes");
    } else if (c.op >= Compare::prefix && c.numeric()) {
      fail(literal_at, fmt::format("'{}' works on text, not on a number", to_string(c.op)),
           "put it in double quotes");
    } else if (c.op >= Compare::match) {
      const RE2 expression(std::get<std::string>(c.literal), RE2::Quiet);
      if (!expression.ok()) {
        fail(literal_at, fmt::format("bad regular expression: {}", expression.error()),
             "RE2 syntax: no look-around, no back references");
      }
    }
  }

  std::size_t pair(Kind kind, std::size_t left, std::size_t right) {
    Node node;
    node.kind = kind;
    node.left = left;
    node.right = right;
    return failed_ ? 0 : push(std::move(node));
  }

  std::size_t push(Node node) {
    if (failed_) return 0;
    if (tree_.nodes.size() >= kMaxNodes)
      return fail(at_, "the predicate is too long", "at most 1,000 parts");
    tree_.nodes.push_back(std::move(node));
    return tree_.nodes.size() - 1;
  }

  /// Consumes a whole word in any case.
  bool keyword(std::string_view word) {
    skip_space();
    if (text_.size() - at_ < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (std::tolower(static_cast<unsigned char>(text_[at_ + i])) != word[i]) return false;
    }
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && name_char(text_[end])) return false;
    at_ = end;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  std::string_view glimpse() const { return text_.substr(at_, 12); }

  std::size_t fail(std::size_t at, std::string message, std::string hint) {
    if (failed_) return 0;
    failed_ = true;
    error_ = {std::move(message), std::move(hint), 1};
    for (std::size_t i = 0; i < at; ++i) {
      error_.column += (static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80;
    }
    return 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Predicate tree_;
  PredicateError error_;
  bool failed_ = false;
};

}  // namespace

ParsedPredicate parse_predicate(std::string_view text) { return Parser(text).run(); }

}  // namespace nines::series
