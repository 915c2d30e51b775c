// What must hold of common-cause groups, and which groups a tree seems to lack.
#include "domain/rca/tree/group_check.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "domain/rca/tree/validate.hpp"

namespace nines::rca::tree {
namespace {

using slo::Code;

/// Factors are written by hand, to a few digits.
constexpr double kFactorSlack = 1e-3;
/// Gates and events looked at for proposals: a note is not worth more.
constexpr std::size_t kMostLooked = 1'000'000;

std::string factor_problem(const Group& group) {
  const auto members = group.members.size(), factors = group.factors.size();
  for (const double factor : group.factors)
    if (!(factor >= 0 && factor <= 1)) return "a factor is out of range: use 0 to 1";
  switch (group.model) {
    case GroupModel::beta:
      return factors == 1 ? "" : "the beta model takes one factor";
    case GroupModel::mgl:
      return factors >= 1 && factors < members
                 ? ""
                 : "the MGL model takes one to " + std::to_string(members - 1) +
                       " factors: beta, gamma, delta and so on";
    case GroupModel::alpha: {
      double sum = 0;
      for (const double factor : group.factors) sum += factor;
      if (factors < 1 || factors > members)
        return "the alpha model takes at most as many factors as there are members";
      return std::abs(sum - 1) <= kFactorSlack ? "" : "the factors of the alpha model add up to 1";
    }
  }
  return "";
}

class GroupCheck {
 public:
  GroupCheck(const FaultTree& tree, std::optional<double> hours, Problems& problems)
      : tree_(tree), hours_(hours), problems_(problems), owner_(tree.events.size(), nullptr) {}

  void check(std::size_t index) {
    const auto& group = tree_.groups[index];
    const auto size = group.members.size();
    const auto most = group.model == GroupModel::beta ? kMostBetaMembers : kMostMembers;
    if (size < 2)
      return add(index, "group '" + group.name + "' has fewer than two members",
                 "a common cause needs at least two events");
    if (size > most)
      return add(index, "group '" + group.name + "' has " + count_of(size, "member"),
                 "at most " + std::to_string(most) +
                     ": each subset of them becomes an event of its own");
    check_members(index, group);
    if (const auto problem = factor_problem(group); !problem.empty())
      add(index, "the factors of group '" + group.name + "' do not fit", problem);
    if (group.probability && !(*group.probability >= 0 && *group.probability <= 1))
      add(index, "the probability of group '" + group.name + "' is out of range", "use 0 to 1");
    if (!group.probability) check_probabilities(index, group);
  }

 private:
  void add(std::size_t index, std::string message, std::string hint,
           std::optional<std::size_t> member = {}) {
    if (has_room(problems_.size(), Severity::error))
      problems_.push_back({Code::tree_group, Severity::error, std::move(message), std::move(hint),
                           Problem::Of::group, index, member});
  }

  void check_members(std::size_t index, const Group& group) {
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const auto member = group.members[i];
      const auto& event = tree_.events[member];
      if (event.house)
        add(index, "'" + event.name + "' is a house event", "only basic events fail together", i);
      if (owner_[member] != nullptr)
        add(index, "'" + event.name + "' is in group '" + owner_[member]->name + "' already",
            "an event is in one group, once", i);
      owner_[member] = &group;
    }
  }

  void check_probabilities(std::size_t index, const Group& group) {
    std::optional<double> first;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const auto& event = tree_.events[group.members[i]];
      const auto own = probability_of(event, hours_);
      if (!own) continue;
      if (first && *first != *own)
        return add(index,
                   "'" + event.name + "' has another probability than the members before it",
                   "the members of a group are alike; or give the group its own 'probability'", i);
      first = own;
    }
  }

  const FaultTree& tree_;
  std::optional<double> hours_;
  Problems& problems_;
  std::vector<const Group*> owner_;
};

/// Events whose single occurrence makes `input` occur: those reached through `or` gates alone.
std::vector<std::uint32_t> lone_causes(const FaultTree& tree, Ref input, std::size_t& looked) {
  std::vector<std::uint32_t> causes;
  std::set<Ref> met;
  std::vector<Ref> open{input};
  while (!open.empty()) {
    const auto ref = open.back();
    open.pop_back();
    if (!met.insert(ref).second) continue;
    if (!ref.gate) {
      causes.push_back(ref.index);
    } else if (const auto& gate = tree.gates[ref.index];
               gate.op == Operator::or_ || gate.inputs.size() == 1) {
      open.insert(open.end(), gate.inputs.begin(), gate.inputs.end());
    }
    if (++looked > kMostLooked) break;
  }
  std::sort(causes.begin(), causes.end());
  return causes;
}

/// What two or more inputs of one gate share: a trait, and by which events.
using Shared = std::map<std::pair<std::string, std::string>, std::set<std::uint32_t>>;

Shared traits_across(const FaultTree& tree, const Gate& gate, const std::set<std::uint32_t>& apart,
                     std::size_t& looked) {
  std::map<std::pair<std::string, std::string>, std::set<std::size_t>> inputs;
  Shared shared;
  for (std::size_t i = 0; i < gate.inputs.size(); ++i)
    for (const auto cause : lone_causes(tree, gate.inputs[i], looked)) {
      if (apart.contains(cause)) continue;
      for (const auto& trait : tree.events[cause].traits) {
        inputs[trait].insert(i);
        shared[trait].insert(cause);
      }
    }
  std::erase_if(shared, [&](const auto& one) {
    return inputs[one.first].size() < 2 || one.second.size() < 2;
  });
  return shared;
}

}  // namespace

void check_groups(const FaultTree& tree, std::optional<double> hours, Problems& problems) {
  GroupCheck check(tree, hours, problems);
  for (std::size_t i = 0; i < tree.groups.size(); ++i) check.check(i);
}

Problems propose_groups(const FaultTree& tree) {
  Problems problems;
  const bool traits = std::any_of(tree.events.begin(), tree.events.end(),
                                  [](const Event& event) { return !event.traits.empty(); });
  if (!traits) return problems;
  std::set<std::uint32_t> apart;  // members of groups, and events that are set
  for (const auto& group : tree.groups) apart.insert(group.members.begin(), group.members.end());
  for (std::uint32_t i = 0; i < tree.events.size(); ++i)
    if (tree.events[i].house) apart.insert(i);
  std::set<std::set<std::uint32_t>> told;
  std::size_t looked = 0;
  for (std::size_t g = 0; g < tree.gates.size(); ++g) {
    const auto& gate = tree.gates[g];
    if (gate.op != Operator::and_ && gate.op != Operator::atleast) continue;
    for (const auto& [trait, events] : traits_across(tree, gate, apart, looked)) {
      if (!told.insert(events).second || problems.size() >= kMostProblems) continue;
      std::string names;
      for (const auto event : events) {
        names += (names.empty() ? "" : ", ") + tree.events[event].name;
        if (names.size() > 60) break;
      }
      problems.push_back({Code::tree_common_cause, Severity::info,
                          "'" + gate.name + "' counts on " + names + " failing apart, and they are of " +
                              trait.first + " '" + trait.second + "'",
                          "add a common-cause group: without one the redundancy looks better than "
                          "it is",
                          Problem::Of::gate, g, {}});
    }
  }
  return problems;
}

}  // namespace nines::rca::tree
