// What people type, as an FTS5 expression: everything is quoted, so nothing is syntax by accident.
#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

struct Term {
  std::string text;
  bool prefix = false;
  bool excluded = false;
};

/// Punctuation alone is no word for the tokenizer, and would match nothing.
bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
  });
}

/// The next term of `rest`: a word up to white space, or a phrase up to its closing quote.
Term take_term(std::string_view& rest) {
  Term term;
  if (rest.size() > 1 && rest.front() == '-') {
    term.excluded = true;
    rest.remove_prefix(1);
  }
  const bool quoted = rest.front() == '"';
  if (quoted) rest.remove_prefix(1);
  const auto end = std::min(rest.find_first_of(quoted ? "\"" : " \t\r\n"), rest.size());
  term.text = rest.substr(0, end);
  rest.remove_prefix(std::min(end + (quoted ? 1 : 0), rest.size()));
  if (quoted && rest.starts_with('*')) {
    term.prefix = true;
    rest.remove_prefix(1);
  } else if (!quoted && term.text.ends_with('*')) {
    term.prefix = true;
    term.text.pop_back();
  }
  std::erase(term.text, '"');
  std::erase(term.text, '\0');
  return term;
}

std::string in_quotes(const Term& term) {
  return '"' + term.text + '"' + (term.prefix ? " *" : "");
}

}  // namespace

std::optional<std::string> search_expression(std::string_view text) {
  std::vector<std::vector<std::string>> alternatives(1);
  std::vector<std::string> excluded;
  for (auto rest = trim(text); !rest.empty(); rest = trim(rest)) {
    const auto term = take_term(rest);
    if (term.text == "OR" && !term.excluded) {
      alternatives.emplace_back();
    } else if (has_word(term.text)) {
      (term.excluded ? excluded : alternatives.back()).push_back(in_quotes(term));
    }
  }
  std::erase_if(alternatives, [](const auto& terms) { return terms.empty(); });
  if (alternatives.empty()) return std::nullopt;
  std::vector<std::string> groups;
  for (const auto& terms : alternatives) groups.push_back("(" + join(terms, " AND ") + ")");
  auto expression = "(" + join(groups, " OR ") + ")";
  if (!excluded.empty()) expression += " NOT (" + join(excluded, " OR ") + ")";
  return expression;
}

}  // namespace nines::store
