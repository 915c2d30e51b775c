// The alerting part of OpenSLO v1 as alerts: policies, their conditions, and where those stand.
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/rule_sources.hpp"

namespace nines::yaml {

namespace {

bool is_on(const Node* map, std::string_view name) {
  const Node* value = child(map, name);
  return value != nullptr && value->is_true();
}

alert::Millis alert_millis(const Node* map, std::string_view name) {
  const auto length = length_from(text_of(map, name));
  return length ? alert::Millis(length->rolling()) : alert::Millis(0);
}

std::string alert_name_of(const Node& holder) {
  return text_of(child(&holder, "metadata"), "name");
}

/// `holder` has metadata and spec: a document, or what stands in one. Conditions that fire while
/// the budget burns slowly are left out.
std::vector<alert::DeclaredAlert> condition_of(const Node& holder) {
  const Node* spec = child(&holder, "spec");
  const Node* condition = child(spec, "condition");
  const auto op = comparison_from(text_of(condition, "op"));
  const auto threshold = decimal_of(condition, "threshold");
  if (!op || !threshold || *op == slo::Comparison::lt || *op == slo::Comparison::lte) return {};
  alert::Condition fires;
  fires.factor = threshold->to_double();
  fires.long_window = alert_millis(condition, "lookbackWindow");
  fires.or_equal = *op == slo::Comparison::gte;
  if (fires.long_window.count() <= 0) return {};
  alert::DeclaredAlert declared;
  declared.name = alert_name_of(holder);
  declared.alert.severity = text_of(spec, "severity");
  declared.alert.any_of = {fires};
  declared.alert.hold = alert_millis(condition, "alertAfter");
  const Node* at = child(condition, "threshold");
  declared.at = {at->begin, at->end};
  return {declared};
}

alert::DeclaredPolicy policy_of(const Node& holder) {
  const Node* spec = child(&holder, "spec");
  alert::DeclaredPolicy policy;
  policy.name = alert_name_of(holder);
  policy.breaching = is_on(spec, "alertWhenBreaching");
  policy.no_data = is_on(spec, "alertWhenNoData");
  const Node* conditions = child(spec, "conditions");
  if (conditions == nullptr) return policy;
  for (const Node& entry : conditions->items()) {
    const std::string ref = text_of(&entry, "conditionRef");
    if (!ref.empty()) policy.condition_refs.push_back(ref);
    for (auto& declared : condition_of(entry)) policy.conditions.push_back(std::move(declared));
  }
  return policy;
}

}  // namespace

std::vector<alert::DeclaredPolicy> read_declared_policy(const Node& document) {
  return {policy_of(document)};
}

std::vector<alert::DeclaredPolicy> read_slo_policies(const Node& document) {
  std::vector<alert::DeclaredPolicy> policies;
  const Node* list = child(child(&document, "spec"), "alertPolicies");
  if (list == nullptr) return policies;
  for (const Node& entry : list->items()) {
    if (child(&entry, "spec") != nullptr) policies.push_back(policy_of(entry));
  }
  return policies;
}

std::vector<alert::DeclaredAlert> read_declared_condition(const Node& document) {
  return condition_of(document);
}

}  // namespace nines::yaml
