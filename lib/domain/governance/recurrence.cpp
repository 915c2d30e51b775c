// Says of each group of incidents what they share, and looks for what was promised.
#include "domain/governance/recurrence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/recurrence_groups.hpp"

namespace nines::governance {
namespace {

using Members = std::vector<std::size_t>;

std::vector<SharedTrait> evidence_of(const std::vector<TraitsOf>& incidents, const Members& members,
                                     const TraitWeights& weights) {
  std::map<Trait, SharedTrait> having;
  for (const auto member : members)
    for (const auto& trait : incidents[member].traits) {
      const auto weight = weights.find(trait);
      if (weight == weights.end() || weight->second <= 0) continue;
      auto& one = having.try_emplace(trait, SharedTrait{trait, weight->second, {}}).first->second;
      one.incidents.push_back(incidents[member].name);
    }
  std::vector<SharedTrait> shared;
  for (auto& [trait, one] : having)
    if (one.incidents.size() > 1) shared.push_back(std::move(one));
  std::stable_sort(shared.begin(), shared.end(), [](const SharedTrait& a, const SharedTrait& b) {
    return a.weight * static_cast<double>(a.incidents.size()) >
           b.weight * static_cast<double>(b.incidents.size());
  });
  return shared;
}

/// What they share is said once, as evidence.
TraitsOf without_traits(const TraitsOf& one) {
  return {one.uid,       one.name,     one.title, one.severity,
          one.opened_at, one.services, {},        one.bad_minutes};
}

std::string date_of(Instant at) { return format_utc(at).substr(0, 10); }

/// How the action stood when the incident came.
std::string state_then(const remediate::Action& action, const TraitsOf& recurred) {
  using remediate::ActionState;
  const bool closed_then = action.closed_at && *action.closed_at <= recurred.opened_at;
  if (closed_then && action.state == ActionState::done)
    return fmt::format("done on {}, and {} came all the same", date_of(*action.closed_at),
                       recurred.name);
  if (closed_then && action.state == ActionState::not_doing)
    return fmt::format("decided against on {} ({}), then {} came", date_of(*action.closed_at),
                       action.because, recurred.name);
  if (closed_then)
    return fmt::format("superseded on {}, then {} came", date_of(*action.closed_at), recurred.name);
  std::string state;
  const auto due = action.due();
  const auto late =
      due ? std::chrono::floor<std::chrono::days>(recurred.opened_at) - *due : std::chrono::days{0};
  if (due && late.count() > 0)
    state = fmt::format("open, {} late when {} came",
                        count_of(static_cast<std::uint64_t>(late.count()), "day"), recurred.name);
  else
    state = fmt::format("open{} when {} came",
                        due ? ", due on " + format_utc(Instant{*due}).substr(0, 10) : "",
                        recurred.name);
  if (action.state == ActionState::done && action.closed_at)
    return state + ", done on " + date_of(*action.closed_at);
  return state + ", " + std::string(to_string(action.state)) + " today";
}

/// Late ones first, then those that were done in vain, then the others.
int telling(const EarlierAction& one) {
  if (one.state.find(" late when ") != std::string::npos) return 0;
  if (one.done_before) return 1;
  return one.state.starts_with("open") ? 2 : 3;
}

std::vector<EarlierAction> earlier_actions(const std::vector<TraitsOf>& group,
                                           const std::vector<remediate::Action>& actions) {
  std::vector<EarlierAction> found;
  for (const auto& action : actions) {
    if (!action.incident) continue;
    const auto answered = std::find_if(
        group.begin(), group.end(), [&](const auto& one) { return one.uid == *action.incident; });
    if (answered == group.end()) continue;
    const auto next = std::find_if(group.begin(), group.end(), [&](const auto& one) {
      return one.opened_at > answered->opened_at && one.opened_at > action.at;
    });
    if (next == group.end()) continue;
    found.push_back({action, answered->name, next->name, next->opened_at,
                     action.state == remediate::ActionState::done && action.closed_at &&
                         *action.closed_at <= next->opened_at,
                     state_then(action, *next)});
  }
  std::stable_sort(found.begin(), found.end(), [](const EarlierAction& a, const EarlierAction& b) {
    return std::pair(telling(a), a.action.at) < std::pair(telling(b), b.action.at);
  });
  return found;
}

template <typename Owner>
void tally_minutes(Owner& owner, const std::optional<double>& minutes) {
  if (!minutes) return;
  owner.bad_minutes = owner.bad_minutes.value_or(0) + *minutes;
  ++owner.measured;
}

bool names_trait(const remediate::Action& action, const DebtItem& item,
                 const std::set<Uid>& incidents) {
  if (action.closed()) return false;
  if (action.incident && incidents.contains(*action.incident)) return true;
  const auto services = action.services();
  return item.trait.kind == TraitKind::service &&
         std::find(services.begin(), services.end(), item.trait.name) != services.end();
}

std::string plural(TraitKind kind, std::size_t count) {
  if (kind == TraitKind::factor_word) return count == 1 ? "word of factors" : "words of factors";
  return std::string(to_string(kind)) + (count == 1 ? "" : "s");
}

}  // namespace

std::string_view to_string(TraitKind kind) {
  constexpr std::string_view kNames[] = {"factor",  "changed component", "symptom",
                                         "service", "word of a factor",  "word"};
  return kNames[static_cast<int>(kind)];
}

std::string evidence_text(const SharedCause& cause, std::size_t most) {
  std::map<TraitKind, std::vector<std::string>> names;
  for (const auto& one : cause.evidence)
    if (auto& some = names[one.trait.kind]; some.size() < most) some.push_back(one.trait.name);
  std::vector<std::string> parts;
  for (const auto& [kind, some] : names)
    parts.push_back(plural(kind, some.size()) + " " + join(some, ", "));
  return join(parts, "; ");
}

std::vector<SharedCause> shared_causes(const std::vector<TraitsOf>& incidents,
                                       const std::vector<remediate::Action>& actions) {
  const auto weights = weights_of(incidents);
  std::vector<SharedCause> found;
  for (auto& group : groups_of(incidents, weights)) {
    std::ranges::stable_sort(group.members, {},
                             [&](std::size_t member) { return incidents[member].opened_at; });
    auto& cause = found.emplace_back();
    for (const auto member : group.members)
      cause.incidents.push_back(without_traits(incidents[member]));
    cause.strength = group.strength;
    cause.evidence = evidence_of(incidents, group.members, weights);
    cause.actions = earlier_actions(cause.incidents, actions);
    for (const auto& one : cause.incidents) tally_minutes(cause, one.bad_minutes);
  }
  std::stable_sort(found.begin(), found.end(), [](const SharedCause& a, const SharedCause& b) {
    return std::tuple(a.bad_minutes.value_or(-1), a.strength) >
           std::tuple(b.bad_minutes.value_or(-1), b.strength);
  });
  return found;
}

std::vector<DebtItem> debt_of(const std::vector<TraitsOf>& incidents,
                              const std::vector<remediate::Action>& actions) {
  std::map<Trait, DebtItem> items;
  std::map<Trait, std::set<Uid>> members;
  double all = 0;
  for (const auto& one : incidents) {
    all += one.bad_minutes.value_or(0);
    for (const auto& trait : one.traits) {
      if (trait.kind >= TraitKind::factor_word || trait.kind == TraitKind::symptom) continue;
      auto& item = items[trait];
      item.trait = trait;
      item.incidents.push_back(one.name);
      members[trait].insert(one.uid);
      tally_minutes(item, one.bad_minutes);
    }
  }
  std::vector<DebtItem> found;
  for (auto& [trait, item] : items) {
    if (item.incidents.size() < 2) continue;
    if (all > 0) item.share = item.bad_minutes.value_or(0) / all;
    for (const auto& action : actions)
      if (names_trait(action, item, members[trait])) item.open_actions.push_back(action.name);
    found.push_back(std::move(item));
  }
  std::stable_sort(found.begin(), found.end(), [](const DebtItem& a, const DebtItem& b) {
    return std::tuple(a.bad_minutes.value_or(-1), a.incidents.size()) >
           std::tuple(b.bad_minutes.value_or(-1), b.incidents.size());
  });
  return found;
}

}  // namespace nines::governance
