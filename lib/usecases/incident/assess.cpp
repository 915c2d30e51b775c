// Collects the facts of an assessment with their sources.
#include "usecases/incident/assess.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/assess_facts.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using incident::Known;

const char* const kGiven = "given";

/// The SLOs asked about: the one named, or those of the incident's services.
std::vector<std::string> slos_asked(const Catalogue& catalogue, const AssessRequest& request,
                                    const std::optional<incident::Incident>& incident) {
  if (request.slo) return {require_slo(catalogue, *request.slo).name};
  std::vector<std::string> names;
  if (!incident) return names;
  for (const auto& slo : catalogue.slos)
    if (std::ranges::find(incident->services, slo.service) != incident->services.end())
      names.push_back(slo.name);
  return names;
}

std::optional<incident::Incident> incident_asked(const Session& session,
                                                 const AssessRequest& request) {
  if (request.incident) return choose_incident(session, request.incident);
  if (request.slo) return std::nullopt;
  return current_incident(session);
}

std::vector<std::string> services_of(const Catalogue& catalogue, const Assessed& assessed) {
  if (assessed.incident) return assessed.incident->services;
  std::vector<std::string> services;
  for (const auto& name : assessed.slos) services.push_back(catalogue.find_slo(name)->service);
  return services;
}

void put_given(incident::AssessFacts& facts, const AssessRequest& request) {
  if (request.burn)
    for (const auto window : slo::kBurnWindows)
      facts.burn_rates[window] = Known::exactly(*request.burn, kGiven);
  if (request.reach) facts.reach = Known::exactly(*request.reach, kGiven);
  if (request.tier) facts.tier = Known::exactly(*request.tier, kGiven);
  if (request.data_exposure)
    facts.data_exposure = Known::exactly(Decimal(*request.data_exposure ? 1 : 0, 0), kGiven);
  if (request.data_exposure_unknown)
    facts.data_exposure = {std::nullopt, std::nullopt, "said to be unknown"};
}

}  // namespace

Assessed assess_incident(const Session& session, const AssessRequest& request) {
  const auto catalogue = load_catalogue(session);
  Assessed assessed;
  assessed.policy = require_policy(applied_policies(session), request.policy);
  assessed.incident = incident_asked(session, request);
  assessed.slos = slos_asked(catalogue, request, assessed.incident);
  auto& facts = assessed.facts;
  for (auto* fact : {&facts.reach, &facts.data_exposure, &facts.lost_revenue})
    fact->source = "not given, and no incident is named";
  facts.budget_spent.source = "no SLO is named";
  if (!assessed.slos.empty()) {
    StatusQuery query;
    query.names = assessed.slos;
    put_figures(facts, slo_status(session, query).rows);
  }
  put_tier(facts, catalogue, services_of(catalogue, assessed));
  if (assessed.incident) {
    const auto record =
        store::incident_record(session.store(), assessed.incident->uid, store::Lines::none);
    put_recorded(facts, record);
    ImpactRequest impact;
    impact.incident = assessed.incident->name;
    impact.policy = assessed.policy.name;
    put_money(facts, incident_impact(session, impact).money);
  }
  put_given(facts, request);
  assessed.judgement = incident::judge(assessed.policy, facts);
  return assessed;
}

void answer(Assessed& assessed, const incident::Condition& about, Decimal value) {
  auto& facts = assessed.facts;
  const auto known = Known::exactly(value, "answered");
  switch (about.subject) {
    case incident::Subject::burn_rate:
      facts.burn_rates[about.window] = known;
      break;
    case incident::Subject::budget_spent:
      facts.budget_spent = known;
      break;
    case incident::Subject::reach:
      facts.reach = known;
      break;
    case incident::Subject::tier:
      facts.tier = known;
      break;
    case incident::Subject::data_exposure:
      facts.data_exposure = known;
      break;
    case incident::Subject::lost_revenue:
      facts.lost_revenue = known;
      break;
  }
  assessed.judgement = incident::judge(assessed.policy, facts);
}

incident::Entry record_assessment(Session& session, const Assessed& assessed) {
  if (!assessed.incident)
    throw Error(ExitCode::usage, "there is no incident to record the assessment in",
                "--incident ID names one; nines incident open TITLE declares one", "NO_INCIDENT");
  std::vector<std::string> fired;
  for (const auto& rule : assessed.judgement.rules)
    if (rule.truth == incident::Truth::yes) fired.push_back(rule.rule.name);
  auto entry =
      new_entry(session, "assessed by policy " + assessed.policy.name + ": " +
                             incident::summary(assessed.judgement) +
                             "; rules that fired: " + (fired.empty() ? "none" : join(fired, ", ")));
  entry.kind = incident::EntryKind::decision;
  append_made(session, assessed.incident->uid, [&] {
    entry.number = take_entry_number(session, assessed.incident->uid);
    entry.name = std::to_string(entry.number);
    return std::vector{store::incident_entry_added(assessed.incident->uid, entry)};
  });
  return entry;
}

}  // namespace nines::usecases
