// Field table, rules and reader of ErrorBudgetPolicy.
#include "yaml/budget_policy.hpp"

#include <set>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {
namespace {

using remediate::GateFact;
using slo::Code;

constexpr std::string_view kBudgetPolicyKind[] = {"ErrorBudgetPolicy"};
constexpr std::string_view kGateFactNames[] = {"budgetSpentPercent", "burnRate",
                                               "unansweredIncidentPercent", "openIncident",
                                               "overdueActions"};
constexpr std::string_view kGateWindows[] = {"5m", "30m", "1h", "2h", "6h", "1d", "3d"};
constexpr std::string_view kGateSeverities[] = {"SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"};
constexpr std::string_view kGateEffectNames[] = {"block", "approval"};
constexpr std::string_view kWhenUnknownNames[] = {"undecided", "allow", "block"};

const Format kGateLimit{[](Checker& checker, const Node& value) {
                          const auto number = Decimal::parse(value.text);
                          if (number && *number >= Decimal(0, 0)) return;
                          checker.error(Code::out_of_range, value,
                                        shown(value) + " is out of range",
                                        "write a number that is 0 or more");
                        },
                        R"("minimum":0)"};

void check_gate_condition(Checker& checker, const Node& map) {
  const auto fact = text_of(&map, "fact");
  const bool incident = fact == "openIncident";
  if (incident != is_set(map, "severity") || incident == is_set(map, "atLeast"))
    checker.error(
        Code::one_of, key_or(map, "fact"),
        incident ? "an open incident is judged by its severity" : "the condition has no limit",
        incident ? "write severity: SEV-2 for that or worse, and no atLeast"
                 : "write atLeast: and the value from which on it holds");
  if (is_set(map, "window") && fact != "burnRate")
    checker.error(Code::one_of, key_or(map, "window"), "only a burn rate has a window",
                  "leave 'window' out, or write fact: burnRate");
}

void check_gate_rule(Checker& checker, const Node& map) {
  const Node* when = child(&map, "when");
  if (when == nullptr || when->count == 0)
    checker.error(Code::missing_field, key_or(map, "name"), "the rule has no condition",
                  "write conditions under 'when'; all of them must hold");
}

void refer_texts(Checker& checker, const Node& map, std::string_view list, const char* kind) {
  const Node* names = child(&map, list);
  if (names == nullptr) return;
  const Checker::Step in_list(checker, list);
  int index = 0;
  for (const Node& name : names->items()) {
    const Checker::Step in_item(checker, index++);
    checker.refer(kind, name);
  }
}

void check_budget_policy(Checker& checker, const Node& map) {
  refer_texts(checker, map, "slos", "SLO");
  refer_texts(checker, map, "services", "Service");
  const Node* rules = child(&map, "rules");
  if (rules == nullptr) return;
  const Checker::Step in_list(checker, "rules");
  std::set<std::string> names;
  int index = 0;
  for (const Node& rule : rules->items()) {
    const Checker::Step in_item(checker, index++);
    const auto name = text_of(&rule, "name");
    if (!name.empty() && !names.insert(name).second)
      checker.error(Code::duplicate_name, *child(&rule, "name"),
                    "'" + name + "' stands twice in 'rules'", "give each a name of its own");
  }
}

const Field kGateConditionFields[] = {
    row::choice("fact", "what it asks about", kGateFactNames, kNines),
    row::choice("window", "of a burn rate; 1h where left out", kGateWindows),
    row::number("atLeast", "holds from this value on", 0, &kGateLimit),
    row::choice("severity", "of an open incident, one not resolved yet: that or worse",
                kGateSeverities),
};
const Shape kGateCondition{"gateCondition", kGateConditionFields, check_gate_condition};

const Field kGateRuleFields[] = {
    row::text("name", "shown when it stops a change", kNines, &kNameFormat),
    row::text("why", "what the person who is stopped reads", 0, &kDescriptionFormat),
    row::list("when", "conditions that must all hold", &kGateCondition, kNines),
    row::choice("effect", "block: no; approval: somebody must override it; block where left out",
                kGateEffectNames),
    row::texts("exempt", "types of change that it never stops, such as security"),
    row::texts("approvers", "who may override it; anybody where left out"),
};
const Shape kGateRule{"gateRule", kGateRuleFields, check_gate_rule};

const Field kBudgetPolicySpecFields[] = {
    row::text("description", "who agreed to it, and when", 0, &kDescriptionFormat),
    row::texts("services", "services it is about; all, where 'slos' is left out too"),
    row::texts("slos", "SLOs it is about, beside those of 'services'"),
    row::list("rules", "what stops a change", &kGateRule, kNines),
    row::choice("whenUnknown", "what too little or too old data means; undecided where left out",
                kWhenUnknownNames),
    row::text("longestDataAge", "how old measurements may be; each SLO's own limit where left out",
              0, &kShortDurationFormat),
    row::of(Type::integer, "fewestEvents",
            "events that the window must hold; as many as leave room for one bad one where left "
            "out",
            0, &kGateLimit),
    row::text("longestOverride", "how long an override may last; any time where left out", 0,
              &kShortDurationFormat),
    row::text("longestSnapshotAge", "how old a signed snapshot may be; 1d where left out", 0,
              &kShortDurationFormat),
};
const Shape kBudgetPolicySpec{"errorBudgetPolicySpec", kBudgetPolicySpecFields,
                              check_budget_policy};
const auto kBudgetPolicyFields = envelope(
    {kNinesApiVersions, kBudgetPolicyKind, &kMetadataShape, &kBudgetPolicySpec, kNines, kNines});

std::optional<Micros> policy_span(const Node* map, std::string_view name) {
  const auto length = length_from(text_of(map, name));
  if (!length) return std::nullopt;
  return Micros{length->rolling()};
}

remediate::GateCondition read_gate_condition(const Node& node) {
  remediate::GateCondition condition;
  condition.fact =
      remediate::gate_fact_from(text_of(&node, "fact")).value_or(GateFact::budget_spent);
  if (const auto window = policy_span(&node, "window"))
    condition.window = std::chrono::duration_cast<std::chrono::minutes>(*window);
  condition.at_least = decimal_of(&node, "atLeast").value_or(Decimal(0, 0));
  condition.severity = incident::severity_from(text_of(&node, "severity"))
                           .value_or(incident::Severity::undetermined);
  return condition;
}

remediate::GateRule read_gate_rule(const Node& node) {
  remediate::GateRule rule;
  rule.name = text_of(&node, "name");
  rule.why = text_of(&node, "why");
  rule.when = read_items<remediate::GateCondition>(&node, "when", read_gate_condition);
  rule.effect = remediate::gate_effect_from(text_of(&node, "effect")).value_or(rule.effect);
  rule.exempt = texts_of(&node, "exempt");
  rule.approvers = texts_of(&node, "approvers");
  return rule;
}

}  // namespace

const Shape kBudgetPolicyShape{"errorBudgetPolicy", kBudgetPolicyFields};

std::optional<remediate::BudgetPolicy> budget_policy_from(const Json& stored) {
  const Stream stream = tree_of(stored, "");
  if (stream.documents.empty()) return std::nullopt;
  const Node& document = *stream.documents.front();
  remediate::BudgetPolicy policy;
  std::string display_name;
  slo::StringMap labels, annotations;
  read_metadata(document, policy.name, display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  policy.description = text_of(spec, "description");
  policy.services = texts_of(spec, "services");
  policy.slos = texts_of(spec, "slos");
  policy.rules = read_items<remediate::GateRule>(spec, "rules", read_gate_rule);
  policy.when_unknown =
      remediate::when_unknown_from(text_of(spec, "whenUnknown")).value_or(policy.when_unknown);
  policy.longest_data_age = policy_span(spec, "longestDataAge");
  if (const auto fewest = decimal_of(spec, "fewestEvents"))
    policy.fewest_events = static_cast<std::uint64_t>(fewest->to_double());
  policy.longest_override = policy_span(spec, "longestOverride");
  policy.longest_snapshot_age =
      policy_span(spec, "longestSnapshotAge").value_or(policy.longest_snapshot_age);
  return policy;
}

}  // namespace nines::yaml
