// Probabilities from rates, tops, and walks over gates that need no recursion.
#include "domain/rca/tree/model.hpp"

#include <algorithm>
#include <cmath>

namespace nines::rca::tree {

std::optional<double> probability_of(const Event& event, std::optional<double> hours) {
  if (event.probability) return event.probability;
  if (event.rate && hours) return -std::expm1(-*event.rate * *hours);
  return std::nullopt;
}

std::vector<std::uint32_t> roots_of(const FaultTree& tree) {
  std::vector<bool> used(tree.gates.size(), false);
  for (const auto& gate : tree.gates)
    for (const auto input : gate.inputs)
      if (input.gate) used[input.index] = true;
  std::vector<std::uint32_t> roots;
  for (std::uint32_t i = 0; i < tree.gates.size(); ++i)
    if (!used[i]) roots.push_back(i);
  return roots;
}

std::optional<std::uint32_t> top_of(const FaultTree& tree) {
  if (tree.top) return tree.top;
  const auto roots = roots_of(tree);
  return roots.size() == 1 ? std::optional(roots.front()) : std::nullopt;
}

std::vector<std::uint32_t> gates_bottom_up(const FaultTree& tree, std::uint32_t top) {
  struct Visit {
    std::uint32_t gate;
    std::size_t next;
  };
  std::vector<std::uint32_t> order;
  std::vector<bool> met(tree.gates.size(), false);
  std::vector<Visit> path{{top, 0}};
  met[top] = true;
  while (!path.empty()) {
    auto& [gate, next] = path.back();
    const auto& inputs = tree.gates[gate].inputs;
    while (next < inputs.size() && (!inputs[next].gate || met[inputs[next].index])) ++next;
    if (next == inputs.size()) {
      order.push_back(gate);
      path.pop_back();
      continue;
    }
    const auto below = inputs[next].index;
    met[below] = true;
    path.push_back({below, 0});
  }
  return order;
}

bool is_coherent(const FaultTree& tree, std::uint32_t top) {
  const auto gates = gates_bottom_up(tree, top);
  return std::none_of(gates.begin(), gates.end(),
                      [&](std::uint32_t gate) { return negates(tree.gates[gate].op); });
}

}  // namespace nines::rca::tree
