// OpenSLO: what the annotations of an SLO say about its objectives.
#include <algorithm>

#include <fmt/core.h>

#include "base/decimal.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/openslo_v1.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

std::optional<Decimal> percent_of(const Node& objective) {
  const Node* percent = objective.find("targetPercent");
  if (percent != nullptr && percent->is_number()) return Decimal::parse(percent->text);
  const Node* target = objective.find("target");
  if (target == nullptr || !target->is_number()) return std::nullopt;
  const auto value = Decimal::parse(target->text);
  const auto ratio = value ? Ratio::of(*value) : std::nullopt;
  return ratio ? Decimal::parse(ratio->percent_text()) : std::nullopt;
}

/// The share that is left when every part of a composite only just meets its target.
std::optional<double> ceiling_of(const Node& objectives, std::string_view method) {
  double weakest = 1;
  double shortfall = 0;
  bool composite = false;
  for (const Node& objective : objectives.items()) {
    const auto percent = percent_of(objective);
    if (!percent) return std::nullopt;
    const auto weight = decimal_of(&objective, "compositeWeight");
    const double target = percent->to_double() / 100;
    weakest = std::min(weakest, target);
    shortfall += (weight ? weight->to_double() : 1) * (1 - target);
    composite = composite || is_set(objective, "indicator") || is_set(objective, "indicatorRef") ||
                is_set(objective, "sli") || is_set(objective, "sliRef");
  }
  if (!composite || method == "Occurrences") return std::nullopt;
  return method == "Timeslices" ? weakest : std::max(0.0, 1 - shortfall);
}

void check_composite_target(Checker& checker, const Node& map) {
  const Node* annotations = child(child(&map, "metadata"), "annotations");
  const Node* wanted = child(annotations, "nines.dev/composite-target");
  const Node* spec = child(&map, "spec");
  const Node* objectives = child(spec, "objectives");
  const auto target = decimal_of(annotations, "nines.dev/composite-target");
  if (!target || objectives == nullptr) return;
  const auto ceiling = ceiling_of(*objectives, text_of(spec, "budgetingMethod"));
  constexpr double kRounding = 1e-12;
  if (!ceiling || target->to_double() <= *ceiling + kRounding) return;
  checker.advise(Code::composite_above_ceiling, *wanted,
                 fmt::format("the parts allow {:.6g} when each just meets its target", *ceiling),
                 "lower this target, or raise those of the parts");
}

void check_promise(Checker& checker, const Node& map) {
  const Node* metadata = map.find("metadata");
  const Node* annotations = metadata != nullptr ? metadata->find("annotations") : nullptr;
  const Node* promise = annotations != nullptr ? annotations->find("nines.dev/sla") : nullptr;
  const Node* spec = map.find("spec");
  const Node* objectives = spec != nullptr ? spec->find("objectives") : nullptr;
  if (promise == nullptr || !promise->is_scalar() || objectives == nullptr) return;
  const auto sla = Decimal::parse(promise->text);
  if (!sla) return;
  for (const Node& objective : objectives->items()) {
    const auto target = percent_of(objective);
    if (!target || *target > *sla) continue;
    const Node* key = objective.find_key("target");
    if (key == nullptr) key = objective.find_key("targetPercent");
    checker.advise(Code::target_below_sla, *key->next,
                   "the target is not tighter than the promised " + sla->to_string() + " %",
                   "leave room: customers should never see the promise broken first");
  }
}

}  // namespace

void check_slo_document(Checker& checker, const Node& map) {
  check_promise(checker, map);
  check_composite_target(checker, map);
}

}  // namespace nines::yaml
