// Minimal solutions of a decision diagram, and the subsumption they need.
#include "domain/rca/tree/cut_sets.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

constexpr std::uint32_t kWithout = 0;
constexpr std::size_t kStepsPerSetNode = 64;

}  // namespace

CutSets::CutSets(std::size_t nodes)
    : diagram_(nodes), steps_left_(std::min(nodes, kMostNodes) * kStepsPerSetNode) {}

std::optional<CutSets> CutSets::of(const Diagram& bdd, NodeId function, std::size_t nodes) {
  CutSets sets(nodes);
  if (function <= kOne) {
    sets.root_ = function;
    return sets;
  }
  std::vector<NodeId> minimal(function + 1, kZero);
  minimal[kOne] = kOne;
  for (const auto id : bdd.reachable(function)) {
    const auto& node = bdd[id];
    const auto low = minimal[node.low];
    minimal[id] = sets.make(node.level, sets.without(minimal[node.high], low), low);
    if (sets.diagram_.full()) return std::nullopt;
  }
  sets.root_ = minimal[function];
  return sets;
}

bool CutSets::settle(NodeId a, NodeId& b, NodeId& result) {
  // Every family here is one of minimal sets: one that is not {{}} does not hold the empty set.
  if (a == kOne && b != kOne) {
    result = kOne;
    return true;
  }
  for (; diagram_[b].level < diagram_[a].level; b = diagram_[b].low) {  // no set of `a` holds it
    if (--steps_left_ > 0) continue;
    diagram_.give_up();
    result = kZero;
    return true;
  }
  if (a == kZero || b == kOne || a == b) {
    result = kZero;
    return true;
  }
  if (b == kZero) {
    result = a;
    return true;
  }
  result = cache_.find(kWithout, a, b);
  return result != ResultCache::kNothing;
}

/// (x, a1, a0) without (x, b1, b0) = (x, (a1 without b1) without b0, a0 without b0).
NodeId CutSets::without(NodeId a, NodeId b) {
  NodeId result = kZero;
  if (diagram_.full()) return kZero;
  if (settle(a, b, result)) return result;
  stack_.clear();
  stack_.push_back({a, b, kZero, kZero, 0});
  while (!stack_.empty()) {
    if (--steps_left_ == 0) diagram_.give_up();
    if (diagram_.full()) return kZero;
    auto& frame = stack_.back();
    if (frame.stage < 3) {
      const auto &x = diagram_[frame.a], &y = diagram_[frame.b];
      const bool same = x.level == y.level;
      NodeId from = kZero, other = kZero;
      switch (frame.stage++) {
        case 0:
          from = x.high;
          other = same ? y.high : frame.b;
          break;
        case 1:
          if (!same) continue;
          from = frame.high;
          other = y.low;
          break;
        default:
          from = x.low;
          other = same ? y.low : frame.b;
          break;
      }
      if (settle(from, other, result))
        (frame.stage == 3 ? frame.low : frame.high) = result;
      else
        stack_.push_back({from, other, kZero, kZero, 0});
      continue;
    }
    result = make(diagram_[frame.a].level, frame.high, frame.low);
    cache_.fit(diagram_.size());
    cache_.keep(kWithout, frame.a, frame.b, result);
    stack_.pop_back();
    if (!stack_.empty()) (stack_.back().stage == 3 ? stack_.back().low : stack_.back().high) = result;
  }
  return result;
}

}  // namespace nines::rca::tree
