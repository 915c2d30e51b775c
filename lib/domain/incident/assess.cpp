// Evaluates rules, and finds out which unknown facts matter.
#include "domain/incident/assess.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<Truth, 3> kTruths{{"no", "undecided", "yes"}};

Truth yes_if(bool holds) { return holds ? Truth::yes : Truth::no; }

/// Whether every value from low to high is at least `value` (or above it), or none is.
Truth reaches(const Known& fact, const Decimal& value, bool strictly) {
  const auto holds = [&](const Decimal& one) { return strictly ? one > value : one >= value; };
  if (fact.low && holds(*fact.low)) return Truth::yes;
  if (fact.high && !holds(*fact.high)) return Truth::no;
  return Truth::unknown;
}

Truth opposite(Truth truth) {
  return truth == Truth::yes ? Truth::no : truth == Truth::no ? Truth::yes : Truth::unknown;
}

std::vector<ConditionResult> judge_each(const std::vector<Condition>& conditions,
                                        const AssessFacts& facts) {
  std::vector<ConditionResult> results;
  for (const auto& condition : conditions) {
    const auto& input = facts.of(condition);
    results.push_back({condition, input, judge(condition, input)});
  }
  return results;
}

RuleResult judge_rule(const Rule& rule, const AssessFacts& facts) {
  RuleResult result{rule, Truth::yes, judge_each(rule.all, facts), judge_each(rule.any, facts)};
  for (const auto& one : result.all) result.truth = both(result.truth, one.truth);
  if (result.any.empty()) return result;
  auto some = Truth::no;
  for (const auto& one : result.any) some = either(some, one.truth);
  result.truth = both(result.truth, some);
  return result;
}

bool worse(const std::optional<Severity>& a, const std::optional<Severity>& b) {
  if (!a) return false;
  return !b || *a < *b;
}

void add_fired(Judgement& judgement, const Effect& effect) {
  if (worse(effect.severity, judgement.severity)) judgement.severity = effect.severity;
  if (effect.incident) judgement.incident = Truth::yes;
  if (effect.war_room) judgement.war_room = Truth::yes;
  for (const auto& role : effect.tell) judgement.tell[role] = Truth::yes;
}

/// What a rule that may still fire leaves open; whether it leaves anything open at all.
bool add_possible(Judgement& judgement, const Effect& effect) {
  bool matters = false;
  const auto leave_open = [&](Truth& truth) {
    if (truth == Truth::yes) return;
    truth = Truth::unknown;
    matters = true;
  };
  if (worse(effect.severity, judgement.severity)) {
    if (worse(effect.severity, judgement.could_be)) judgement.could_be = effect.severity;
    matters = true;
  }
  if (effect.incident) leave_open(judgement.incident);
  if (effect.war_room) leave_open(judgement.war_room);
  for (const auto& role : effect.tell) leave_open(judgement.tell[role]);
  return matters;
}

bool same_fact(const Condition& a, const Condition& b) {
  return a.subject == b.subject && (a.subject != Subject::burn_rate || a.window == b.window);
}

/// Counts each unknown fact of the rules that matter, and orders them.
class Deciders {
 public:
  void count(const RuleResult& rule) {
    std::vector<Condition> seen;
    for (const auto* group : {&rule.all, &rule.any})
      for (const auto& one : *group) {
        if (one.truth != Truth::unknown) continue;
        const auto again = std::any_of(seen.begin(), seen.end(), [&](const Condition& other) {
          return same_fact(other, one.condition);
        });
        if (!again) add(one.condition);
        seen.push_back(one.condition);
      }
  }
  std::vector<Condition> ordered() {
    std::stable_sort(counts_.begin(), counts_.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<Condition> facts;
    for (const auto& [condition, count] : counts_) facts.push_back(condition);
    return facts;
  }

 private:
  void add(const Condition& condition) {
    for (auto& [known, count] : counts_)
      if (same_fact(known, condition)) {
        ++count;
        return;
      }
    counts_.emplace_back(condition, 1);
  }
  std::vector<std::pair<Condition, int>> counts_;
};

}  // namespace

std::string_view to_string(Truth truth) { return kTruths.of(truth); }
Truth both(Truth a, Truth b) { return std::min(a, b); }
Truth either(Truth a, Truth b) { return std::max(a, b); }

std::string Known::text() const {
  if (exact()) return low->to_string();
  if (low && high) return low->to_string() + " to " + high->to_string();
  if (low) return "at least " + low->to_string();
  if (high) return "at most " + high->to_string();
  return "not known";
}

const Known& AssessFacts::of(const Condition& condition) const {
  static const Known kNothing{std::nullopt, std::nullopt, "not on record"};
  switch (condition.subject) {
    case Subject::burn_rate: {
      const auto found = burn_rates.find(condition.window);
      return found == burn_rates.end() ? kNothing : found->second;
    }
    case Subject::budget_spent:
      return budget_spent;
    case Subject::reach:
      return reach;
    case Subject::tier:
      return tier;
    case Subject::data_exposure:
      return data_exposure;
    case Subject::lost_revenue:
      break;
  }
  return lost_revenue;
}

Truth judge(const Condition& condition, const Known& fact) {
  switch (condition.comparator) {
    case Comparator::at_least:
      return reaches(fact, condition.value, false);
    case Comparator::above:
      return reaches(fact, condition.value, true);
    case Comparator::at_most:
      return opposite(reaches(fact, condition.value, true));
    case Comparator::below:
      return opposite(reaches(fact, condition.value, false));
    case Comparator::is:
      break;
  }
  if (fact.exact()) return yes_if(*fact.low == condition.value);
  const bool outside =
      (fact.low && *fact.low > condition.value) || (fact.high && *fact.high < condition.value);
  return outside ? Truth::no : Truth::unknown;
}

Judgement judge(const AssessPolicy& policy, const AssessFacts& facts) {
  Judgement judgement;
  for (const auto& rule : policy.rules) {
    judgement.rules.push_back(judge_rule(rule, facts));
    for (const auto& role : rule.effect.tell) judgement.tell.try_emplace(role, Truth::no);
  }
  for (const auto& result : judgement.rules)
    if (result.truth == Truth::yes) add_fired(judgement, result.rule.effect);
  Deciders deciders;
  for (const auto& result : judgement.rules)
    if (result.truth == Truth::unknown && add_possible(judgement, result.rule.effect))
      deciders.count(result);
  judgement.deciding = deciders.ordered();
  return judgement;
}

std::string summary(const Judgement& judgement) {
  std::vector<std::string> parts;
  auto severity =
      judgement.severity ? std::string(to_string(*judgement.severity)) : std::string("no severity");
  if (judgement.could_be) severity += " or up to " + std::string(to_string(*judgement.could_be));
  parts.push_back(std::move(severity));
  parts.push_back(judgement.incident == Truth::yes  ? "an incident"
                  : judgement.incident == Truth::no ? "no incident"
                                                    : "incident undecided");
  parts.push_back(judgement.war_room == Truth::yes  ? "war room"
                  : judgement.war_room == Truth::no ? "no war room"
                                                    : "war room undecided");
  std::vector<std::string> told, perhaps;
  for (const auto& [role, truth] : judgement.tell) {
    if (truth == Truth::yes) told.push_back(role);
    if (truth == Truth::unknown) perhaps.push_back(role);
  }
  parts.push_back(told.empty() ? "tell nobody" : "tell " + join(told, ", "));
  if (!perhaps.empty()) parts.back() += " (undecided: " + join(perhaps, ", ") + ")";
  return join(parts, ", ");
}

}  // namespace nines::incident
