// Field table, rules and reader of AssessmentPolicy.
#include "yaml/assessment_policy.hpp"

#include <algorithm>
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

using incident::Comparator;
using incident::Subject;
using slo::Code;

constexpr std::string_view kAssessmentKind[] = {"AssessmentPolicy"};
constexpr std::string_view kSubjects[] = {"burnRate", "budgetSpentPercent", "reach",
                                          "tier",     "dataExposure",       "lostRevenue"};
constexpr std::string_view kBurnWindows[] = {"5m", "30m", "1h", "2h", "6h", "1d", "3d"};
constexpr std::string_view kSeverities[] = {"SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"};
constexpr std::string_view kMeasures[] = {"lostRevenue", "failed", "reach", "minutes"};

struct ComparatorName {
  std::string_view name;
  Comparator comparator;
};
constexpr ComparatorName kComparators[] = {{"atLeast", Comparator::at_least},
                                           {"above", Comparator::above},
                                           {"atMost", Comparator::at_most},
                                           {"below", Comparator::below}};

const Format kNotNegative{[](Checker& checker, const Node& value) {
                            const auto number = Decimal::parse(value.text);
                            if (number && *number >= Decimal(0, 0)) return;
                            checker.error(Code::out_of_range, value,
                                          shown(value) + " is out of range",
                                          "write a number that is 0 or more");
                          },
                          R"("minimum":0)"};
const Format kShare{[](Checker& checker, const Node& value) {
                      const auto number = Decimal::parse(value.text);
                      if (number && *number >= Decimal(0, 0) && *number <= Decimal(1, 0)) return;
                      checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                                    "write a share from 0 to 1, such as 0.3");
                    },
                    R"("minimum":0,"maximum":1)"};
const Format kCurrency{
    [](Checker& checker, const Node& value) {
      const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
      if (value.text.size() == 3 && std::all_of(value.text.begin(), value.text.end(), upper))
        return;
      checker.error(Code::bad_enum, value, shown(value) + " is no currency code",
                    "use three capitals of ISO 4217, such as EUR");
    },
    R"("pattern":"^[A-Z]{3}$")"};

const Format kTexts{[](Checker& checker, const Node& value) {
                      if (!value.is_sequence()) {
                        checker.error(Code::wrong_type, value,
                                      "expected a list, found " + shown(value),
                                      "write the values in brackets: [one, two]");
                        return;
                      }
                      int index = 0;
                      for (const Node& item : value.items()) {
                        const Checker::Step step(checker, index++);
                        if (item.is_text() && !item.text.empty()) continue;
                        checker.error(Code::wrong_type, item, "expected text, found " + shown(item),
                                      "put the value in quotes");
                      }
                    },
                    R"("type":"array","items":{"type":"string"})"};

std::size_t comparators_in(const Node& map) {
  return static_cast<std::size_t>(
      std::count_if(std::begin(kComparators), std::end(kComparators),
                    [&](const ComparatorName& one) { return is_set(map, one.name); }));
}

void check_rule_condition(Checker& checker, const Node& map) {
  const auto subject = text_of(&map, "fact");
  const bool exposure = subject == "dataExposure";
  const auto compared = comparators_in(map) + (is_set(map, "is") ? 1 : 0);
  if (compared != 1 || exposure != is_set(map, "is"))
    checker.error(
        Code::one_of, key_or(map, "fact"),
        exposure ? "a condition on data exposure takes 'is'"
                 : "a condition takes exactly one comparison",
        exposure ? "write is: true or is: false" : "write one of atLeast, above, atMost, below");
  if (is_set(map, "window") && subject != "burnRate")
    checker.error(Code::one_of, key_or(map, "window"), "only a burn rate has a window",
                  "leave 'window' out, or write fact: burnRate");
}

void check_assessment_rule(Checker& checker, const Node& map) {
  const auto none = [&](std::string_view name) {
    const Node* list = child(&map, name);
    return list == nullptr || list->count == 0;
  };
  if (none("when") && none("anyOf"))
    checker.error(Code::missing_field, key_or(map, "name"), "the rule has no condition",
                  "write conditions under 'when' (all of them) or 'anyOf' (one of them)");
}

/// The names that a list of maps gives, where each may stand once.
std::set<std::string> names_in(Checker& checker, const Node& map, std::string_view list,
                               std::string_view member) {
  std::set<std::string> names;
  const Node* items = child(&map, list);
  if (items == nullptr) return names;
  const Checker::Step in_list(checker, list);
  int index = 0;
  for (const Node& item : items->items()) {
    const Checker::Step in_item(checker, index++);
    const auto name = text_of(&item, member);
    if (name.empty() || names.insert(name).second) continue;
    checker.error(Code::duplicate_name, *child(&item, member),
                  "'" + name + "' stands twice in '" + std::string(list) + "'",
                  "give each a name of its own");
  }
  return names;
}

void check_assessment(Checker& checker, const Node& map) {
  names_in(checker, map, "rules", "name");
  names_in(checker, map, "thresholds", "name");
  names_in(checker, map, "updates", "severity");
  names_in(checker, map, "severityWords", "word");
  const auto roles = names_in(checker, map, "roles", "name");
  const Node* thresholds = child(&map, "thresholds");
  if (thresholds == nullptr) return;
  const Checker::Step in_list(checker, "thresholds");
  int index = 0;
  for (const Node& item : thresholds->items()) {
    const Checker::Step in_item(checker, index++);
    const Node* call = child(&item, "call");
    if (call == nullptr || roles.contains(std::string(call->text))) continue;
    checker.error(Code::ref_unresolved, *call,
                  "no role '" + std::string(call->text) + "' in this policy",
                  "add it to 'roles' with the people who are called, in order");
  }
}

void check_transaction(Checker& checker, const Node& map) {
  const auto low = decimal_of(&map, "recoveredAtLeast"), high = decimal_of(&map, "recoveredAtMost");
  if (low && high && *high < *low)
    checker.error(Code::out_of_range, *map.find("recoveredAtMost"), "at most is less than at least",
                  "exchange the two shares");
}

const Field kConditionFields[] = {
    row::choice("fact", "what it asks about", kSubjects, kNines),
    row::choice("window", "of a burn rate; 1h where left out", kBurnWindows),
    row::number("atLeast", "holds from this value on", 0, &kNotNegative),
    row::number("above", "holds above this value", 0, &kNotNegative),
    row::number("atMost", "holds up to this value", 0, &kNotNegative),
    row::number("below", "holds below this value", 0, &kNotNegative),
    row::flag("is", "of data exposure: true or false"),
};
const Shape kCondition{"condition", kConditionFields, check_rule_condition};

const Field kEffectFields[] = {
    row::choice("severity", "at least this severe", kSeverities),
    row::flag("incident", "true: it is a production incident"),
    row::flag("warRoom", "true: a war room is due"),
    row::of(Type::any, "tell",
            "roles that must be told: executives, legal, communications, finance", 0, &kTexts),
};
const Shape kEffect{"effect", kEffectFields};

const Field kAssessmentRuleFields[] = {
    row::text("name", "shown when it fires", kNines, &kNameFormat),
    row::list("when", "conditions that must all hold", &kCondition),
    row::list("anyOf", "conditions of which one must hold", &kCondition),
    row::object("then", "what follows", &kEffect, kNines),
};
const Shape kAssessmentRule{"rule", kAssessmentRuleFields, check_assessment_rule};

const Field kRoleFields[] = {
    row::text("name", "executives, legal, communications, finance", kNines, &kNameFormat),
    row::of(Type::any, "people", "who is called, in this order: silence goes to the next", kNines,
            &kTexts),
};
const Shape kRole{"role", kRoleFields};

const Field kTransactionFields[] = {
    row::number("value", "what one transaction brings in on average", kNines, &kNotNegative),
    row::text("currency", "ISO 4217 code, such as EUR", kNines, &kCurrency),
    row::text("source", "who says so, and since when", kNines),
    row::number("recoveredAtLeast", "share of failed transactions that come back later, at least",
                0, &kShare),
    row::number("recoveredAtMost", "the same, at most", 0, &kShare),
    row::text("recoveredSource", "who says that share"),
    row::of(Type::any, "slos", "SLOs whose bad events are failed transactions", 0, &kTexts),
};
const Shape kTransaction{"transaction", kTransactionFields, check_transaction};

const Field kAssessmentThresholdFields[] = {
    row::text("name", "of the threshold; it fires once per incident", kNines, &kNameFormat),
    row::choice("of", "what is measured", kMeasures, kNines),
    row::number("atLeast", "fires from this value on; of money by its low estimate", kNines,
                &kNotNegative),
    row::text("call", "role that is called", kNines, &kNameFormat),
    row::text("within", "how long each person has to acknowledge, such as 15m; 15m where left out",
              0, &kShortDurationFormat),
};
const Shape kAssessmentThreshold{"threshold", kAssessmentThresholdFields};

const Field kUpdateFields[] = {
    row::choice("severity", "of the incident", kSeverities, kNines),
    row::text("every", "longest time between two updates, such as 30m", kNines,
              &kShortDurationFormat),
};
const Shape kUpdate{"update", kUpdateFields};

const Field kSeverityWordFields[] = {
    row::text("word", "as others write it, in any case: critical, P1", kNines),
    row::choice("severity", "what it means here", kSeverities, kNines),
};
const Shape kSeverityWord{"severityWord", kSeverityWordFields};

const Field kAssessmentSpecFields[] = {
    row::text("description", "for whom it holds", 0, &kDescriptionFormat),
    row::list("rules", "what an incident is, how severe, who is told", &kAssessmentRule, kNines),
    row::list("roles", "who is called in which role", &kRole),
    row::object("transaction", "what a failed transaction costs", &kTransaction),
    row::list("thresholds", "what calls whom while an incident lasts", &kAssessmentThreshold),
    row::list("updates", "how often people are told, by severity", &kUpdate),
    row::list(
        "severityWords",
        "what others' words for severity mean here: labels of alerts, priorities of PagerDuty",
        &kSeverityWord),
};
const Shape kAssessmentSpec{"assessmentPolicySpec", kAssessmentSpecFields, check_assessment};
const auto kAssessmentFields = envelope(
    {kNinesApiVersions, kAssessmentKind, &kMetadataShape, &kAssessmentSpec, kNines, kNines});

std::vector<std::string> texts_in(const Node* map, std::string_view name) {
  std::vector<std::string> texts;
  if (const Node* list = child(map, name))
    for (const Node& item : list->items()) texts.emplace_back(item.text);
  return texts;
}

bool says_true(const Node* map, std::string_view name) { return text_of(map, name) == "true"; }

Micros span_or(const Node* map, std::string_view name, Micros fallback) {
  const auto length = length_from(text_of(map, name));
  return length ? Micros{length->rolling()} : fallback;
}

incident::Condition read_condition(const Node& node) {
  incident::Condition condition;
  condition.subject = incident::subject_from(text_of(&node, "fact")).value_or(Subject::burn_rate);
  condition.window = std::chrono::duration_cast<std::chrono::minutes>(
      span_or(&node, "window", std::chrono::minutes{60}));
  if (is_set(node, "is")) {
    condition.comparator = Comparator::is;
    condition.value = Decimal(says_true(&node, "is") ? 1 : 0, 0);
  }
  for (const auto& [name, comparator] : kComparators)
    if (const auto value = decimal_of(&node, name)) {
      condition.comparator = comparator;
      condition.value = *value;
    }
  return condition;
}

incident::Severity severity_of(const Node* map) {
  return incident::severity_from(text_of(map, "severity"))
      .value_or(incident::Severity::undetermined);
}

incident::Rule read_rule(const Node& node) {
  incident::Rule rule;
  rule.name = text_of(&node, "name");
  rule.all = read_items<incident::Condition>(&node, "when", read_condition);
  rule.any = read_items<incident::Condition>(&node, "anyOf", read_condition);
  const Node* then = child(&node, "then");
  if (child(then, "severity") != nullptr) rule.effect.severity = severity_of(then);
  rule.effect.incident = says_true(then, "incident");
  rule.effect.war_room = says_true(then, "warRoom");
  rule.effect.tell = texts_in(then, "tell");
  return rule;
}

std::optional<incident::TransactionValue> read_transaction(const Node* node) {
  const auto amount = decimal_of(node, "value");
  if (!amount) return std::nullopt;
  incident::TransactionValue value{*amount, text_of(node, "currency"), text_of(node, "source")};
  value.recovered_low = decimal_of(node, "recoveredAtLeast").value_or(Decimal(0, 0));
  // Without an upper bound nothing is known to come back beyond the lower one.
  value.recovered_high = decimal_of(node, "recoveredAtMost").value_or(value.recovered_low);
  value.recovered_source = text_of(node, "recoveredSource");
  value.slos = texts_in(node, "slos");
  return value;
}

incident::Threshold read_threshold(const Node& node) {
  incident::Threshold threshold;
  threshold.name = text_of(&node, "name");
  threshold.of = incident::threshold_of(text_of(&node, "of")).value_or(threshold.of);
  threshold.at_least = decimal_of(&node, "atLeast").value_or(Decimal(0, 0));
  threshold.call = text_of(&node, "call");
  threshold.within = span_or(&node, "within", threshold.within);
  return threshold;
}

}  // namespace

const Shape kAssessmentPolicyShape{"assessmentPolicy", kAssessmentFields};

std::optional<incident::AssessPolicy> assessment_policy_from(const Json& stored) {
  const Stream stream = tree_of(stored, "");
  if (stream.documents.empty()) return std::nullopt;
  const Node& document = *stream.documents.front();
  incident::AssessPolicy policy;
  std::string display_name;
  slo::StringMap labels, annotations;
  read_metadata(document, policy.name, display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  policy.description = text_of(spec, "description");
  policy.rules = read_items<incident::Rule>(spec, "rules", read_rule);
  policy.roles = read_items<incident::CalledRole>(spec, "roles", [](const Node& node) {
    return incident::CalledRole{text_of(&node, "name"), texts_in(&node, "people")};
  });
  policy.transaction = read_transaction(child(spec, "transaction"));
  policy.thresholds = read_items<incident::Threshold>(spec, "thresholds", read_threshold);
  policy.cadence = read_items<incident::Cadence>(spec, "updates", [](const Node& node) {
    return incident::Cadence{severity_of(&node), span_or(&node, "every", Micros{0})};
  });
  if (const Node* words = child(spec, "severityWords"))
    for (const Node& node : words->items())
      policy.severity_words.emplace(to_lower_ascii(text_of(&node, "word")), severity_of(&node));
  return policy;
}

}  // namespace nines::yaml
