// Builds decision diagrams gate by gate, from the bottom up, by and, or and xor of two diagrams.
#include "domain/rca/tree/bdd.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

/// Steps that find their answer in the cache make no node; without a limit on them a hostile tree
/// could work for ever within its nodes.
constexpr std::size_t kStepsPerNode = 16;

class Compiler {
 public:
  Compiler(const FaultTree& tree, const std::vector<Known>& known, Compiled& out)
      : tree_(tree), out_(out), bdd_(out.bdd), gates_(tree.gates.size(), kZero) {
    events_.assign(tree.events.size(), kZero);
    for (std::uint32_t level = 0; level < out.events.size(); ++level)
      events_[out.events[level]] = bdd_.variable(level);
    for (std::size_t i = 0; i < tree.events.size(); ++i)
      if (tree.events[i].house) events_[i] = tree.events[i].state ? kOne : kZero;
    for (const auto& one : known)
      if (!one.ref.gate) events_[one.ref.index] = one.value ? kOne : kZero;
  }

  /// False when the nodes did not suffice.
  bool run(std::uint32_t top, const std::vector<Known>& known) {
    for (const auto gate : gates_bottom_up(tree_, top)) {
      gates_[gate] = function_of(tree_.gates[gate]);
      if (bdd_.full()) return false;
    }
    out_.top = gates_[top];
    for (const auto& one : known) {
      if (!one.ref.gate) continue;
      const auto gate = gates_[one.ref.index];
      out_.known = bdd_.both(out_.known, one.value ? gate : bdd_.negation(gate));
    }
    return !bdd_.full();
  }

 private:
  NodeId function_of(const Gate& gate) {
    std::vector<NodeId> inputs;
    for (const auto input : gate.inputs)
      inputs.push_back(input.gate ? gates_[input.index] : events_[input.index]);
    switch (gate.op) {
      case Operator::and_:
        return folded(std::move(inputs), true);
      case Operator::or_:
        return folded(std::move(inputs), false);
      case Operator::nand:
        return bdd_.negation(folded(std::move(inputs), true));
      case Operator::nor:
      case Operator::not_:
        return bdd_.negation(folded(std::move(inputs), false));
      case Operator::xor_:
        return parity(inputs);
      case Operator::iff:
        return bdd_.negation(parity(inputs));
      case Operator::imply:
        return bdd_.either(bdd_.negation(inputs[0]), inputs[1]);
      case Operator::atleast:
        return at_least(std::move(inputs), gate.least);
    }
    return kZero;
  }

  /// What lies deepest in the order comes first: then each step works near the top of the result.
  void deepest_first(std::vector<NodeId>& inputs) const {
    std::stable_sort(inputs.begin(), inputs.end(), [&](NodeId a, NodeId b) {
      return bdd_.diagram()[a].level > bdd_.diagram()[b].level;
    });
  }

  NodeId folded(std::vector<NodeId> inputs, bool all) {
    deepest_first(inputs);
    NodeId result = all ? kOne : kZero;
    for (const auto input : inputs) {
      result = all ? bdd_.both(input, result) : bdd_.either(input, result);
      if (bdd_.full()) return kZero;
    }
    return result;
  }

  NodeId parity(const std::vector<NodeId>& inputs) {
    NodeId result = kZero;
    for (const auto input : inputs) result = bdd_.differ(input, result);
    return result;
  }

  /// counted[j]: j or more of the inputs met so far.
  NodeId at_least(std::vector<NodeId> inputs, std::uint32_t least) {
    deepest_first(inputs);
    std::vector<NodeId> counted(least + 1, kZero);
    counted[0] = kOne;
    for (const auto input : inputs) {
      for (auto j = least; j > 0; --j) {
        counted[j] = bdd_.either(bdd_.both(input, counted[j - 1]), counted[j]);
        if (bdd_.full()) return kZero;
      }
    }
    return counted[least];
  }

  const FaultTree& tree_;
  Compiled& out_;
  Bdd& bdd_;
  std::vector<NodeId> gates_;
  std::vector<NodeId> events_;
};

}  // namespace

Bdd::Bdd(std::size_t nodes)
    : diagram_(nodes), steps_left_(std::min(nodes, kMostNodes) * kStepsPerNode) {}

bool Bdd::settle(Operation op, NodeId& f, NodeId& g, NodeId& result) {
  if (f < g) std::swap(f, g);  // g is the terminal, if one is
  switch (op) {
    case kAnd:
      if (g == kZero || f == g || g == kOne) {
        result = g == kOne ? f : g;
        return true;
      }
      break;
    case kOr:
      if (g == kOne || f == g || g == kZero) {
        result = g == kZero ? f : g;
        return true;
      }
      break;
    case kXor:
      if (g == kZero || f == g) {
        result = f == g ? kZero : f;
        return true;
      }
      break;
  }
  const auto known = cache_.find(op, f, g);
  if (known == ResultCache::kNothing) return false;
  result = known;
  return true;
}

void Bdd::push(NodeId f, NodeId g) {
  stack_.push_back({f, g, std::min(diagram_[f].level, diagram_[g].level), kZero, kZero, 0});
}

NodeId Bdd::apply(Operation op, NodeId f, NodeId g) {
  NodeId result = kZero;
  if (--steps_left_ == 0) diagram_.give_up();
  if (full()) return kZero;
  if (settle(op, f, g, result)) return result;
  stack_.clear();
  push(f, g);
  while (!stack_.empty()) {
    if (--steps_left_ == 0) diagram_.give_up();
    if (full()) return kZero;
    auto& frame = stack_.back();
    if (frame.stage < 2) {  // asks for the high child first, then for the low one
      const bool high = frame.stage++ == 0;
      const auto &a = diagram_[frame.f], &b = diagram_[frame.g];
      NodeId x = a.level != frame.level ? frame.f : high ? a.high : a.low;
      NodeId y = b.level != frame.level ? frame.g : high ? b.high : b.low;
      if (settle(op, x, y, result))
        (high ? frame.high : frame.low) = result;
      else
        push(x, y);
      continue;
    }
    result = frame.high == frame.low ? frame.low
                                     : diagram_.make(frame.level, frame.high, frame.low);
    cache_.fit(diagram_.size());
    cache_.keep(op, frame.f, frame.g, result);
    stack_.pop_back();
    if (!stack_.empty()) (stack_.back().stage == 1 ? stack_.back().high : stack_.back().low) = result;
  }
  return result;
}

NodeId Bdd::restricted(NodeId f, std::uint32_t level, bool value) {
  if (f <= kOne) return f;
  const auto ids = diagram_.reachable(f);
  std::vector<NodeId> now(f + 1, kZero);
  now[kOne] = kOne;
  for (const auto id : ids) {
    const auto node = diagram_[id];
    if (node.level == level) {
      now[id] = now[value ? node.high : node.low];
      continue;
    }
    const auto high = now[node.high], low = now[node.low];
    now[id] = high == low ? low : diagram_.make(node.level, high, low);
  }
  return full() ? kZero : now[f];
}

std::optional<Compiled> compile(const FaultTree& tree, std::uint32_t top,
                                const std::vector<std::uint32_t>& events,
                                const std::vector<Known>& known, std::size_t nodes) {
  Compiled compiled{Bdd(nodes), events, kZero, kOne};
  if (!Compiler(tree, known, compiled).run(top, known)) return std::nullopt;
  return compiled;
}

}  // namespace nines::rca::tree
