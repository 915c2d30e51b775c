// Estimates from people and from the record become candidates; the rules choose among them.
#include "usecases/remediate/plan.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/recurrence.hpp"
#include "domain/remediate/closing_history.hpp"
#include "store/actions.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/remediate/actions.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::Action;
using nines::remediate::ActionState;
using nines::remediate::Candidate;
using nines::remediate::Estimate;

/// Without a word from anybody an action is as likely to work as not.
constexpr double kAssumedToWork = 0.5;
/// So many like incidents within a year make the actions of any of them pressing.
constexpr std::uint64_t kRecurring = 2;
constexpr double kMinutesInYear = 525'960;

double minutes_of(Micros time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

/// Bad minutes of one incident: a step whose weight nobody stated hurt between nobody and all.
Estimate hurt_minutes(const incident::Record& record, Instant now) {
  Estimate sum;
  for (const auto& span : incident::impact_spans(record, now)) {
    const double minutes = minutes_of(span.period.length());
    const bool whole = span.level == incident::ImpactLevel::full;
    const double weight = span.weight ? span.weight->to_double() : whole ? 1 : 0.5;
    const bool known = span.weight || whole;
    sum.low += known ? weight * minutes : 0;
    sum.likely += weight * minutes;
    sum.high += known ? weight * minutes : minutes;
  }
  return sum;
}

class History {
 public:
  explicit History(const Session& session)
      : session_(session), incidents_(store::incidents(session.store())) {}

  incident::Recurrence recurrence(const incident::Incident& mine) const {
    return incident::recurrence_of(mine, incidents_, session_.now());
  }

  /// Minutes of one such incident times how often they come, with the exact interval of that count.
  std::optional<Estimate> estimate(const incident::Incident& mine) const {
    const auto seen = recurrence(mine);
    if (seen.years <= 0 || seen.like == 0) return std::nullopt;
    const auto hurt = hurt_minutes(
        store::incident_record(session_.store(), mine.uid, store::Lines::none), session_.now());
    if (hurt.high <= 0) return std::nullopt;
    const auto count = stats::poisson_mean(seen.like);
    return Estimate{hurt.low * count.low / seen.years,
                    hurt.likely * static_cast<double>(seen.like) / seen.years,
                    hurt.high * count.high / seen.years};
  }

 private:
  const Session& session_;
  std::vector<incident::Incident> incidents_;
};

/// Why it is done whatever it averts; empty: it need not be.
std::string must_of(const Action& action, const std::optional<incident::Incident>& about,
                    const History& history, Instant now) {
  if (!action.text(field::kMust).empty()) return action.text(field::kMust);
  if (action.overdue(now)) return "late since " + action.text(field::kDue);
  if (about) {
    const auto seen = history.recurrence(*about);
    if (seen.like > kRecurring) return fmt::format("{} like incidents within a year", seen.like);
  }
  return {};
}

PlannedAction weigh(const Session& session, const History& history, Action action) {
  PlannedAction planned;
  std::optional<incident::Incident> about;
  if (action.incident) about = store::find_incident(session.store(), *action.incident);
  planned.must = must_of(action, about, history, session.now());
  Candidate candidate;
  candidate.must = !planned.must.empty();
  candidate.team = action.text(field::kTeam);
  if (const auto stated = nines::remediate::parse_estimate(action.text(field::kAverts))) {
    candidate.averts = *stated;
    planned.averts = Basis::stated;
  } else if (const auto seen = about ? history.estimate(*about) : std::nullopt) {
    candidate.averts = *seen;
    planned.averts = Basis::record;
  }
  if (const auto works = Decimal::parse(action.text(field::kWorks))) {
    candidate.works = works->to_double() / 100;
    planned.works = Basis::stated;
  } else {
    candidate.works = kAssumedToWork;
  }
  const auto effort = action.effort_days();
  if (effort) candidate.half_days = std::max(1, static_cast<int>(std::ceil(*effort * 2 - 1e-9)));
  if (candidate.team.empty())
    planned.problem = "no team is named: --team";
  else if (!effort)
    planned.problem = "its effort is not known: --effort DAYS";
  else if (planned.averts == Basis::unknown && !candidate.must)
    planned.problem = "what it averts is not known: --averts LOW,LIKELY,HIGH";
  else
    planned.candidate = std::move(candidate);
  planned.action = std::move(action);
  return planned;
}

/// Days of effort that a team closed within the last half year, per week.
std::map<std::string, double> closed_per_week(const std::vector<Action>& all, Instant now) {
  std::map<std::string, double> days;
  for (const auto& action : all) {
    const auto effort = action.effort_days();
    if (action.state != ActionState::done || !action.closed_at || !effort) continue;
    if (*action.closed_at < now - Micros{nines::remediate::kClosingWindow}) continue;
    days[action.text(field::kTeam)] += *effort;
  }
  for (auto& [team, sum] : days)
    if (const auto history = nines::remediate::closing_history(all, team, now))
      sum /= std::max(history->weeks, 1.0);
  return days;
}

void check(const PlanRequest& request) {
  const auto refuse = [](const std::string& what, const std::string& hint) {
    throw Error(ExitCode::usage, what, hint, "BAD_VALUE");
  };
  if (!(request.weeks > 0 && request.weeks <= 520)) refuse("a plan is for some weeks", "--weeks 4");
  if (!(request.reserve >= 0 && request.reserve < 1))
    refuse("the reserve is a share of the time below 100 %", "--reserve 20");
  for (const auto& [team, days] : request.capacity)
    if (!(days >= 0 && days <= 100'000))
      refuse(fmt::format("'{}' cannot have {} days", team, days), "--capacity TEAM=DAYS");
}

TeamCapacity capacity_of(const std::string& team, const PlanRequest& request,
                         const std::map<std::string, double>& past) {
  if (const auto said = request.capacity.find(team); said != request.capacity.end())
    return {said->second * (1 - request.reserve), 0, Basis::stated};
  if (const auto seen = past.find(team); seen != past.end() && seen->second > 0)
    return {seen->second * request.weeks * (1 - request.reserve), 0, Basis::record};
  return {};
}

/// Bad minutes a year that the strictest objective of each service allows.
std::map<std::string, double> budgets(const Catalogue& catalogue) {
  std::map<std::string, double> least;
  for (const auto& slo : catalogue.slos)
    for (const auto& objective : slo.objectives) {
      const double minutes = objective.target.complement().to_double() * kMinutesInYear;
      const auto [place, fresh] = least.try_emplace(slo.service, minutes);
      if (!fresh) place->second = std::min(place->second, minutes);
    }
  return least;
}

/// Candidates with their needs as indices among them; one that needs what is not weighed is not
/// weighed either.
std::vector<std::size_t> link_needs(std::vector<PlannedAction>& actions) {
  const auto find = [&](const std::string& name) {
    return std::find_if(actions.begin(), actions.end(),
                        [&](const PlannedAction& one) { return one.action.name == name; });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& one : actions) {
      if (!one.candidate) continue;
      for (const auto& need : one.action.needs()) {
        const auto found = find(need);
        if (found == actions.end() || found->candidate) continue;  // closed, or weighed
        one.candidate.reset();
        one.problem = "it needs " + need + ", which cannot be weighed";
        changed = true;
        break;
      }
    }
  }
  std::vector<std::size_t> weighed;
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < actions.size(); ++i)
    if (actions[i].candidate) {
      place.emplace(actions[i].action.name, weighed.size());
      weighed.push_back(i);
    }
  for (const auto i : weighed)
    for (const auto& need : actions[i].action.needs())
      if (const auto found = place.find(need); found != place.end())
        actions[i].candidate->needs.push_back(found->second);
  return weighed;
}

}  // namespace

PlanResult plan_actions(const Session& session, const PlanRequest& request) {
  check(request);
  const auto all = store::actions(session.store());
  const History history(session);
  PlanResult result;
  for (const auto& action : all)
    if (!action.closed()) result.actions.push_back(weigh(session, history, action));
  std::stable_sort(result.actions.begin(), result.actions.end(), [](const auto& a, const auto& b) {
    const auto worth = [](const PlannedAction& one) {
      return one.candidate ? one.candidate->per_day() : -1;
    };
    return worth(a) > worth(b);
  });
  auto weighed = link_needs(result.actions);
  const auto past = closed_per_week(all, session.now());
  nines::remediate::Capacity capacity;
  std::vector<Candidate> candidates;
  for (const auto i : weighed) {
    const auto& candidate = *result.actions[i].candidate;
    auto& team =
        result.teams.try_emplace(candidate.team, capacity_of(candidate.team, request, past))
            .first->second;
    capacity[candidate.team] = static_cast<int>(std::floor(team.days * 2 + 1e-9));
    candidates.push_back(candidate);
    result.possible += candidate.expected();
  }
  const auto plan = nines::remediate::choose_actions(candidates, capacity);
  const auto chosen =
      static_cast<std::size_t>(std::count(plan.chosen.begin(), plan.chosen.end(), true));
  const auto stability =
      nines::remediate::rank_stability(candidates, std::max<std::size_t>(chosen, 1));
  const auto catalogue = load_catalogue(session);
  const auto allowed = budgets(catalogue);
  for (auto& one : result.actions) one.others = owned_by_others(session, one.action, catalogue);
  for (std::size_t k = 0; k < weighed.size(); ++k) {
    auto& one = result.actions[weighed[k]];
    one.chosen = plan.chosen[k];
    one.stability = stability[k];
    if (one.chosen) result.teams[candidates[k].team].used += candidates[k].half_days / 2.0;
    for (const auto& service : one.action.services()) {
      auto& risk = result.risks[service];
      risk.minutes += candidates[k].averts.likely;
      if (const auto found = allowed.find(service); found != allowed.end())
        risk.budget = found->second;
    }
  }
  result.averted = plan.averted;
  result.optimal = plan.optimal;
  result.must_fits = plan.must_fits;
  return result;
}

}  // namespace nines::usecases
