// A small reader of the PromQL that SLIs are written in; anything else is refused, not guessed.
#include "domain/slo/engine_query.hpp"

#include <array>

namespace nines::slo {
namespace {

constexpr std::size_t kMostTerms = 16;
constexpr int kDeepest = 32;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':';
}

/// The place behind a quoted text that begins at `at`; npos when it does not end.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' && quote != '`' ? 2 : 1;
  return at < text.size() ? at + 1 : std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  CounterQuery read() {
    sum(false, 0);
    if (problem_.empty() && at_ < text_.size())
      refuse("'" + std::string(text_.substr(at_, 20)) + "' is not understood there");
    if (!problem_.empty()) return {{}, std::move(problem_)};
    return {std::move(terms_), {}};
  }

 private:
  void refuse(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
  }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view peek_word() {
    blanks();
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }
  bool take_word(std::string_view word) {
    if (peek_word() != word) return false;
    at_ += word.size();
    blanks();
    return true;
  }
  void need(char c) {
    if (!take(c)) refuse(std::string("'") + c + "' is missing");
  }

  void sum(bool minus, int depth) {
    if (depth > kDeepest) return refuse("it is nested too deeply");
    part(minus, depth);
    while (problem_.empty()) {
      if (take('+'))
        part(minus, depth);
      else if (take('-'))
        part(!minus, depth);
      else
        break;
    }
    if (problem_.empty() && take_word("or")) fallback();
    blanks();
  }

  /// `or vector(0)`: nothing counted is zero, which is how counters are added up here anyway.
  void fallback() {
    if (!take_word("vector") || !take('(') || !take_word("0") || !take(')'))
      refuse("'or' is understood before vector(0) only");
  }

  void part(bool minus, int depth) {
    if (!problem_.empty()) return;
    if (take('(')) {
      sum(minus, depth + 1);
      return need(')');
    }
    const auto word = peek_word();
    if (word == "sum" && (is_call(word) || is_grouped(word))) {
      at_ += word.size();
      grouping();
      need('(');
      sum(minus, depth + 1);
      need(')');
      return grouping();
    }
    if ((word == "rate" || word == "increase" || word == "irate") && is_call(word)) {
      at_ += word.size();
      need('(');
      selector(minus);
      range();
      return need(')');
    }
    if (is_call(word)) return refuse("'" + std::string(word) + "(...)' does not add counters up");
    selector(minus);
  }

  bool is_call(std::string_view word) const {
    std::size_t at = at_ + word.size();
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return !word.empty() && at < text_.size() && text_[at] == '(';
  }

  bool is_grouped(std::string_view word) {
    const auto here = at_;
    at_ += word.size();
    const auto next = peek_word();
    at_ = here;
    return next == "by" || next == "without";
  }

  void grouping() {
    const auto word = peek_word();
    if (word != "by" && word != "without") return;
    at_ += word.size();
    need('(');
    while (problem_.empty() && at_ < text_.size() && text_[at_] != ')') ++at_;
    need(')');
  }

  void range() {
    need('[');
    while (problem_.empty() && at_ < text_.size() && text_[at_] != ']') {
      if (text_[at_] == ':') refuse("a subquery does not add counters up");
      ++at_;
    }
    need(']');
  }

  void selector(bool minus) {
    const auto name = peek_word();
    std::string found(name);
    at_ += name.size();
    if (name.find(':') != std::string_view::npos)
      return refuse("'" + std::string(name) +
                    "' is recorded by a rule: ask the counters it was made from");
    if (!name.empty() && name[0] >= '0' && name[0] <= '9')
      return refuse("'" + found + "' is a number, no counter");
    if (take('{')) {
      const auto begin = at_ - 1;
      while (at_ < text_.size() && text_[at_] != '}') {
        const char c = text_[at_];
        at_ = c == '"' || c == '\'' || c == '`' ? skip_quoted(text_, at_) : at_ + 1;
        if (at_ == std::string_view::npos) {
          at_ = text_.size();
          return refuse("a quoted text does not end");
        }
      }
      need('}');
      found += text_.substr(begin, at_ - begin);
    }
    if (found.empty()) return refuse("a counter is missing");
    for (const std::string_view other : {"offset", "and", "unless", "bool"})
      if (peek_word() == other)
        return refuse("'" + std::string(other) + "' does not add counters up");
    if (terms_.size() >= kMostTerms) return refuse("it adds too many counters up");
    terms_.push_back({minus, std::move(found)});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<CounterTerm> terms_;
  std::string problem_;
};

}  // namespace

std::optional<Engine> engine_of(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kPrometheus{"prometheus", "thanos", "mimir",
                                                               "cortex", "victoriametrics"};
  std::string lower(type);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const auto name : kPrometheus)
    if (lower == name) return Engine::prometheus;
  if (lower == "clickhouse") return Engine::clickhouse;
  return std::nullopt;
}

std::string one_line(std::string_view query) {
  std::string out;
  for (std::size_t at = 0; at < query.size();) {
    const char c = query[at];
    if (c == '"' || c == '\'' || c == '`') {
      const auto end = std::min(query.size(), skip_quoted(query, at));
      out += query.substr(at, end - at);
      at = end;
    } else if (c == '#') {
      while (at < query.size() && query[at] != '\n') ++at;
    } else if (is_blank(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      ++at;
    } else {
      out += c;
      ++at;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

CounterQuery counters_of(std::string_view promql) {
  const std::string query = one_line(promql);
  if (query.empty()) return {{}, "there is no query"};
  return Reader(query).read();
}

std::string with_window(std::string_view promql, std::string_view duration) {
  std::string out;
  for (std::size_t at = 0; at < promql.size();) {
    const auto open = promql.find("{{", at);
    const auto close = open == std::string_view::npos ? open : promql.find("}}", open);
    if (close == std::string_view::npos) {
      out += promql.substr(at);
      break;
    }
    out += promql.substr(at, open - at);
    out += duration;
    at = close + 2;
  }
  return out;
}

}  // namespace nines::slo
