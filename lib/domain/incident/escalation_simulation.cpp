// Moves the clock from wake-up to wake-up.
#include "domain/incident/escalation_simulation.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

constexpr std::size_t kMostPages = 200;
constexpr std::chrono::days kLongest{30};

std::size_t pages_in(const std::vector<Occurrence>& occurred) {
  return static_cast<std::size_t>(
      std::count_if(occurred.begin(), occurred.end(),
                    [](const Occurrence& one) { return one.what == Happening::paged; }));
}

}  // namespace

Simulation simulate(const EscalationPolicy& policy, const SimulationStart& start,
                    Surroundings around) {
  return simulate_from(policy, start_escalation(policy, {}, start.severity, start.at), start,
                       std::move(around));
}

Simulation simulate_from(const EscalationPolicy& policy, const EscalationState& state,
                         const SimulationStart& start, Surroundings around) {
  Simulation simulation;
  simulation.end = state;
  const auto* current = &policy;
  for (auto now = start.at;;) {
    if (start.until && now > *start.until) break;
    auto decision = decide(*current, simulation.end, start.severity, around, now);
    if (decision.after.policy != current->name && around.policy) {
      std::string version;
      const auto* next = around.policy(decision.after.policy, version);
      if (next != nullptr) current = next;
    }
    simulation.occurred.insert(simulation.occurred.end(), decision.occurred.begin(),
                               decision.occurred.end());
    simulation.end = std::move(decision.after);
    simulation.waiting = std::move(decision.waiting);
    if (!decision.wake || simulation.end.phase == Phase::exhausted) break;
    if (pages_in(simulation.occurred) >= kMostPages || *decision.wake - start.at > kLongest) {
      simulation.complete = false;
      break;
    }
    now = *decision.wake;
  }
  return simulation;
}

const Occurrence* first_page(const Simulation& simulation) {
  const auto found =
      std::find_if(simulation.occurred.begin(), simulation.occurred.end(),
                   [](const Occurrence& one) { return one.what == Happening::paged; });
  return found == simulation.occurred.end() ? nullptr : &*found;
}

}  // namespace nines::incident
