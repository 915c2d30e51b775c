// Common-cause groups written out as independent events, before a tree is solved.
#include "domain/rca/tree/common_cause.hpp"

#include <bit>
#include <utility>

namespace nines::rca::tree {
namespace {

double choose(std::size_t n, std::size_t k) {
  double value = 1;
  for (std::size_t i = 1; i <= k; ++i)
    value = value * static_cast<double>(n - k + i) / static_cast<double>(i);
  return value;
}

double mgl_share(const Group& group, std::size_t together) {
  double share = 1;
  for (std::size_t i = 0; i + 1 < together; ++i)
    share *= i < group.factors.size() ? group.factors[i] : 0;
  const double next = together <= group.factors.size() ? group.factors[together - 1] : 0;
  return share * (1 - next) / choose(group.members.size() - 1, together - 1);
}

double alpha_share(const Group& group, std::size_t together) {
  double total = 0;
  for (std::size_t i = 0; i < group.factors.size(); ++i)
    total += static_cast<double>(i + 1) * group.factors[i];
  const double alpha = together <= group.factors.size() ? group.factors[together - 1] : 0;
  return static_cast<double>(together) * alpha /
         (choose(group.members.size() - 1, together - 1) * total);
}

/// Part of a member's probability that one given set of `together` members failing at once has.
double share_of(const Group& group, std::size_t together) {
  if (group.model == GroupModel::mgl) return mgl_share(group, together);
  if (group.model == GroupModel::alpha) return alpha_share(group, together);
  if (together == 1) return 1 - group.factors.front();
  return together == group.members.size() ? group.factors.front() : 0;
}

class Expansion {
 public:
  Expansion(FaultTree& tree, std::optional<double> hours)
      : tree_(tree), hours_(hours), replaced_by_(tree.events.size(), kKept) {}

  void expand(const Group& group) {
    const auto total = total_of(group);
    const auto first = static_cast<std::uint32_t>(tree_.gates.size());
    for (const auto member : group.members) {
      replaced_by_[member] = static_cast<std::uint32_t>(tree_.gates.size());
      Gate gate;
      gate.name = tree_.events[member].name;
      gate.label = tree_.events[member].label;
      tree_.gates.push_back(std::move(gate));
    }
    const auto size = group.members.size();
    if (group.model == GroupModel::beta) {
      for (std::size_t i = 0; i < size; ++i) add_cause(group, first, {i}, total);
      std::vector<std::size_t> all(size);
      for (std::size_t i = 0; i < size; ++i) all[i] = i;
      add_cause(group, first, all, total);
      return;
    }
    for (std::size_t together = 1; together <= size; ++together)
      for (std::uint32_t set = 1; set < (1U << size); ++set) {
        if (static_cast<std::size_t>(std::popcount(set)) != together) continue;
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < size; ++i)
          if ((set >> i & 1U) != 0) chosen.push_back(i);
        add_cause(group, first, chosen, total);
      }
  }

  /// Lets gates refer to what members became.
  void rewire(std::size_t gates) {
    for (std::size_t g = 0; g < gates; ++g)
      for (auto& input : tree_.gates[g].inputs)
        if (!input.gate && input.index < replaced_by_.size() && replaced_by_[input.index] != kKept)
          input = {true, replaced_by_[input.index]};
  }

 private:
  static constexpr std::uint32_t kKept = 0xFFFFFFFF;

  std::optional<double> total_of(const Group& group) const {
    if (group.probability) return group.probability;
    for (const auto member : group.members)
      if (const auto own = probability_of(tree_.events[member], hours_)) return own;
    return std::nullopt;
  }

  void add_cause(const Group& group, std::uint32_t first, const std::vector<std::size_t>& chosen,
                 std::optional<double> total) {
    const double share = share_of(group, chosen.size());
    if (share == 0) return;
    Event event;
    event.name = "[";
    if (chosen.size() > kNamedMembers)
      event.name += group.name;
    else
      for (const auto i : chosen)
        event.name += (i == chosen.front() ? "" : " ") + tree_.events[group.members[i]].name;
    event.name += "]";
    event.label = chosen.size() == 1 ? "fails alone" : "common cause in " + group.name;
    if (total) event.probability = *total * share;
    const Ref ref{false, static_cast<std::uint32_t>(tree_.events.size())};
    tree_.events.push_back(std::move(event));
    for (const auto i : chosen) tree_.gates[first + i].inputs.push_back(ref);
  }

  static constexpr std::size_t kNamedMembers = 8;

  FaultTree& tree_;
  std::optional<double> hours_;
  std::vector<std::uint32_t> replaced_by_;
};

}  // namespace

FaultTree expand_groups(FaultTree tree, std::optional<double> hours) {
  if (tree.groups.empty()) return tree;
  const auto top = top_of(tree);
  const auto groups = std::exchange(tree.groups, {});
  const auto gates = tree.gates.size();
  Expansion expansion(tree, hours);
  for (const auto& group : groups) expansion.expand(group);
  expansion.rewire(gates);
  tree.top = top;
  return tree;
}

}  // namespace nines::rca::tree
