// Walks the tree depth first, with the inputs of each gate sorted as the order asks.
#include "domain/rca/tree/order.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

/// Events below each gate with repetitions, as they would be without shared gates; a double,
/// because that can be more than any count.
std::vector<double> sizes_of(const FaultTree& tree, const std::vector<std::uint32_t>& bottom_up) {
  std::vector<double> sizes(tree.gates.size(), 0);
  for (const auto gate : bottom_up)
    for (const auto input : tree.gates[gate].inputs)
      sizes[gate] += input.gate ? sizes[input.index] : 1;
  return sizes;
}

}  // namespace

std::vector<std::uint32_t> order_events(const FaultTree& tree, std::uint32_t top, Order order) {
  struct Visit {
    std::vector<Ref> inputs;
    std::size_t next = 0;
  };
  const auto sizes = order == Order::ascending || order == Order::descending
                         ? sizes_of(tree, gates_bottom_up(tree, top))
                         : std::vector<double>();
  const auto size_of = [&](Ref ref) { return ref.gate ? sizes[ref.index] : 1; };
  const auto sorted_inputs = [&](std::uint32_t gate) {
    auto inputs = tree.gates[gate].inputs;
    if (order == Order::events_first)
      std::stable_partition(inputs.begin(), inputs.end(), [](Ref ref) { return !ref.gate; });
    else if (order != Order::document)
      std::stable_sort(inputs.begin(), inputs.end(), [&](Ref a, Ref b) {
        return order == Order::ascending ? size_of(a) < size_of(b) : size_of(b) < size_of(a);
      });
    return inputs;
  };
  std::vector<std::uint32_t> events;
  std::vector<bool> met_gate(tree.gates.size(), false), met_event(tree.events.size(), false);
  std::vector<Visit> path;
  path.push_back({sorted_inputs(top)});
  met_gate[top] = true;
  while (!path.empty()) {
    auto& visit = path.back();
    if (visit.next == visit.inputs.size()) {
      path.pop_back();
      continue;
    }
    const auto input = visit.inputs[visit.next++];
    if (input.gate) {
      if (met_gate[input.index]) continue;
      met_gate[input.index] = true;
      path.push_back({sorted_inputs(input.index)});
    } else if (!met_event[input.index]) {
      met_event[input.index] = true;
      if (!tree.events[input.index].house) events.push_back(input.index);
    }
  }
  return events;
}

}  // namespace nines::rca::tree
