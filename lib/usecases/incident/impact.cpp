// Counts, multiplies, and holds the result against the policy's thresholds.
#include "usecases/incident/impact.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using incident::Money;
using incident::TransactionValue;
using Spans = std::vector<incident::ImpactSpan>;

constexpr std::array<std::string_view, 5> kReputation = {"media", "complaints", "complaint_rate",
                                                         "top_customers", "regulator"};

std::map<std::string, Spans> by_service(const Spans& spans) {
  std::map<std::string, Spans> found;
  for (const auto& span : spans) found[span.service].push_back(span);
  return found;
}

Micros lasted(const Spans& spans) {
  Instant from = spans.front().period.from, to = spans.front().period.to;
  for (const auto& span : spans) {
    from = std::min(from, span.period.from);
    to = std::max(to, span.period.to);
  }
  return to - from;
}

/// The policy's value with what the command line says in its place.
std::optional<TransactionValue> value_of(const std::optional<incident::AssessPolicy>& policy,
                                         const ImpactRequest& request) {
  auto value = policy ? policy->transaction : std::nullopt;
  if (!value && !request.value) return std::nullopt;
  if (!value) value = TransactionValue{};
  if (request.value) {
    value->amount = *request.value;
    value->source = "given";
  }
  if (request.currency) value->currency = *request.currency;
  if (request.recovered_low) {
    value->recovered_low = *request.recovered_low;
    value->recovered_high = request.recovered_high.value_or(*request.recovered_low);
    value->recovered_source = "given";
  }
  if (request.slo) value->slos = {*request.slo};
  return value;
}

/// Failed transactions: of the SLOs that the policy names, else of the one with the most bad
/// events.
struct Failed {
  BadEvents events;
  bool complete = true;
};
/// `why_not` becomes why an SLO that measures what is hurt could not be counted.
std::optional<Failed> failed_of(const Catalogue& catalogue, const BadEventCounter& counter,
                                const std::vector<ServiceImpact>& services,
                                const std::vector<std::string>& slos, const Spans& spans,
                                std::string& why_not) {
  Failed failed;
  bool any = false;
  const auto take = [&](const BadEvents& events) {
    if (events.slo.empty()) {
      why_not = events.why_not;
      return;
    }
    failed.events.bad += events.bad;
    failed.events.total += events.total;
    failed.events.slo += (any ? ", " : "") + events.slo;
    failed.complete = failed.complete && events.complete;
    failed.events.data_to = events.data_to;
    any = true;
  };
  if (!slos.empty()) {
    const auto apart = by_service(spans);
    for (const auto& name : slos) {
      // A policy may name an SLO that is not applied here; and one of a service that is not hurt
      // has no failed transactions of this incident.
      const auto* slo = catalogue.find_slo(name);
      if (slo == nullptr) continue;
      if (const auto own = apart.find(slo->service); own != apart.end())
        take(counter.of_slo(*slo, own->second));
    }
  } else {
    const auto most = std::max_element(
        services.begin(), services.end(),
        [](const ServiceImpact& a, const ServiceImpact& b) { return a.events.bad < b.events.bad; });
    if (most != services.end()) take(most->events);
  }
  return any ? std::optional(failed) : std::nullopt;
}

Money costs_of(const Catalogue& catalogue, const std::vector<ServiceImpact>& services) {
  std::vector<Money> parts;
  for (const auto& one : services) {
    const auto found = catalogue.services.find(one.service);
    if (found == catalogue.services.end() || !found->second.cost) continue;
    if (one.events.slo.empty()) {
      Money unknown;
      unknown.why_not = one.events.why_not;
      parts.push_back(unknown);
    } else {
      parts.push_back(incident::cost_of_minutes(one.events.bad_minutes, one.events.complete,
                                                *found->second.cost));
    }
  }
  return incident::sum(parts);
}

std::optional<Decimal> number_of(const std::optional<incident::Fact>& fact) {
  return fact && fact->value ? Decimal::parse(*fact->value) : std::nullopt;
}

incident::Figures figures_of(const BusinessImpact& impact, const Spans& spans) {
  incident::Figures figures;
  figures.lost_low = impact.money.low;
  if (impact.failed) figures.failed = Decimal(static_cast<std::int64_t>(*impact.failed), 0);
  figures.reach = number_of(impact.reach);
  if (!spans.empty())
    figures.minutes =
        Decimal(std::chrono::duration_cast<std::chrono::minutes>(lasted(spans)).count(), 0);
  return figures;
}

void read_facts(BusinessImpact& impact, const incident::Record& record) {
  for (const auto& fact : record.facts) {
    if (fact.name == "users_affected" || fact.name == "reach") impact.reach = fact;
    if (std::ranges::find(kReputation, fact.name) != kReputation.end())
      impact.reputation.push_back(fact);
  }
  const auto told = record.milestones.find(std::string(incident::milestone::kCustomersTold));
  if (told != record.milestones.end()) impact.customers_told = told->second.at;
}

}  // namespace

BusinessImpact incident_impact(const Session& session, const ImpactRequest& request) {
  const auto catalogue = load_catalogue(session);
  const auto policy = find_policy(applied_policies(session), request.policy);
  BusinessImpact impact;
  impact.incident = choose_incident(session, request.incident);
  if (policy) impact.policy = policy->name;
  const auto record =
      store::incident_record(session.store(), impact.incident.uid, store::Lines::none);
  const auto spans = incident::impact_spans(record, session.now());
  const BadEventCounter counter(session, catalogue, record);
  for (const auto& [service, own] : by_service(spans))
    impact.services.push_back({service, counter.of_service(service, own), lasted(own)});
  if (request.slo) require_slo(catalogue, *request.slo);
  const auto value = value_of(policy, request);
  std::string why_not;
  const auto failed = failed_of(catalogue, counter, impact.services,
                                value ? value->slos : std::vector<std::string>{}, spans, why_not);
  if (failed) {
    impact.failed = failed->events.bad;
    impact.failed_from = failed->events.slo;
  } else if (!why_not.empty()) {
    impact.failed_from = why_not;
  } else if (value && !value->slos.empty()) {
    impact.failed_from =
        "no SLO of the policy (" + join(value->slos, ", ") + ") measures what is hurt";
  } else {
    impact.failed_from =
        impact.services.empty() ? "no service is named" : impact.services.front().events.why_not;
  }
  if (value && failed)
    impact.money = incident::lost_revenue(failed->events.bad, failed->complete, *value);
  else if (value)
    impact.money.why_not = "failed transactions are not counted: " + impact.failed_from;
  else
    impact.money = costs_of(catalogue, impact.services);
  read_facts(impact, record);
  if (policy) impact.passed = incident::passed(*policy, figures_of(impact, spans));
  for (auto& ask : store::asks_of(session.store(), impact.incident.uid))
    if (ask.kind == incident::AskKind::call) impact.calls.push_back(std::move(ask));
  return impact;
}

}  // namespace nines::usecases
