// Each rule over each thing it is about, in three-valued logic.
#include "domain/remediate/gate.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/core.h>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<GateOutcome, 4> kGateOutcomes{
    {"allow", "needs-approval", "blocked", "undecided"}};
constexpr EnumNames<GateState, 5> kGateStates{
    {"passed", "fired", "unknown", "exempt", "overridden"}};

bool has(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// One thing that rules are held against.
struct Unit {
  const GateObjective* objective = nullptr;
  const GateService* service = nullptr;
  std::string name;     ///< of the service
  std::string problem;  ///< why there is no objective
  std::string about() const { return objective != nullptr ? objective->label() : name; }
};

/// Yes, no, or not to be told; with the words for it.
struct Answer {
  std::optional<bool> holds;
  std::string text;
};

/// Why figures of the objective do not count; empty when they do.
std::string doubt(const GateObjective& o, const BudgetPolicy& policy, Instant now) {
  if (!o.data_to) return o.problem.empty() ? "there is no data" : o.problem;
  const auto limit = policy.longest_data_age.value_or(o.data_limit);
  const auto age = now - *o.data_to;
  if (age > limit)
    return fmt::format("its data ends at {}, {} ago; the limit is {}", format_utc(*o.data_to),
                       format_duration(age), format_duration(limit));
  const auto fewest = policy.fewest_events > 0 ? policy.fewest_events : o.fewest;
  if (o.events < fewest)
    return fmt::format("{} counted, {} are needed", count_of(o.events, "event"), fewest);
  return {};
}

Answer measured(const std::optional<double>& value, const GateCondition& condition,
                std::string_view what, std::string_view unit, const std::string& problem) {
  if (!value) return {std::nullopt, fmt::format("{} is not known: {}", what, problem)};
  const double limit = condition.at_least.to_double();
  return {*value >= limit, fmt::format("{} {:.4g}{}, the limit is {}{}", what, *value, unit,
                                       condition.at_least.to_string(), unit)};
}

Answer of_objective_fact(const Unit& unit, const GateCondition& c, const BudgetPolicy& policy,
                         Instant now) {
  if (unit.objective == nullptr) return {std::nullopt, unit.problem};
  const auto& o = *unit.objective;
  if (const auto why = doubt(o, policy, now); !why.empty()) return {std::nullopt, why};
  if (c.fact == GateFact::budget_spent)
    return measured(o.spent, c, "budget spent", " %",
                    o.problem.empty() ? "nothing was counted" : o.problem);
  if (c.fact == GateFact::burn_rate) {
    const auto found = std::find_if(o.burns.begin(), o.burns.end(),
                                    [&](const auto& burn) { return burn.first == c.window; });
    return measured(found == o.burns.end() ? std::nullopt : std::optional(found->second), c,
                    "burn rate over " + format_duration(Micros{c.window}), "",
                    "nothing was counted in that time");
  }
  if (!o.unanswered) return {false, "no incident without an action spent any of the budget"};
  return measured(o.unanswered, c, o.unanswered_incident + ", without an action, spent", " %", "");
}

Answer of_service_fact(const Unit& unit, const GateCondition& c) {
  static const GateService kQuiet;
  const auto& service = unit.service != nullptr ? *unit.service : kQuiet;
  if (c.fact == GateFact::open_incident) {
    if (service.open.empty()) return {false, "no incident is open"};
    const bool known = service.worst != incident::Severity::undetermined;
    if ((!known || service.worst > c.severity) && !service.undetermined.empty())
      return {std::nullopt, service.undetermined + " is open and its severity undetermined"};
    return {known && service.worst <= c.severity,
            fmt::format("{} is open, {}", service.open.front(),
                        incident::to_string(service.worst))};
  }
  return {Decimal(static_cast<std::int64_t>(service.overdue.size()), 0) >= c.at_least,
          service.overdue.empty()
              ? std::string("no action is late")
              : fmt::format("late: {}", join(service.overdue, ", "))};
}

/// All conditions: no as soon as one is no, else unknown as soon as one is.
Answer holds_for(const Unit& unit, const GateRule& rule, const BudgetPolicy& policy, Instant now) {
  std::vector<std::string> yes, unknown;
  for (const auto& condition : rule.when) {
    auto answer = of_objective(condition.fact) ? of_objective_fact(unit, condition, policy, now)
                                               : of_service_fact(unit, condition);
    if (answer.holds == false) return answer;
    (answer.holds ? yes : unknown).push_back(std::move(answer.text));
  }
  if (!unknown.empty()) return {std::nullopt, join(unknown, "; ")};
  return {true, join(yes, "; ")};
}

/// Whoever made it is not who they would have to be; `notes` says why.
bool refused_override(const GateOverride& one, std::vector<std::string>& notes) {
  if (one.proof.counts()) return false;
  auto note = fmt::format("{} by {} does not count: {}", one.name, one.by, one.proof.why);
  if (!has(notes, note)) notes.push_back(std::move(note));
  return true;
}

/// The live override that lets it through; `notes` says of the others why they do not.
std::string overridden_by(const GateFacts& facts, const BudgetPolicy& policy, const GateRule& rule,
                          const std::string& service, Instant now,
                          std::vector<std::string>& notes) {
  for (const auto& one : facts.overrides) {
    if (one.policy != policy.name) continue;
    if (!one.rules.empty() && !has(one.rules, rule.name)) continue;
    if (!one.services.empty() && !has(one.services, service)) continue;
    if (!one.live(now)) continue;
    if (refused_override(one, notes)) continue;
    if (rule.approvers.empty() || is_named(rule.approvers, one.by, one.proof)) return one.name;
    auto note = fmt::format("{} by {} does not count for '{}': it takes one of {}", one.name,
                            one.by, rule.name, join(rule.approvers, ", "));
    if (!has(notes, note)) notes.push_back(std::move(note));
  }
  return {};
}

std::vector<Unit> units_of(const BudgetPolicy& policy, const GateFacts& facts,
                           const GateRequest& request) {
  const bool all = policy.services.empty() && policy.slos.empty();
  const auto service_of = [&](const std::string& name) -> const GateService* {
    const auto found = std::find_if(facts.services.begin(), facts.services.end(),
                                    [&](const GateService& one) { return one.name == name; });
    return found == facts.services.end() ? nullptr : &*found;
  };
  const auto asked = [&](const std::string& service) {
    return request.services.empty() || has(request.services, service);
  };
  std::vector<Unit> units;
  std::vector<std::string> seen;
  for (const auto& o : facts.objectives) {
    if (!asked(o.service)) continue;
    if (!all && !has(policy.services, o.service) && !has(policy.slos, o.slo)) continue;
    units.push_back({&o, service_of(o.service), o.service, {}});
    seen.push_back(o.service);
  }
  // A service that nothing measures still has incidents and actions, and an unknown budget.
  const auto& named = request.services.empty() ? policy.services : request.services;
  for (const auto& name : named) {
    if (has(seen, name)) continue;
    if (!all && !has(policy.services, name)) continue;
    units.push_back({nullptr, service_of(name), name, "no SLO measures '" + name + "'"});
  }
  return units;
}

/// Who lifted it for `services`: an override that names the freeze itself, not just the policy.
std::string lifted_by(const GateFacts& facts, const GateFreeze& freeze, const std::string& policy,
                      const std::vector<std::string>& services, Instant now,
                      std::vector<std::string>& notes) {
  for (const auto& one : facts.overrides) {
    if (one.policy != policy || !one.live(now) || !has(one.rules, freeze_rule(freeze.name)))
      continue;
    if (refused_override(one, notes)) continue;
    const bool covers =
        one.services.empty() ||
        (!services.empty() && std::all_of(services.begin(), services.end(), [&](const auto& name) {
          return has(one.services, name);
        }));
    if (covers) return one.name;
  }
  return {};
}

void add_freezes(GateVerdict& verdict, const std::string& policy, const GateFacts& facts,
                 const GateRequest& request, Instant now) {
  for (const auto& freeze : facts.freezes) {
    if (now < freeze.from || now >= freeze.to) continue;
    const bool touched =
        freeze.services.empty() || request.services.empty() ||
        std::any_of(request.services.begin(), request.services.end(),
                    [&](const std::string& name) { return has(freeze.services, name); });
    if (!touched) continue;
    GateReason reason{
        freeze_rule(freeze.name),
        freeze.services.empty() ? std::string("all services") : join(freeze.services, ", "),
        GateEffect::block,
        GateState::fired,
        fmt::format("frozen until {}", format_utc(freeze.to)),
        {},
        freeze.why};
    reason.override_by = lifted_by(facts, freeze, policy, request.services, now, verdict.notes);
    if (!request.type.empty() && has(freeze.exempt, request.type))
      reason.state = GateState::exempt;
    else if (!reason.override_by.empty())
      reason.state = GateState::overridden;
    verdict.reasons.push_back(std::move(reason));
  }
}

GateOutcome outcome_of(GateVerdict& verdict, WhenUnknown when) {
  const auto any = [&](GateState state, GateEffect effect) {
    return std::any_of(
        verdict.reasons.begin(), verdict.reasons.end(),
        [&](const GateReason& one) { return one.state == state && one.effect == effect; });
  };
  const bool unknown_block = any(GateState::unknown, GateEffect::block);
  const bool unknown_ask = any(GateState::unknown, GateEffect::approval);
  if (any(GateState::fired, GateEffect::block)) return GateOutcome::blocked;
  if (unknown_block && when != WhenUnknown::allow) {
    verdict.by_rule_of_unknown = when == WhenUnknown::block;
    return when == WhenUnknown::block ? GateOutcome::blocked : GateOutcome::undecided;
  }
  if (any(GateState::fired, GateEffect::approval)) return GateOutcome::approval;
  verdict.by_rule_of_unknown = (unknown_block || unknown_ask) && when != WhenUnknown::undecided;
  if (unknown_ask && when == WhenUnknown::block) return GateOutcome::approval;
  if (unknown_ask && when == WhenUnknown::undecided) return GateOutcome::undecided;
  return GateOutcome::allow;
}

}  // namespace

std::string_view to_string(GateOutcome outcome) { return kGateOutcomes.of(outcome); }
std::string_view to_string(GateState state) { return kGateStates.of(state); }

std::string freeze_rule(std::string_view name) { return "freeze " + std::string(name); }

std::string GateObjective::label() const {
  return objective.empty() ? slo : slo + " (" + objective + ")";
}

GateVerdict judge_gate(const BudgetPolicy& policy, const GateFacts& facts,
                       const GateRequest& request, Instant now) {
  GateVerdict verdict;
  add_freezes(verdict, policy.name, facts, request, now);
  const auto units = units_of(policy, facts, request);
  if (units.empty() && request.services.empty())
    verdict.reasons.push_back({"", policy.name, GateEffect::block, GateState::unknown,
                               "the policy is about nothing that is measured", {}, {}});
  else if (units.empty())
    verdict.notes.push_back("the policy '" + policy.name + "' is not about " +
                            join(request.services, ", "));
  for (const auto& rule : policy.rules) {
    std::vector<std::string> services;  // rules about services alone speak of each once
    const bool per_objective = std::any_of(rule.when.begin(), rule.when.end(),
                                           [](const auto& c) { return of_objective(c.fact); });
    for (const auto& unit : units) {
      if (!per_objective) {
        if (has(services, unit.name)) continue;
        services.push_back(unit.name);
      }
      const auto answer = holds_for(unit, rule, policy, now);
      GateReason reason{rule.name, per_objective ? unit.about() : unit.name,
                        rule.effect, GateState::passed,
                        answer.text, {},
                        rule.why};
      if (answer.holds != false) {
        reason.state = answer.holds ? GateState::fired : GateState::unknown;
        if (!request.type.empty() && has(rule.exempt, request.type)) {
          reason.state = GateState::exempt;
        } else {
          reason.override_by =
              overridden_by(facts, policy, rule, unit.name, now, verdict.notes);
          if (!reason.override_by.empty()) reason.state = GateState::overridden;
        }
      }
      verdict.reasons.push_back(std::move(reason));
    }
  }
  const auto place = [](const GateReason& one) {
    // fired, unknown, exempt, overridden, passed
    return one.state == GateState::passed ? 9 : static_cast<int>(one.state);
  };
  std::stable_sort(verdict.reasons.begin(), verdict.reasons.end(),
                   [&](const GateReason& a, const GateReason& b) {
                     return std::tuple(place(a), a.effect != GateEffect::block) <
                            std::tuple(place(b), b.effect != GateEffect::block);
                   });
  verdict.outcome = outcome_of(verdict, policy.when_unknown);
  return verdict;
}

}  // namespace nines::remediate
