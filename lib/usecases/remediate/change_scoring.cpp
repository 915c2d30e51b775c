// Reads tiers, dependents, past outcomes, calm hours and budgets, and hands them to the score.
#include "usecases/remediate/change_scoring.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "store/definitions.hpp"
#include "store/store.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"
#include "yaml/change_policy.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::ChangePolicy;
using nines::remediate::ChangeRequest;
using nines::remediate::RequestBody;
using nines::remediate::RequestOutcome;
using nines::remediate::RiskInputs;

bool share_any(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) {
    return std::find(b.begin(), b.end(), name) != b.end();
  });
}

void add_catalogue(RiskInputs& inputs, const RequestBody& body, const Catalogue& catalogue) {
  std::set<std::string> dependents;
  for (const auto& [name, service] : catalogue.services) {
    const bool touched =
        std::find(body.services.begin(), body.services.end(), name) != body.services.end();
    if (touched && service.tier)
      inputs.tier = std::min(inputs.tier.value_or(*service.tier), *service.tier);
    if (touched) continue;
    for (const auto& need : service.dependencies)
      if (!need.vendor && std::find(body.services.begin(), body.services.end(), need.on) !=
                              body.services.end())
        dependents.insert(name);
  }
  inputs.dependents = dependents.size();
}

void add_budget(RiskInputs& inputs, const Session& session, const RequestBody& body) {
  for (const auto& service : body.services) {
    StatusQuery query;
    query.service = service;
    for (const auto& row : slo_status(session, query).rows) {
      const auto& a = row.assessment;
      if (a.freshness.stale || !a.budget.share) continue;
      const double spent = (1 - *a.budget.share) * 100;
      inputs.budget = std::max(inputs.budget.value_or(spent), spent);
    }
  }
}

void add_calm(RiskInputs& inputs, const RequestBody& body, const ChangePolicy& policy) {
  if (policy.calm.empty() || !body.from || !body.to) return;
  const auto zone = Zone::find(policy.zone);
  if (!zone) return;  // counts as not known, and the term says so
  const auto spans = catalog::open_spans(policy.calm, *zone, {*body.from, *body.to});
  inputs.calm = std::any_of(spans.begin(), spans.end(), [&](const catalog::InstantSpan& span) {
    return span.from <= *body.from && *body.to <= span.to;
  });
}

}  // namespace

ChangePolicy change_policy(const Session& session, const std::optional<std::string>& name) {
  std::map<std::string, ChangePolicy, std::less<>> all;
  for (const auto& stored : store::definitions(session.store()))
    if (stored.kind == "ChangePolicy")
      if (auto policy = yaml::change_policy_from(stored.document))
        all.emplace(stored.name, std::move(*policy));
  const auto found = all.find(name ? std::string_view(*name) : std::string_view("default"));
  if (found != all.end()) return found->second;
  if (!name && all.size() == 1) return all.begin()->second;
  if (!name && all.empty()) {
    ChangePolicy ours;
    ours.name = "built-in";
    return ours;
  }
  Error error(ExitCode::not_found,
              name ? "no ChangePolicy '" + *name + "' is applied"
                   : "several ChangePolicies are applied, and none is 'default'",
              all.empty() ? "nines slo apply FILE applies one"
                          : "--policy NAME chooses one of those below",
              name ? "NO_POLICY" : "SEVERAL_POLICIES");
  for (const auto& [known, policy] : all) error.note(known + "  " + policy.description);
  throw error;
}

RequestBody scored(const Session& session, const NewRequest& request, const ChangePolicy& policy,
                   const std::vector<ChangeRequest>& past) {
  auto body = request.body;
  RiskInputs inputs;
  inputs.share = request.share;
  inputs.reversibility = request.reversibility;
  inputs.novelty = request.novelty;
  inputs.lines = request.lines;
  inputs.tests = request.tests;
  add_catalogue(inputs, body, load_catalogue(session));
  add_budget(inputs, session, body);
  add_calm(inputs, body, policy);
  for (const auto& one : past) {
    if (!one.finished_at || one.asked.kind != body.kind) continue;
    if (!share_any(one.asked.services, body.services)) continue;
    ++inputs.past_total;
    inputs.past_failed += one.outcome == RequestOutcome::success ? 0 : 1;
  }
  body.terms = nines::remediate::risk_terms(inputs, policy.weights);
  const double score = nines::remediate::risk_score(body.terms);
  body.score = Decimal::parse(fmt::format("{:.1f}", score)).value_or(Decimal{});
  const auto band = nines::remediate::risk_band(score);
  const auto record = nines::remediate::calibrate(past, std::nullopt)
                          .bands[static_cast<std::size_t>(band)];
  body.fails = Decimal::parse(fmt::format("{:.3f}", nines::remediate::failure_chance(
                                                        band, record.failed, record.total)))
                   .value_or(Decimal{});
  body.consent = nines::remediate::consent_for(policy, body.type, score);
  if (body.type == nines::remediate::ChangeType::emergency)
    body.review_within = policy.review_within;
  return body;
}

}  // namespace nines::usecases
