// Checks of a fault tree: gates, cycles, the top, chances; those of groups are in group_check.cpp.
#include "domain/rca/tree/validate.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "domain/rca/tree/group_check.hpp"

namespace nines::rca::tree {
namespace {

using slo::Code;

constexpr std::size_t kMostCycles = 20;
constexpr std::size_t kMostNamesShown = 8;

class TreeCheck {
 public:
  TreeCheck(const FaultTree& tree, std::optional<double> hours, Problems& problems)
      : tree_(tree), hours_(hours), problems_(problems) {}

  void run() {
    for (std::uint32_t i = 0; i < tree_.gates.size(); ++i) check_gate(i);
    find_cycles();
    check_top();
    check_events();
    check_unused();
  }

 private:
  void add(Code code, Severity severity, Problem::Of of, std::size_t index, std::string message,
           std::string hint, std::optional<std::size_t> input = {}) {
    if (has_room(problems_.size(), severity))
      problems_.push_back({code, severity, std::move(message), std::move(hint), of, index, input});
  }
  void wrong_inputs(std::uint32_t gate, std::string message, std::string hint,
                    std::optional<std::size_t> input = {}, Severity severity = Severity::error) {
    add(Code::tree_inputs, severity, Problem::Of::gate, gate, std::move(message), std::move(hint),
        input);
  }

  void check_gate(std::uint32_t index) {
    const auto& gate = tree_.gates[index];
    const auto count = gate.inputs.size();
    // Of a hundred thousand gates hardly one is wrong: words are made for that one.
    const auto has = [&] { return "gate '" + gate.name + "' has " + count_of(count, "input"); };
    if (count == 0)
      wrong_inputs(index, "gate '" + gate.name + "' has no inputs",
                   "list the gates and events below it");
    else if (gate.op == Operator::not_ && count != 1)
      wrong_inputs(index, has(), "'not' takes exactly one");
    else if ((gate.op == Operator::iff || gate.op == Operator::imply) && count != 2)
      wrong_inputs(index, has(),
                   "'" + std::string(kOperatorNames.of(gate.op)) + "' takes exactly two");
    else if (gate.op == Operator::xor_ && count < 2)
      wrong_inputs(index, has(), "'xor' takes two or more");
    else if (gate.op == Operator::atleast && (gate.least < 1 || gate.least > count))
      wrong_inputs(index,
                   "gate '" + gate.name + "' asks for " + std::to_string(gate.least) + " of " +
                       count_of(count, "input"),
                   "k is 1 to the number of inputs");
    check_repeats(index, gate);
  }

  /// Twice in an `and` changes nothing; in gates that count, it does.
  void check_repeats(std::uint32_t index, const Gate& gate) {
    std::vector<std::pair<Ref, std::size_t>> sorted;
    for (std::size_t i = 0; i < gate.inputs.size(); ++i) sorted.emplace_back(gate.inputs[i], i);
    std::sort(sorted.begin(), sorted.end());
    const bool harmless = gate.op != Operator::atleast && gate.op != Operator::xor_ &&
                          gate.op != Operator::iff && gate.op != Operator::imply;
    for (std::size_t i = 1; i < sorted.size(); ++i)
      if (sorted[i].first == sorted[i - 1].first)
        wrong_inputs(index,
                     "'" + tree_.name_of(sorted[i].first) + "' stands twice under '" + gate.name +
                         "'",
                     "list every input once", sorted[i].second,
                     harmless ? Severity::warning : Severity::error);
  }

  void find_cycles() {
    enum : std::uint8_t { unmet, open, done };
    struct Visit {
      std::uint32_t gate;
      std::size_t next;
    };
    std::vector<std::uint8_t> state(tree_.gates.size(), unmet);
    std::vector<Visit> path;
    std::size_t found = 0;
    for (std::uint32_t start = 0; start < tree_.gates.size(); ++start) {
      if (state[start] != unmet) continue;
      path.push_back({start, 0});
      state[start] = open;
      while (!path.empty()) {
        const auto gate = path.back().gate;
        const auto at = path.back().next++;
        const auto& inputs = tree_.gates[gate].inputs;
        if (at == inputs.size()) {
          state[gate] = done;
          path.pop_back();
          continue;
        }
        if (!inputs[at].gate) continue;
        const auto below = inputs[at].index;
        if (state[below] == open) {
          std::vector<std::uint32_t> gates;
          for (const auto& visit : path) gates.push_back(visit.gate);
          if (++found <= kMostCycles) report_cycle(gates, below, at);
        } else if (state[below] == unmet) {
          state[below] = open;
          path.push_back({below, 0});
        }
        if (found > kMostCycles) return;
      }
    }
  }

  void report_cycle(const std::vector<std::uint32_t>& path, std::uint32_t to, std::size_t input) {
    const auto start = std::find(path.begin(), path.end(), to);
    const auto length = static_cast<std::size_t>(path.end() - start);
    std::string names;
    for (std::size_t i = 0; i < length && i < kMostNamesShown; ++i)
      names += tree_.gates[start[static_cast<std::ptrdiff_t>(i)]].name + " -> ";
    if (length > kMostNamesShown)
      names += count_of(length - kMostNamesShown, "more gate") + " -> ";
    add(Code::tree_cycle, Severity::error, Problem::Of::gate, path.back(),
        "gates refer to themselves: " + names + tree_.gates[to].name,
        "a cause cannot be its own effect: take one of these inputs out", input);
    has_cycle_ = true;
  }

  void check_top() {
    if (tree_.gates.empty()) {
      add(Code::tree_top, Severity::error, Problem::Of::tree, 0, "the tree has no gates",
          "a fault tree has one gate at least: the top");
      return;
    }
    if (tree_.top) return;
    const auto roots = roots_of(tree_);
    if (roots.size() == 1 || (roots.empty() && has_cycle_)) return;
    std::string names;
    for (std::size_t i = 0; i < roots.size() && i < kMostNamesShown; ++i)
      names += (i > 0 ? ", " : "") + tree_.gates[roots[i]].name;
    if (roots.size() > kMostNamesShown) names += ", ...";
    add(Code::tree_top, Severity::error, Problem::Of::gate, roots[1],
        count_of(roots.size(), "gate") + " could be the top: " + names,
        "say which one by 'top', or take the others out");
  }

  void check_events() {
    std::size_t unknown = 0, rates = 0;
    for (std::size_t i = 0; i < tree_.events.size(); ++i) {
      const auto& event = tree_.events[i];
      if (event.house) continue;
      // Not-a-number is outside as well.
      if (event.probability && !(*event.probability >= 0 && *event.probability <= 1))
        add(Code::out_of_range, Severity::error, Problem::Of::event, i,
            "the probability of '" + event.name + "' is out of range", "use 0 to 1");
      if (event.rate && !(*event.rate >= 0 && std::isfinite(*event.rate)))
        add(Code::out_of_range, Severity::error, Problem::Of::event, i,
            "the rate of '" + event.name + "' is out of range", "use failures per hour, 0 or more");
      if (probability_of(event, hours_) || grouped(i)) continue;
      ++unknown;
      rates += event.rate ? 1 : 0;
    }
    if (unknown == 0) return;
    const auto events = tree_.events.size();
    if (rates == unknown) {
      add(Code::tree_probability, Severity::warning, Problem::Of::tree, 0,
          count_of(rates, "event") + " by rate, and no time for which the rates act",
          "add 'missionTime', or give --time");
    } else if (unknown == events) {
      add(Code::tree_probability, Severity::info, Problem::Of::tree, 0,
          "no event has a probability: cut sets can be counted, not weighed",
          "add 'probability' or 'rate' to the events");
    } else {
      for (std::size_t i = 0; i < events; ++i)
        if (!tree_.events[i].house && !probability_of(tree_.events[i], hours_) && !grouped(i))
          add(Code::tree_probability, Severity::warning, Problem::Of::event, i,
              "the probability of '" + tree_.events[i].name + "' is not known",
              "without it the top has no probability either");
    }
  }

  bool grouped(std::size_t event) {
    if (in_group_.empty()) {
      in_group_.assign(tree_.events.size() + 1, false);
      for (const auto& group : tree_.groups)
        if (group.probability)
          for (const auto member : group.members) in_group_[member] = true;
    }
    return in_group_[event];
  }

  void check_unused() {
    if (has_cycle_) return;
    const auto top = top_of(tree_);
    if (!top) return;
    std::vector<bool> used(tree_.events.size(), false), reached(tree_.gates.size(), false);
    for (const auto gate : gates_bottom_up(tree_, *top)) {
      reached[gate] = true;
      for (const auto input : tree_.gates[gate].inputs)
        if (!input.gate) used[input.index] = true;
    }
    const auto where = "' is not under the top '" + tree_.gates[*top].name + "'";
    for (std::size_t i = 0; i < reached.size(); ++i)
      if (!reached[i])
        add(Code::tree_unused, Severity::warning, Problem::Of::gate, i,
            "gate '" + tree_.gates[i].name + where, "add it to a gate, or take it out");
    for (std::size_t i = 0; i < used.size(); ++i)
      if (!used[i])
        add(Code::tree_unused, Severity::warning, Problem::Of::event, i,
            "event '" + tree_.events[i].name + where, "add it to a gate, or take it out");
  }

  const FaultTree& tree_;
  std::optional<double> hours_;
  Problems& problems_;
  std::vector<bool> in_group_;
  bool has_cycle_ = false;
};

}  // namespace

Problems check_tree(const FaultTree& tree, std::optional<double> hours) {
  Problems problems;
  TreeCheck(tree, hours, problems).run();
  check_groups(tree, hours, problems);
  return problems;
}

}  // namespace nines::rca::tree
