// Collects the edges of empty duty from the rotas, and asks each policy about them.
#include "usecases/paging/reachable.hpp"

#include <algorithm>

#include "usecases/paging/policies.hpp"

namespace nines::usecases {
namespace {

using incident::EscalationPolicy;
using incident::Rota;

std::vector<Instant> empty_edges(const RotaBook& book, const incident::Period& period) {
  std::vector<Instant> edges;
  for (const auto& [name, rota] : book.rotas)
    for (const auto& shift : incident::duty_timeline(rota, period))
      if (shift.person.empty()) edges.push_back(shift.when.from);
  return edges;
}

bool names_one_of(const EscalationPolicy& policy, const std::vector<const Rota*>& rotas) {
  for (const auto& step : policy.steps)
    for (const auto& target : step.notify)
      if (target.kind == incident::TargetKind::rota &&
          std::any_of(rotas.begin(), rotas.end(),
                      [&](const Rota* rota) { return rota->name == target.name; }))
        return true;
  return false;
}

}  // namespace

std::vector<incident::UnreachableStep> unreachable_levels(const Session& session,
                                                          const RotaBook& book,
                                                          const std::vector<const Rota*>& rotas,
                                                          const incident::Period& period) {
  PolicyBook policies(session);
  std::vector<incident::UnreachableStep> found;
  if (policies.current().empty()) return found;
  const auto around = surroundings_of(session, policies);
  const auto edges = empty_edges(book, period);
  const bool all = rotas.size() == book.rotas.size();
  for (const auto& one : policies.current()) {
    if (!all && !names_one_of(one.policy, rotas)) continue;
    for (auto& step : incident::unreachable_steps(one.policy, around, period, edges))
      found.push_back(std::move(step));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return found;
}

}  // namespace nines::usecases
