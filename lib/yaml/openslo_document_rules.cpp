// OpenSLO: what the annotations of an SLO say about its objectives.
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

}  // namespace

void check_slo_document(Checker& checker, const Node& map) {
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

}  // namespace nines::yaml
