// Noun phrases, from right to left: the head decides who acts, a preposition before it hands over.
#include "domain/postmortem/grammar.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::postmortem {
namespace {

/// Given names common in several countries; a name that is not here counts once the record knows
/// the person.
constexpr std::string_view kGivenNames =
    "aaron abdul adam ahmed aisha akira alan alejandro alex alexander ali alice amir amy ana "
    "anders "
    "andre andrea andrew anja anna anne antonio arjun ashley ayesha barbara ben bob brian carlos "
    "carol caroline charles chen chris christian christine claire daniel david deepak diana diego "
    "dmitri elena elizabeth emily emma eric eva fatima felix fernando frank gabriel george hannah "
    "hans hassan heidi helen henry hiroshi ian igor ines ivan jack jacob james jan jane javier "
    "jean "
    "jennifer jessica jim joe john jonas jose joseph juan julia karen karl kate katherine kenji "
    "kevin "
    "kumar lars laura lea lena leo lina linda lisa louis lucas luis luke maria marie mario mark "
    "martin "
    "mary matt matthew maya mei michael miguel mike mohamed mohammed monica nadia nancy natalia "
    "nick "
    "nicolas nina oliver olga omar pablo patricia patrick paul pedro peter philip pierre priya "
    "rachel "
    "rahul raj ravi rebecca ricardo richard robert roberto rosa sam samuel sandra sanjay sara "
    "sarah "
    "sean sergei sofia sonia stefan stephen steve steven sunil susan suresh svetlana thomas tim "
    "tom "
    "tony ursula vera victor vijay vladimir wei william yuki yusuf zhang zoe";

bool is_role(std::string_view word) {
  return is_one_of(word, {"engineer",
                          "engineers",
                          "developer",
                          "developers",
                          "dev",
                          "devs",
                          "operator",
                          "operators",
                          "admin",
                          "admins",
                          "administrator",
                          "administrators",
                          "sre",
                          "sres",
                          "responder",
                          "responders",
                          "on-call",
                          "oncall",
                          "on-caller",
                          "commander",
                          "technician",
                          "technicians",
                          "dba",
                          "dbas",
                          "author",
                          "authors",
                          "reviewer",
                          "reviewers",
                          "committer",
                          "maintainer",
                          "maintainers",
                          "contractor",
                          "contractors",
                          "consultant",
                          "intern",
                          "colleague",
                          "colleagues",
                          "employee",
                          "employees",
                          "person",
                          "people",
                          "individual",
                          "someone",
                          "somebody",
                          "nobody",
                          "analyst",
                          "architect",
                          "programmer",
                          "coder",
                          "tester",
                          "staff",
                          "newcomer",
                          "approver",
                          "supervisor",
                          "deployer",
                          "member",
                          "members",
                          "junior",
                          "he",
                          "she",
                          "i"});
}

bool is_team(std::string_view word) {
  return is_one_of(word, {"team", "teams", "everyone", "everybody", "anyone", "crew"});
}

bool is_preposition(std::string_view word) {
  return is_one_of(word,
                   {"of",     "for",   "by",      "to",      "with",  "from", "in",   "on",
                    "at",     "about", "against", "between", "under", "into", "near", "behind",
                    "during", "after", "before",  "through", "than",  "like", "via"});
}

bool is_determiner(std::string_view word) {
  return is_one_of(word, {"the",   "a",   "an",      "our",  "their", "this", "that",  "these",
                          "those", "one", "another", "each", "every", "any",  "no",    "some",
                          "both",  "his", "her",     "its",  "my",    "your", "which", "whose"});
}

/// May stand between the subject and its verb.
bool is_filler(std::string_view word) {
  return is_one_of(
      word, {"who",     "that",    "had",  "has",   "have",   "was",   "were",   "is",
             "are",     "also",    "then", "just",  "again",  "still", "even",   "never",
             "not",     "did",     "does", "do",    "simply", "both",  "all",    "themselves",
             "himself", "herself", "be",   "being", "will",   "would", "didn't", "doesn't"});
}

/// A manager of people, not of sessions.
bool manages_people(std::string_view word) {
  return is_one_of(word, {"release", "incident", "engineering", "product", "change", "project",
                          "on-call", "duty", "team", "delivery", "line", "it", "operations"});
}

}  // namespace

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Cast cast_of(const std::vector<std::string>& people, std::string_view text) {
  Cast cast;
  for (const auto name : split(kGivenNames, ' ')) cast.names.emplace(name);
  for (const auto& person : people)
    for (const auto part : split(person, ' '))
      if (part.size() > 1) cast.names.insert(to_lower_ascii(part));
  const auto lower = to_lower_ascii(text);
  for (const std::string_view sign : {"kubernetes", "reconcil", "crd", "helm chart"})
    cast.operators_are_software |= lower.find(sign) != std::string::npos;
  return cast;
}

std::string_view Clause::word(std::size_t i) const {
  if (i >= tokens_.size() || tokens_[i].kind != Token::Kind::word) return {};
  return tokens_[i].word;
}

bool Clause::is(std::size_t i, std::initializer_list<std::string_view> words) const {
  const auto at = word(i);
  return !at.empty() && is_one_of(at, words);
}

bool Clause::says(std::size_t i, std::string_view phrase) const {
  for (const auto part : split(phrase, ' '))
    if (word(i++) != part) return false;
  return true;
}

std::optional<std::size_t> Clause::find(std::string_view phrase, std::size_t from) const {
  for (auto i = from; i < size(); ++i)
    if (says(i, phrase)) return i;
  return std::nullopt;
}

bool Clause::is_mark(std::size_t i) const {
  return i < size() && tokens_[i].kind == Token::Kind::mark;
}

std::optional<Actor> Clause::actor(std::size_t i) const {
  const auto at = word(i);
  if (at.empty()) return std::nullopt;
  if (at == "we") return Actor::we;
  if (at == "operator" || at == "operators")
    return cast_.operators_are_software ? std::nullopt : std::optional(Actor::person);
  if (at == "manager" || at == "managers" || at == "lead")
    return i > 0 && manages_people(word(i - 1)) ? std::optional(Actor::person) : std::nullopt;
  if (is_role(at)) return Actor::person;
  if (is_team(at)) return Actor::team;
  if (at.size() > 2 && at.front() == '@') return Actor::person;
  if (tokens_[i].capital && cast_.names.contains(at)) return Actor::person;
  return std::nullopt;
}

bool Clause::is_possessive(std::size_t i) const {
  const auto at = word(i);
  if (is_one_of(at, {"his", "her", "my"})) return true;
  const bool one = at.ends_with("'s");
  if (!one && !at.ends_with("s'")) return false;
  const auto stem = at.substr(0, at.size() - (one ? 2 : 1));
  if (stem == "operator" && cast_.operators_are_software) return false;
  return is_role(stem) || is_team(stem) || (tokens_[i].capital && cast_.names.contains(stem));
}

bool Clause::is_adverb(std::size_t i) const {
  const auto at = word(i);
  return (at.size() > 4 && at.ends_with("ly")) || is_filler(at);
}

std::optional<Clause::Subject> Clause::subject_of(std::size_t i) const {
  std::size_t at = i;
  for (int phrases = 0; phrases < 3; ++phrases) {
    while (at > 0 && is_adverb(at - 1)) --at;
    if (at == 0 || word(at - 1).empty()) return std::nullopt;
    const auto head = at - 1;
    // Where the phrase begins: up to a determiner, a preposition, a mark, or four words.
    std::size_t from = head;
    while (from > 0 && head - from < 4 && !is_determiner(word(from)) && !word(from - 1).empty() &&
           !is_preposition(word(from - 1)) && !is_filler(word(from - 1)) &&
           !is_one_of(word(from - 1), {"and", "or", "but", "because", "when", "if", "while"}))
      --from;
    if (from > 0 && is_preposition(word(from - 1))) {
      const auto who = actor(head);
      // "on call" is no place.
      if (who && from - 1 == 0) return std::nullopt;
      at = from - 1;
      continue;
    }
    if (const auto who = actor(head)) return Subject{*who, head};
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Clause::Subject> Clause::actor_from(std::size_t i) const {
  for (auto at = i; at < i + 5 && at < size(); ++at) {
    if (word(at).empty()) return std::nullopt;
    const auto who = actor(at);
    if (!who) {
      if (at > i && (is_preposition(word(at)) || is_filler(word(at)))) return std::nullopt;
      continue;
    }
    // The head is the last noun: in "operator pattern" nobody acts.
    const auto next = word(at + 1);
    const bool ends = next.empty() || is_preposition(next) || is_filler(next) ||
                      is_one_of(next, {"and", "or", "when", "while", "because", "without",
                                       "running", "should", "could", "must", "made"});
    if (actor(at + 1)) continue;
    if (ends || next.ends_with("ed") || next.ends_with("ing")) return Subject{*who, at};
    if (tokens_[at].capital && i == at) return Subject{*who, at};
    return std::nullopt;
  }
  return std::nullopt;
}

bool Clause::is_participle(std::size_t i) const {
  const auto at = word(i);
  if (at.size() > 3 && at.ends_with("ed") && at != "need" && at != "speed") return true;
  return is_one_of(
      at, {"known",    "seen",       "done",    "made",   "told",  "taken", "run",    "read",
           "thought",  "caught",     "kept",    "left",   "held",  "built", "sent",   "put",
           "set",      "gone",       "been",    "had",    "felt",  "found", "spoken", "written",
           "begun",    "understood", "brought", "bought", "said",  "paid",  "cut",    "let",
           "given",    "chosen",     "drawn",   "broken", "woken", "rung",  "sought", "foreseen",
           "overseen", "withdrawn",  "stuck",   "shut",   "split", "dealt", "meant",  "spent",
           "rolled",   "got",        "gotten",  "shown"});
}

std::optional<std::size_t> Clause::within(std::size_t i, std::size_t reach,
                                          std::initializer_list<std::string_view> words) const {
  for (auto at = i; at < size() && at < i + reach; ++at) {
    if (is_mark(at)) return std::nullopt;
    if (is(at, words)) return at;
  }
  return std::nullopt;
}

bool Clause::is_denied(std::size_t i) const {
  for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
    const auto at = word(i - back);
    if (is_one_of(at, {"not", "no", "never", "without", "than", "beyond", "term", "label", "words",
                       "nor"}) ||
        at.ends_with("n't"))
      return true;
  }
  return false;
}

}  // namespace nines::postmortem
