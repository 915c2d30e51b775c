// Services by what moved with a symptom, along the calls that lead to it.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/rca/rank/service_order.hpp"
#include "domain/rca/rank/suspect.hpp"

namespace nines::rca {
namespace {

using Role = CascadePlace::Role;
constexpr int kLastTier = 7;

class BySymptom {
 public:
  BySymptom(const MetricTable& before, const MetricTable& now, const MetricName& target,
            const std::optional<CallGraph>& graph)
      : now_(now), target_(target), moved_(moved_columns(before, now)), has_graph_(graph) {
    const auto& column = moved_.columns[place_of(target)];
    symptom_ = symptom_of(column, before.times.size(), now.times.size());
    collect(graph);
    for (auto& one : suspects_) weigh(one);
  }

  Ranking rank() {
    Ranking ranking;
    ranking.method = has_graph_ ? "contrast with the baseline's own windows, deepest first along "
                                  "the calls from the target"
                                : "contrast with the baseline's own windows; no call graph";
    note_graph(ranking);
    trace();
    judge(ranking);
    if (!ranking.anomalous) return ranking;
    for (auto& one : suspects_) one.key = key_of(one);
    std::stable_sort(suspects_.begin(), suspects_.end(), [&](const Suspect& a, const Suspect& b) {
      return std::pair(tier(a), -a.key) < std::pair(tier(b), -b.key);
    });
    for (const auto& one : suspects_)
      ranking.services.push_back({one.service, score(one), reason(one)});
    append_metrics(moved_, now_.times, ranking);
    return ranking;
  }

 private:
  std::size_t place_of(const MetricName& name) const {
    const auto found = std::lower_bound(
        moved_.columns.begin(), moved_.columns.end(), name,
        [](const PairedColumn& column, const MetricName& wanted) { return column.name < wanted; });
    return static_cast<std::size_t>(found - moved_.columns.begin());
  }

  /// Every service of the tables and of the graph, by name.
  void collect(const std::optional<CallGraph>& graph) {
    std::map<std::string, std::uint32_t> place;
    std::set<std::string_view> drawn;
    for (const auto& [service, columns] : moved_.by_service) place.emplace(service, 0);
    if (graph)
      for (const auto& node : graph->nodes) {
        place.emplace(node, 0);
        drawn.insert(node);
      }
    for (auto& [service, index] : place) {
      index = static_cast<std::uint32_t>(suspects_.size());
      Suspect one;
      one.service = service;
      one.in_graph = !graph || drawn.contains(service);
      const MetricName wanted{service, target_.metric, target_.statistic};
      const auto column = place_of(wanted);
      if (column < moved_.columns.size() && moved_.columns[column].name == wanted)
        one.column = column;
      suspects_.push_back(std::move(one));
      graph_.nodes.push_back(service);
    }
    target_index_ = place.at(target_.service);
    graph_.callees.resize(suspects_.size());
    if (!graph) return;
    for (std::size_t i = 0; i < graph->nodes.size(); ++i)
      for (const auto callee : graph->callees[i])
        graph_.callees[place.at(graph->nodes[i])].push_back(place.at(graph->nodes[callee]));
    for (auto& callees : graph_.callees) {
      std::sort(callees.begin(), callees.end());
      callees.erase(std::unique(callees.begin(), callees.end()), callees.end());
    }
  }

  void weigh(Suspect& one) const {
    if (one.column) one.evidence = evidence_of(moved_.columns[*one.column], symptom_);
    one.moved = has_moved(one.evidence);
  }

  const Suspect& target() const { return suspects_[target_index_]; }

  void trace() {
    std::vector<CascadeNode> nodes(suspects_.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& one = suspects_[i];
      nodes[i] = {one.evidence.measured, one.moved, one.evidence.spreads, one.evidence.relative};
    }
    nodes[target_index_].moved = nodes[target_index_].measured = true;
    if (!has_graph_) {
      // Nobody says who calls whom: each that moved may be the cause.
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto& place = suspects_[i].place;
        place.role = nodes[i].moved ? Role::root : Role::called;
        place.evidence = std::log1p(std::max(0.0, nodes[i].spreads));
      }
      return;
    }
    auto places = trace_cascade(graph_, nodes, target_index_, is_additive_time(target_.metric));
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto& one = suspects_[i];
      one.place = std::move(places[i]);
      if (one.place.role == Role::behind_gap && !stands_out(one)) one.place.role = Role::called;
      // A graph that leaves a service out does not say that it is not called.
      if (!one.in_graph && stands_out(one)) {
        one.place.role = Role::behind_gap;
        one.place.evidence = std::log1p(std::max(0.0, one.evidence.spreads));
      }
    }
  }

  void judge(Ranking& ranking) const {
    const auto& evidence = target().evidence;
    const auto name = to_string(target_);
    if (!evidence.measured) {
      ranking.because = "'" + name + "' was not measured both before and now";
      return;
    }
    if (evidence.basis != SymptomEvidence::Basis::none) ranking.chance = evidence.chance;
    const auto with_it = std::count_if(suspects_.begin(), suspects_.end(), [&](const auto& one) {
      return &one != &target() && is_linked(one);
    });
    const bool symptom = is_rare(evidence, kSymptomChance);
    ranking.anomalous = (symptom && with_it > 0) || evidence.far_beyond ||
                        (symptom && evidence.basis == SymptomEvidence::Basis::none);
    const bool up = symptom_.direction > 0;
    auto moved =
        fmt::format("{} by {} usual spreads", up ? "rose" : "fell", short_number(evidence.spreads));
    if (evidence.spreads <= 0) moved = up ? "did not rise" : "did not fall";
    ranking.because = fmt::format("'{}' {}: {}; {} moved with it", name, moved, rarity(evidence),
                                  count_of(static_cast<std::uint64_t>(with_it), "other service"));
    if (evidence.basis == SymptomEvidence::Basis::windows)
      ranking.because +=
          fmt::format(". Asked: at most {:.0f} % and another, or half as much again as any",
                      100 * kSymptomChance);
  }

  void note_graph(Ranking& ranking) const {
    constexpr std::size_t kMostCycles = 3;
    for (const auto& cycle : name_cycles(graph_, kMostCycles))
      ranking.notes.push_back("calls go in a cycle: " + cycle);
    if (!has_graph_) return;
    if (graph_.callees[target_index_].empty())
      ranking.notes.push_back("in the graph '" + target_.service + "' calls nobody");
  }

  const Movement* best_movement(const Suspect& one) const {
    const auto found = moved_.by_service.find(one.service);
    return found == moved_.by_service.end() ? nullptr : &moved_.movements[found->second.front()];
  }

  int tier(const Suspect& one) const {
    const bool is_target = one.service == target_.service;
    switch (one.place.role) {
      case Role::root:
        return is_target && has_graph_ ? 3 : 0;
      case Role::on_path:
        return is_target ? 3 : 1;
      case Role::behind_gap:
        return 2;
      case Role::called:
        return one.evidence.measured ? 4 : 5;
      case Role::not_called:
        return one.evidence.measured ? 6 : 7;
    }
    return kLastTier;
  }

  double key_of(const Suspect& one) const {
    if (tier(one) < 4) return settled(one.place.evidence);
    if (one.evidence.measured)
      return settled(-std::log(one.evidence.chance) +
                     0.001 * std::max(0.0, one.evidence.spreads / (1 + one.evidence.spreads)));
    const auto* movement = best_movement(one);
    return movement != nullptr ? movement->score : 0;
  }

  /// The tier counted from below, and a share of one for the place inside it.
  double score(const Suspect& one) const {
    const double key = std::max(0.0, one.key);
    return settled(kLastTier - tier(one) + key / (1 + key));
  }

  std::string movement_text(const Suspect& one) const {
    auto metric = target_.metric;
    if (!target_.statistic.empty()) metric += " " + target_.statistic;
    const auto& evidence = one.evidence;
    return fmt::format("{} {} to {}, {} usual spreads; {}", metric, short_number(evidence.usual),
                       short_number(evidence.reached), short_number(evidence.spreads),
                       rarity(evidence));
  }

  std::string fallback_text(const Suspect& one) const {
    if (one.evidence.measured) return movement_text(one);
    const auto found = moved_.by_service.find(one.service);
    if (found == moved_.by_service.end()) return "no metrics";
    const std::size_t column = found->second.front();
    return "no " + target_.metric + " to compare; " +
           describe(moved_.columns[column], moved_.movements[column], now_.times);
  }

  std::string names_of(const std::vector<std::uint32_t>& nodes) const {
    constexpr std::size_t kMostNames = 3;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(nodes.size(), kMostNames); ++i)
      names.push_back(graph_.nodes[nodes[i]]);
    auto text = join(names, ", ");
    if (nodes.size() > kMostNames) text += fmt::format(" and {} more", nodes.size() - kMostNames);
    return text;
  }

  std::string reason(const Suspect& one) const {
    const bool is_target = one.service == target_.service;
    switch (one.place.role) {
      case Role::root: {
        std::string text = !has_graph_ ? "moved with the symptom: "
                           : is_target ? "the target itself, and nothing it calls explains it: "
                                       : "deepest that moved with the symptom: ";
        text += movement_text(one);
        if (!one.place.explains.empty()) text += "; would explain " + names_of(one.place.explains);
        return text;
      }
      case Role::on_path:
        return "moved, and so did what it calls: " + movement_text(one);
      case Role::behind_gap:
        return (one.in_graph ? "moved with the symptom, though nothing between did: "
                             : "moved with the symptom, and the graph does not name it: ") +
               movement_text(one);
      case Role::called:
        return (has_graph_ ? "called, did not move with the symptom: "
                           : "did not move with the symptom: ") +
               fallback_text(one);
      case Role::not_called:
        return (one.in_graph ? "the target does not call it: " : "the graph does not name it: ") +
               fallback_text(one);
    }
    return {};
  }

  const MetricTable& now_;
  MetricName target_;
  MovedColumns moved_;
  bool has_graph_;
  Symptom symptom_;
  std::vector<Suspect> suspects_;  ///< by name, in the order of graph_.nodes
  CallGraph graph_;
  std::uint32_t target_index_ = 0;
};

}  // namespace

Ranking rank_by_symptom(const MetricTable& before, const MetricTable& now, const MetricName& target,
                        const std::optional<CallGraph>& graph) {
  return BySymptom(before, now, target, graph).rank();
}

std::optional<MetricName> find_target(const MetricTable& table, std::string_view text) {
  std::optional<MetricName> found;
  int found_worth = -1;
  for (const auto& column : table.columns) {
    const auto& name = column.name;
    if (to_string(name) == text) return name;
    if (name.service + "|" + name.metric != text) continue;
    const auto statistic = to_lower_ascii(name.statistic);
    const int worth = statistic == "average" || statistic == "mean" || statistic == "avg" ? 1 : 0;
    if (worth <= found_worth) continue;
    found = name;
    found_worth = worth;
  }
  return found;
}

}  // namespace nines::rca
