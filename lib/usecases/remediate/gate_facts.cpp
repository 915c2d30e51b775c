// Reads each fact where it is kept; nothing is judged here.
#include "usecases/remediate/gate_facts.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/definitions.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/remediate/authenticated.hpp"
#include "usecases/slo/budget.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"
#include "yaml/budget_policy.hpp"
#include "yaml/change_freeze.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::BudgetPolicy;
using nines::remediate::ChangeFreeze;
using nines::remediate::GateFact;
using nines::remediate::GateFacts;
using nines::remediate::GateFreeze;
using nines::remediate::GateObjective;
using nines::remediate::GateService;

/// How far ahead of the present a snapshot knows the freezes.
constexpr std::chrono::days kFreezesAhead{35};

bool asks_for(const BudgetPolicies& policies, GateFact fact) {
  for (const auto& [name, policy] : policies)
    for (const auto& rule : policy.rules)
      for (const auto& condition : rule.when)
        if (condition.fact == fact) return true;
  return false;
}

GateObjective objective_of(const slo::Assessment& a, bool several) {
  GateObjective o;
  o.slo = a.slo;
  if (several) o.objective = a.title.empty() ? a.objective : a.title;
  o.service = a.service;
  o.events = a.counted.total;
  // Fewer units than that, and a single bad one overspends the budget. Of a weighted composite the
  // units are its members' own.
  const double allowed = a.target.complement().to_double();
  if (a.members.empty() && allowed > 0)
    o.fewest = static_cast<std::uint64_t>(std::ceil(1 / allowed - 1e-9));
  if (a.budget.share)
    o.spent = (1 - *a.budget.share) * 100;
  else if (a.budget.none)
    o.problem = "a target of 100 % has no budget";
  else
    o.problem = a.sli_reason.empty() ? "nothing was counted" : a.sli_reason;
  o.data_to = a.freshness.data_to;
  o.data_limit = a.freshness.limit;
  for (const auto& burn : a.burns)
    if (burn.rate) o.burns.emplace_back(burn.window, *burn.rate);
  return o;
}

/// The incident that spent most of the budget of those that no action answers.
void add_unanswered(const Session& session, GateObjective& o, const slo::Assessment& a,
                    bool several, const std::set<std::string>& answered) {
  BudgetQuery query;
  query.name = a.slo;
  query.plot_points = 2;
  if (several) query.objective = a.objective;
  const auto report = slo_budget(session, query);
  const auto& accounts = report.spending.ledger.accounts;
  for (std::size_t i = 0; i < accounts.size() && i < report.spending.by_account.size(); ++i) {
    if (accounts[i].cause != slo::CauseClass::incident || answered.contains(accounts[i].subject))
      continue;
    const double percent = report.spending.by_account[i] * 100;
    if (o.unanswered && *o.unanswered >= percent) continue;
    o.unanswered = percent;
    o.unanswered_incident = accounts[i].subject;
  }
}

void add_objectives(const Session& session, GateFacts& facts, const BudgetPolicies& policies,
                    const std::vector<std::string>& services) {
  std::set<std::string> answered;
  const bool wants_incidents = asks_for(policies, GateFact::unanswered_incident);
  if (wants_incidents)
    for (const auto& action : store::actions(session.store()))
      if (action.incident)
        if (const auto found = store::find_incident(session.store(), *action.incident))
          answered.insert(found->name);
  const auto status = slo_status(session, {});
  std::map<std::string, int> objectives;
  for (const auto& row : status.rows) ++objectives[row.assessment.slo];
  for (const auto& row : status.rows) {
    const auto& a = row.assessment;
    const bool asked = services.empty() ||
                       std::find(services.begin(), services.end(), a.service) != services.end();
    const bool several = objectives[a.slo] > 1;
    auto o = objective_of(a, several);
    if (wants_incidents && asked && o.spent) add_unanswered(session, o, a, several, answered);
    facts.objectives.push_back(std::move(o));
  }
}

void add_services(const Session& session, GateFacts& facts) {
  std::map<std::string, GateService> services;
  for (const auto& [name, service] : load_catalogue(session).services) services[name];
  for (const auto& o : facts.objectives) services[o.service];
  for (const auto& one : store::incidents(session.store(), {.open_only = true})) {
    // What is resolved hurts nobody any more, though it is not closed before it has been learned
    // from.
    if (one.mode != incident::Mode::standard || one.status >= incident::Status::resolved) continue;
    for (const auto& name : one.services) {
      auto& service = services[name];
      const bool known = one.severity != incident::Severity::undetermined;
      if (!known) service.undetermined = one.name;
      const bool worse = known && (service.worst == incident::Severity::undetermined ||
                                   one.severity < service.worst);
      if (worse) service.worst = one.severity;
      service.open.insert(worse ? service.open.begin() : service.open.end(), one.name);
    }
  }
  for (const auto& action : store::actions(session.store()))
    if (action.overdue(session.now()))
      for (const auto& name : action.services()) services[name].overdue.push_back(action.name);
  for (auto& [name, service] : services) {
    service.name = name;
    if (!name.empty()) facts.services.push_back(std::move(service));
  }
}

}  // namespace

BudgetPolicies applied_budget_policies(const Session& session, std::vector<Json>* documents) {
  BudgetPolicies policies;
  for (const auto& stored : store::definitions_of_kind(session.store(), "ErrorBudgetPolicy")) {
    auto policy = yaml::budget_policy_from(stored.document);
    if (!policy) continue;
    if (documents != nullptr) documents->push_back(stored.document);
    policies.emplace(stored.name, std::move(*policy));
  }
  return policies;
}

const BudgetPolicy& choose_budget_policy(const BudgetPolicies& all,
                                         const std::optional<std::string>& name) {
  const auto found = all.find(name ? std::string_view(*name) : std::string_view("default"));
  if (found != all.end()) return found->second;
  if (!name && all.size() == 1) return all.begin()->second;
  if (all.empty())
    throw Error(ExitCode::not_found, "no ErrorBudgetPolicy is applied",
                "write one (nines-slo(5), ErrorBudgetPolicy), then nines slo apply FILE --because "
                "TEXT",
                "NO_POLICY");
  Error error(ExitCode::not_found,
              name ? "no ErrorBudgetPolicy '" + *name + "' is applied"
                   : "several ErrorBudgetPolicies are applied, and none is 'default'",
              "--policy NAME chooses one of those below", name ? "NO_POLICY" : "SEVERAL_POLICIES");
  for (const auto& [known, policy] : all) error.note(known + "  " + policy.description);
  throw error;
}

std::vector<ChangeFreeze> applied_freezes(const Session& session) {
  std::vector<ChangeFreeze> freezes;
  for (const auto& stored : store::definitions_of_kind(session.store(), "ChangeFreeze"))
    if (auto freeze = yaml::change_freeze_from(stored.document))
      freezes.push_back(std::move(*freeze));
  return freezes;
}

std::vector<GateFreeze> placed_freezes(const std::vector<ChangeFreeze>& freezes,
                                       const catalog::InstantSpan& within) {
  std::vector<GateFreeze> placed;
  for (const auto& freeze : freezes) {
    const auto zone = Zone::find(freeze.zone);
    if (!zone)
      throw Error(
          ExitCode::bad_data,
          fmt::format("the freeze '{}' names the unknown time zone '{}'", freeze.name, freeze.zone),
          "mend the definition and apply it again", "UNKNOWN_ZONE");
    for (auto& span : nines::remediate::freeze_spans(freeze, *zone, within))
      placed.push_back(std::move(span));
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const GateFreeze& a, const GateFreeze& b) { return a.from < b.from; });
  return placed;
}

std::vector<std::string> known_services(const Session& session) {
  const auto catalogue = load_catalogue(session);
  std::set<std::string> names;
  for (const auto& [name, service] : catalogue.services) names.insert(name);
  for (const auto& slo : catalogue.slos)
    if (!slo.service.empty()) names.insert(slo.service);
  return {names.begin(), names.end()};
}

GateFacts gather_gate_facts(const Session& session, const BudgetPolicies& policies,
                            const std::vector<std::string>& services) {
  GateFacts facts;
  facts.at = session.now();
  add_objectives(session, facts, policies, services);
  add_services(session, facts);
  facts.overrides = authenticated_overrides(session);
  std::erase_if(facts.overrides, [&](const auto& one) { return one.until <= facts.at; });
  facts.freezes =
      placed_freezes(applied_freezes(session), {facts.at, facts.at + Micros{kFreezesAhead}});
  return facts;
}

}  // namespace nines::usecases
