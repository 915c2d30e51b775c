// Conditions a fault tree on what was seen: known events are constants, known gates are factors.
#include "domain/rca/tree/observe.hpp"

#include <algorithm>
#include <cmath>

#include "domain/rca/tree/function.hpp"

namespace nines::rca::tree {
namespace {

double entropy_bits(double p) {
  if (p <= 0 || p >= 1) return 0;
  return -p * std::log2(p) - (1 - p) * std::log2(1 - p);
}

bool is_unknown(const Chances& chances, std::uint32_t event) {
  return std::binary_search(chances.unknown.begin(), chances.unknown.end(), event);
}

/// How many cut sets `function` has where the variable of `level` is known.
std::optional<Count> sets_left(Bdd& bdd, NodeId function, std::uint32_t level, bool value,
                               std::size_t nodes) {
  const auto rest = bdd.restricted(function, level, value);
  if (bdd.full()) return std::nullopt;
  const auto sets = CutSets::of(bdd.diagram(), rest, nodes);
  const auto counts = sets ? count_by_order(*sets) : std::nullopt;
  return counts ? std::optional(counts->total) : std::nullopt;
}

void weigh(const Compiled& compiled, NodeId explained,
           const Chances& chances, const std::vector<Known>& known, Observed& out) {
  const auto& diagram = compiled.bdd.diagram();
  const double both = probability_of(diagram, explained, chances.by_level);
  const double seen = probability_of(diagram, compiled.known, chances.by_level);
  if (seen <= 0) {
    out.state = Observed::State::impossible;
    return;
  }
  out.probability = std::min(1.0, both / seen);
  if (both <= 0) {
    out.state = Observed::State::ruled_out;
    return;
  }
  const auto measures = importance_of(diagram, explained, chances.by_level);
  for (std::size_t level = 0; level < compiled.events.size(); ++level) {
    const auto event = compiled.events[level];
    const bool seen_itself =
        std::any_of(known.begin(), known.end(),
                    [&](const Known& one) { return one.ref == Ref{false, event}; });
    if (seen_itself || is_unknown(chances, event)) continue;
    out.posteriors.push_back(
        {event, chances.by_level[level], measures[level].posterior.value_or(0)});
  }
  std::sort(out.posteriors.begin(), out.posteriors.end(), [](const Posterior& a, const Posterior& b) {
    return a.now != b.now ? a.now > b.now : a.event < b.event;
  });
  out.next = most_telling(out.posteriors);
}

}  // namespace

std::optional<NextLook> most_telling(const std::vector<Posterior>& posteriors) {
  std::optional<NextLook> best;
  for (const auto& one : posteriors) {
    const double bits = entropy_bits(one.now);
    if (bits > 0 && (!best || bits > best->bits || (bits == best->bits && one.event < best->event)))
      best = NextLook{one.event, one.now, bits, {}, {}};
  }
  return best;
}

Observed observe(const FaultTree& tree, std::uint32_t top, const std::vector<Known>& known,
                 const SolveLimits& limits) {
  Observed out;
  auto fitting = compile_fitting(tree, top, known, limits.nodes);
  if (!fitting) {
    out.state = Observed::State::too_large;
    return out;
  }
  auto& compiled = fitting->compiled;
  const auto explained = compiled.bdd.both(compiled.top, compiled.known);
  if (compiled.bdd.full()) {
    out.state = Observed::State::too_large;
    return out;
  }
  const auto chances = chances_of(tree, compiled.events, limits.hours);
  for (const auto function : {explained, compiled.known}) {
    const auto support = support_of(compiled.bdd.diagram(), function, compiled.events.size());
    for (std::size_t level = 0; level < compiled.events.size(); ++level)
      if (support[level] && is_unknown(chances, compiled.events[level]))
        out.unknown.push_back(compiled.events[level]);
  }
  std::sort(out.unknown.begin(), out.unknown.end());
  out.unknown.erase(std::unique(out.unknown.begin(), out.unknown.end()), out.unknown.end());
  if (compiled.known == kZero)
    out.state = Observed::State::impossible;
  else if (explained == kZero)
    out.state = Observed::State::ruled_out;
  if (out.state != Observed::State::open) return out;
  if (out.unknown.empty()) weigh(compiled, explained, chances, known, out);
  const auto sets = CutSets::of(compiled.bdd.diagram(), explained, limits.nodes);
  if (!sets) return out;
  out.cut_sets = count_by_order(*sets);
  out.most_probable = list_sets(*sets, compiled.events, chances, limits.listed);
  if (!out.next) return out;
  const auto level = static_cast<std::uint32_t>(
      std::find(compiled.events.begin(), compiled.events.end(), out.next->event) -
      compiled.events.begin());
  out.next->left_if_occurred = sets_left(compiled.bdd, explained, level, true, limits.nodes);
  out.next->left_if_not = sets_left(compiled.bdd, explained, level, false, limits.nodes);
  return out;
}

}  // namespace nines::rca::tree
