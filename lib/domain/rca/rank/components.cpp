// Strongly connected components without recursion, and the cycles they hold.
#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "domain/rca/rank/cascade.hpp"

namespace nines::rca {
namespace {

constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();

/// Tarjan 1972 with its own stack: a graph of 100,000 nodes in a row must not overflow ours.
class Tarjan {
 public:
  explicit Tarjan(const std::vector<std::vector<std::uint32_t>>& edges)
      : edges_(edges), index_(edges.size(), kNone), low_(edges.size(), 0), open_(edges.size()) {
    found_.of.assign(edges.size(), kNone);
  }

  Components run() {
    for (std::uint32_t node = 0; node < edges_.size(); ++node)
      if (index_[node] == kNone) walk(node);
    return std::move(found_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::size_t next = 0;
  };

  void enter(std::uint32_t node) {
    index_[node] = low_[node] = counter_++;
    open_[node] = true;
    waiting_.push_back(node);
    frames_.push_back({node});
  }

  void walk(std::uint32_t start) {
    enter(start);
    while (!frames_.empty()) {
      auto& frame = frames_.back();
      const auto node = frame.node;
      if (frame.next < edges_[node].size()) {
        const auto to = edges_[node][frame.next++];
        if (index_[to] == kNone)
          enter(to);
        else if (open_[to])
          low_[node] = std::min(low_[node], index_[to]);
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        const auto caller = frames_.back().node;
        low_[caller] = std::min(low_[caller], low_[node]);
      }
      if (low_[node] == index_[node]) close(node);
    }
  }

  void close(std::uint32_t first) {
    auto& members = found_.members.emplace_back();
    while (true) {
      const auto node = waiting_.back();
      waiting_.pop_back();
      open_[node] = false;
      found_.of[node] = static_cast<std::uint32_t>(found_.members.size() - 1);
      members.push_back(node);
      if (node == first) break;
    }
  }

  const std::vector<std::vector<std::uint32_t>>& edges_;
  std::vector<std::uint32_t> index_, low_;
  std::vector<bool> open_;
  std::vector<std::uint32_t> waiting_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0;
  Components found_;
};

/// `way` is its start, then its other nodes from the last to the first; of many the first few.
std::string shown_cycle(const CallGraph& graph, const std::vector<std::uint32_t>& way) {
  constexpr std::size_t kMostShown = 8;
  std::string text = graph.nodes[way.front()];
  const std::size_t shown = way.size() > kMostShown + 1 ? kMostShown : way.size();
  for (std::size_t i = 1; i < shown; ++i) text += " -> " + graph.nodes[way[way.size() - i]];
  if (shown < way.size()) text += " -> " + group_digits(way.size() - shown) + " more";
  return text + " -> " + graph.nodes[way.front()];
}

/// The shortest way from `start` back to it inside its component.
std::string cycle_through(const CallGraph& graph, const Components& components,
                          std::uint32_t start) {
  std::vector<std::uint32_t> queue = {start};
  std::vector<std::uint32_t> from(graph.nodes.size(), kNone);
  for (std::size_t at = 0; at < queue.size(); ++at)
    for (const auto to : graph.callees[queue[at]]) {
      if (components.of[to] != components.of[start]) continue;
      if (to == start) {
        std::vector<std::uint32_t> way = {start};
        for (auto node = queue[at]; node != start; node = from[node]) way.push_back(node);
        return shown_cycle(graph, way);
      }
      if (from[to] != kNone) continue;
      from[to] = queue[at];
      queue.push_back(to);
    }
  return {};
}

}  // namespace

Components components_of(const std::vector<std::vector<std::uint32_t>>& edges) {
  return Tarjan(edges).run();
}

std::vector<std::string> name_cycles(const CallGraph& graph, std::size_t most) {
  std::vector<std::string> cycles;
  const auto components = components_of(graph.callees);
  for (const auto& members : components.members) {
    if (cycles.size() == most) break;
    // Most parts of a large graph are one node: a search of the whole graph for each would be slow.
    const auto& own = graph.callees[members.front()];
    if (members.size() == 1 && std::find(own.begin(), own.end(), members.front()) == own.end())
      continue;
    const auto start = *std::min_element(
        members.begin(), members.end(),
        [&](std::uint32_t a, std::uint32_t b) { return graph.nodes[a] < graph.nodes[b]; });
    if (auto cycle = cycle_through(graph, components, start); !cycle.empty())
      cycles.push_back(std::move(cycle));
  }
  return cycles;
}

}  // namespace nines::rca
