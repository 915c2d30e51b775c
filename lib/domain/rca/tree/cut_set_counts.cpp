// Passes over the cut sets of a ZBDD: how many of each order, the most probable, their sum.
#include <algorithm>
#include <queue>

#include "domain/rca/tree/cut_sets.hpp"

namespace nines::rca::tree {
namespace {

/// 256 MiB of counts.
constexpr std::size_t kMostCells = std::size_t{1} << 23;

/// Orders of the sets below a node, and where their counts begin.
struct OrderRange {
  std::uint32_t least = 0, most = 0;
  std::size_t first = 0;
};

/// A set on its way: what was decided on the way from the root to `node`.
struct Partial {
  double bound;    ///< probability of the best set that it can become
  double product;  ///< of the events taken
  NodeId node;
  std::uint32_t taken;  ///< last of the events taken, in the list of steps; 0 = none
  std::uint64_t age;
};

/// Later ones first among equals: that ends in whole sets soonest.
struct LessPromising {
  bool operator()(const Partial& a, const Partial& b) const {
    if (a.bound != b.bound) return a.bound < b.bound;
    return a.age < b.age;
  }
};

struct TakenEvent {
  std::uint32_t level, before;
};

std::vector<double> best_products(const CutSets& sets, const std::vector<double>& chance) {
  const auto& diagram = sets.diagram();
  std::vector<double> best(static_cast<std::size_t>(sets.root()) + 2, -1);
  best[kOne] = 1;
  for (const auto id : diagram.reachable(sets.root())) {
    const auto& node = diagram[id];
    best[id] = std::max(chance[node.level] * best[node.high], best[node.low]);
  }
  return best;
}

CutSet set_of(const Partial& partial, const std::vector<TakenEvent>& steps) {
  CutSet set;
  set.probability = partial.product;
  for (auto at = partial.taken; at != 0; at = steps[at].before) set.levels.push_back(steps[at].level);
  std::reverse(set.levels.begin(), set.levels.end());
  return set;
}

}  // namespace

Count& Count::operator+=(const Count& other) {
  more = more || other.more || value + other.value < value;
  value = more ? ~WideUnsigned{0} : value + other.value;
  return *this;
}

std::string to_string(const Count& count) {
  std::string digits;
  auto rest = count.value;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest > 0);
  std::reverse(digits.begin(), digits.end());
  return (count.more ? "more than " : "") + digits;
}

std::optional<OrderCounts> count_by_order(const CutSets& sets) {
  const auto& diagram = sets.diagram();
  const auto root = sets.root();
  OrderCounts counts;
  if (root == kZero) return counts;
  const auto ids = diagram.reachable(root);
  std::vector<OrderRange> ranges(static_cast<std::size_t>(root) + 1);
  std::size_t size = 1;  // the one cell of kOne
  for (const auto id : ids) {
    const auto& node = diagram[id];
    const auto &high = ranges[node.high], &low = ranges[node.low];
    auto& own = ranges[id];
    own = {high.least + 1, high.most + 1, size};
    if (node.low != kZero)
      own = {std::min(own.least, low.least), std::max(own.most, low.most), size};
    size += own.most - own.least + 1;
    if (size > kMostCells) return std::nullopt;
  }
  std::vector<Count> cells(size);
  cells[0] = {1, false};
  for (const auto id : ids) {
    const auto& node = diagram[id];
    const auto &high = ranges[node.high], &low = ranges[node.low], &own = ranges[id];
    for (auto k = high.least; k <= high.most; ++k)
      cells[own.first + k + 1 - own.least] += cells[high.first + k - high.least];
    if (node.low == kZero) continue;
    for (auto k = low.least; k <= low.most; ++k)
      cells[own.first + k - own.least] += cells[low.first + k - low.least];
  }
  const auto& range = ranges[root];
  counts.by_order.resize(range.most + 1);
  for (auto k = range.least; k <= range.most; ++k) {
    counts.by_order[k] = cells[range.first + k - range.least];
    counts.total += counts.by_order[k];
  }
  return counts;
}

std::vector<CutSet> most_probable(const CutSets& sets, const std::vector<double>& chance,
                                  std::size_t most) {
  std::vector<CutSet> found;
  if (sets.root() == kZero) return found;
  const auto& diagram = sets.diagram();
  const auto best = best_products(sets, chance);
  std::vector<TakenEvent> steps(1);
  std::priority_queue<Partial, std::vector<Partial>, LessPromising> open;
  std::uint64_t age = 0;
  open.push({best[sets.root()], 1, sets.root(), 0, age++});
  while (!open.empty() && found.size() < most) {
    const auto partial = open.top();
    open.pop();
    if (partial.node == kOne) {
      found.push_back(set_of(partial, steps));
      continue;
    }
    // The child that holds the best set keeps the bound to the last digit: among millions of sets
    // of one probability, rounding would else make a search in breadth of a walk down.
    const auto& node = diagram[partial.node];
    const auto product = partial.product * chance[node.level];
    const double high = chance[node.level] * best[node.high], low = best[node.low];
    if (node.low != kZero)
      open.push({low >= high ? partial.bound : partial.product * low, partial.product, node.low,
                 partial.taken, age++});
    steps.push_back({node.level, partial.taken});
    open.push({high >= low ? partial.bound : product * best[node.high], product, node.high,
               static_cast<std::uint32_t>(steps.size() - 1), age++});
  }
  std::stable_sort(found.begin(), found.end(), [](const CutSet& a, const CutSet& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    if (a.levels.size() != b.levels.size()) return a.levels.size() < b.levels.size();
    return a.levels < b.levels;
  });
  return found;
}

double rare_event_sum(const CutSets& sets, const std::vector<double>& chance) {
  std::vector<double> sum(static_cast<std::size_t>(sets.root()) + 2, 0);
  sum[kOne] = 1;
  for (const auto id : sets.diagram().reachable(sets.root())) {
    const auto& node = sets.diagram()[id];
    sum[id] = chance[node.level] * sum[node.high] + sum[node.low];
  }
  return sum[sets.root()];
}

}  // namespace nines::rca::tree
