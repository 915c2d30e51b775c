// Rule files of Prometheus, plain and as the object of the Prometheus Operator: tables and rules.
#include <algorithm>
#include <set>

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/prometheus.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kPrometheusApiVersion[] = {"monitoring.coreos.com/v1"};
constexpr std::string_view kRuleKind[] = {"PrometheusRule"};
constexpr std::string_view kStrategies[] = {"abort", "warn"};

bool is_metric_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  };
  return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9');
  });
}

void check_metric_name(Checker& checker, const Node& value) {
  if (is_metric_name(value.text)) return;
  checker.error(Code::bad_name, value, shown(value) + " is no name of a metric",
                "use letters, digits, '_' and ':', such as slo:sli_error:ratio_rate5m");
}

void check_prometheus_rule(Checker& checker, const Node& map) {
  const bool record = is_set(map, "record");
  if (record == is_set(map, "alert")) {
    checker.error(Code::one_of, record ? key_or(map, "alert") : first_of(map),
                  record ? "both 'record' and 'alert'" : "neither 'record' nor 'alert'",
                  "a rule is exactly one of the two");
    return;
  }
  if (!record) {
    const Node* labels = child(&map, "labels");
    if (labels == nullptr || labels->count == 0)
      checker.advise(Code::no_alert_labels, key_or(map, "alert"), "the alert has no labels",
                     "add labels to route it by, such as severity");
    return;
  }
  for (const std::string_view name : {std::string_view("for"), std::string_view("keep_firing_for"),
                                      std::string_view("annotations")}) {
    const Node* key = map.find_key(name);
    if (key == nullptr) continue;
    checker
        .error(Code::rule_field, *key, "a recording rule has no " + shown(*key),
               "remove it; only alerts have it")
        .fix = remove_member(checker.source(), *key);
  }
}

/// What two rules of one file may not have in common: the name, and the labels in any order.
std::string identity_of(const Node& rule) {
  const Node* labels = child(&rule, "labels");
  return text_of(&rule, "record") + '\n' + text_of(&rule, "alert") + '\n' +
         (labels != nullptr ? to_json(*labels).canonical() : std::string());
}

void check_groups(Checker& checker, const Node& map) {
  const Node* groups = child(&map, "groups");
  if (groups == nullptr) return;
  std::set<std::string> names;
  std::set<std::string> rules;
  int number = 0;
  for (const Node& group : groups->items()) {
    const Checker::Step in_groups(checker, "groups");
    const Checker::Step in_group(checker, number++);
    const Node* name = child(&group, "name");
    if (name != nullptr && name->is_scalar() && !names.insert(std::string(name->text)).second)
      checker.error(Code::duplicate_name, *name, "group " + shown(*name) + " stands twice",
                    "a group has a name of its own within the file");
    const Node* list = child(&group, "rules");
    int index = 0;
    for (const Node& rule : list != nullptr ? list->items() : Node().items()) {
      const Checker::Step in_rules(checker, "rules");
      const Checker::Step in_rule(checker, index++);
      const Node* of = child(&rule, is_set(rule, "record") ? "record" : "alert");
      if (of == nullptr || !of->is_scalar() || rules.insert(identity_of(rule)).second) continue;
      checker.error(Code::duplicate_rule, *of, shown(*of) + " stands twice with the same labels",
                    "give it other labels, or remove one");
    }
  }
}

const Format kMetricName{check_metric_name, R"("pattern":"^[a-zA-Z_:][a-zA-Z0-9_:]*$")"};
const Format kExpression{check_query, R"("type":["string","number"])"};
const Format kRuleLabels{check_prometheus_labels, R"("minProperties":0)"};

const Field kPrometheusRuleFields[] = {
    row::text("record", "name of the series it writes", 0, &kMetricName),
    row::text("alert", "name of the alert it raises"),
    row::of(Type::any, "expr", "PromQL", kNines, &kExpression),
    row::text("for", "how long it must hold before it fires", 0, &kPrometheusDuration),
    row::text("keep_firing_for", "how long it goes on firing", 0, &kPrometheusDuration),
    row::of(Type::text_map, "labels", "labels of the series or alert", 0, &kRuleLabels),
    row::of(Type::text_map, "annotations", "texts for people"),
};
const Shape kPrometheusRule{"rule", kPrometheusRuleFields, check_prometheus_rule};

const Field kRuleGroupFields[] = {
    row::text("name", "name of the group, once in a file", kNines),
    row::text("interval", "how often it is evaluated", 0, &kPrometheusDuration),
    row::text("query_offset", "how far in the past it is evaluated", 0, &kPrometheusDuration),
    row::of(Type::integer, "limit", "most series or alerts of one rule"),
    row::choice("partial_response_strategy", "of Thanos: abort or warn", kStrategies),
    row::of(Type::text_map, "labels", "labels of every rule", 0, &kRuleLabels),
    row::list("rules", "recording and alerting rules, in their order", &kPrometheusRule),
};
const Shape kRuleGroup{"group", kRuleGroupFields};

const Field kPrometheusSpecFields[] = {row::list("groups", "groups of rules", &kRuleGroup, kNines)};
const Shape kRuleSpec{"ruleSpec", kPrometheusSpecFields, check_groups};
const Shape kRuleFile{"ruleFile", kPrometheusSpecFields, check_groups};

const Field kDocumentFields[] = {
    row::choice("apiVersion", kPrometheusApiVersion[0], kPrometheusApiVersion, kNines),
    row::choice("kind", "what this document defines", kRuleKind, kNines),
    row::of(Type::any, "metadata", "metadata of the Kubernetes object", kNines),
    row::object("spec", "the definition", &kRuleSpec, kNines),
    row::of(Type::any, "status", "written by the controller"),
};
const Shape kDocument{"prometheusRule", kDocumentFields};

void keep_no_record(const Node&, Definition& definition) { definition.recorded = false; }

const KindTable kObjectKinds[] = {
    {kPrometheusApiVersion[0], "PrometheusRule", &kDocument, kNines, keep_no_record}};
const KindTable kFileKinds[] = {
    {"prometheus/rules", "RuleFile", &kRuleFile, kNines, keep_no_record}};

}  // namespace

std::span<const KindTable> prometheus_rule_kinds() { return kObjectKinds; }
std::span<const KindTable> rule_file_kinds() { return kFileKinds; }

}  // namespace nines::yaml
