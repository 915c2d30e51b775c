// Names of the values of an analysis, and the forest that its hypotheses are.
#include "domain/rca/analysis/model.hpp"

#include <array>
#include <map>

#include "base/enum_names.hpp"

namespace nines::rca {
namespace {

constexpr EnumNames<Method, 6> kMethods{{"timeline", "five-whys", "change-analysis", "fault-tree",
                                         "causal-graph", "control-structure"}};
constexpr EnumNames<Layer, 7> kLayers{
    {"", "technical", "tooling", "training", "process", "time-pressure", "external"}};
constexpr EnumNames<HypothesisState, 5> kHypothesisStates{
    {"open", "confirmed", "refuted", "suspected", "accepted-unknown"}};
constexpr EnumNames<EvidenceKind, 6> kEvidenceKinds{
    {"log", "metric", "change", "trace", "reproduction", "testimony"}};
constexpr EnumNames<Strength, 5> kStrengths{{"1/10", "1/3", "1", "3", "10"}};
constexpr EnumNames<AnalysisState, 3> kAnalysisStates{{"open", "concluded", "stopped"}};

}  // namespace

std::string_view to_string(Method method) { return kMethods.of(method); }
std::string_view to_string(Layer layer) { return kLayers.of(layer); }
std::string_view to_string(HypothesisState state) { return kHypothesisStates.of(state); }
std::string_view to_string(EvidenceKind kind) { return kEvidenceKinds.of(kind); }
std::string_view to_string(Strength strength) { return kStrengths.of(strength); }
std::string_view to_string(AnalysisState state) { return kAnalysisStates.of(state); }

std::optional<Method> method_from(std::string_view text) { return kMethods.find(text); }
std::optional<Layer> layer_from(std::string_view text) { return kLayers.find(text); }
std::optional<HypothesisState> hypothesis_state_from(std::string_view text) {
  return kHypothesisStates.find(text);
}
std::optional<EvidenceKind> evidence_kind_from(std::string_view text) {
  return kEvidenceKinds.find(text);
}
std::optional<Strength> strength_from(std::string_view text) { return kStrengths.find(text); }

std::vector<std::string_view> method_names() { return kMethods.all(); }
std::vector<std::string_view> layer_names() {
  auto names = kLayers.all();
  names.erase(names.begin());
  return names;
}
std::vector<std::string_view> hypothesis_state_names() { return kHypothesisStates.all(); }
std::vector<std::string_view> evidence_kind_names() { return kEvidenceKinds.all(); }
std::vector<std::string_view> strength_names() { return kStrengths.all(); }

double ratio_of(Strength strength) {
  constexpr std::array kRatios{0.1, 1.0 / 3, 1.0, 3.0, 10.0};
  return kRatios[static_cast<std::size_t>(strength)];
}

WhyTree why_tree(const std::vector<Hypothesis>& hypotheses) {
  WhyTree tree;
  const auto count = hypotheses.size();
  tree.parent.resize(count);
  tree.children.resize(count);
  std::map<Uid, std::size_t> index;
  for (std::size_t i = 0; i < count; ++i) index.emplace(hypotheses[i].uid, i);
  for (std::size_t i = 0; i < count; ++i) {
    if (!hypotheses[i].parent) continue;
    const auto found = index.find(*hypotheses[i].parent);
    if (found != index.end()) tree.parent[i] = found->second;
  }
  // Two machines that were apart may each have put one under the other: a walk up that meets its
  // own steps again has found a ring. Each hypothesis is walked over once.
  std::vector<std::size_t> walk(count, count);  // by whose walk it was seen first
  for (std::size_t start = 0; start < count; ++start) {
    std::size_t at = start;
    while (walk[at] == count) {
      walk[at] = start;
      if (!tree.parent[at]) break;
      if (walk[*tree.parent[at]] == start) {
        tree.parent[at].reset();
        break;
      }
      at = *tree.parent[at];
    }
  }
  for (std::size_t i = 0; i < count; ++i)
    if (tree.parent[i]) tree.children[*tree.parent[i]].push_back(i);
  std::vector<WhyTree::Row> open;
  for (std::size_t i = count; i-- > 0;)
    if (!tree.parent[i]) open.push_back({i, 0});
  while (!open.empty()) {
    const auto row = open.back();
    open.pop_back();
    tree.rows.push_back(row);
    const auto& below = tree.children[row.index];
    for (auto child = below.rbegin(); child != below.rend(); ++child)
      open.push_back({*child, row.depth + 1});
  }
  return tree;
}

}  // namespace nines::rca
