// Generated rules against Sloth's own files, and against a second derivation on random documents.
#include <regex>

#include <catch2/catch.hpp>

#include "render/rule_file.hpp"
#include "support/property.hpp"
#include "support/shared_data.hpp"
#include "unit/alert/second_derivation.hpp"
#include "usecases/slo/rules.hpp"
#include "yaml/document.hpp"

namespace nines {
namespace {

using test::SpecDraft;

usecases::RulesResult rules_of(const std::string& text, const SpecDraft& draft = {}) {
  usecases::RulesRequest request;
  request.paths = {"-"};
  request.cwd = ".";
  request.input = text;
  request.default_period = draft.period;
  request.options.recordings = draft.recordings;
  request.options.alerts = draft.alerts;
  for (const auto& [key, value] : draft.extra_labels)
    request.extra_labels.push_back(key + "=" + value);
  return usecases::make_rules(request);
}

std::string file_of(const usecases::RulesResult& result) {
  std::vector<alert::RuleGroup> groups;
  for (const auto& slo : result.slos)
    groups.insert(groups.end(), slo.groups.begin(), slo.groups.end());
  return render::rule_file_text(groups);
}

/// Quoted numbers are texts like any other here: {"$text": "99.9"} is "99.9".
Json unwrapped(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& item : value.as_array()) list.push(unwrapped(item));
    return list;
  }
  if (!value.is_object()) return value;
  if (const Json* text = value.find("$text")) return *text;
  Json object = Json::object();
  for (const auto& [name, member] : value.as_object()) object.set(name, unwrapped(member));
  return object;
}

Json parsed(const std::string& text) {
  const auto stream = yaml::parse(text, "rules");
  REQUIRE(stream.findings.empty());
  REQUIRE(stream.documents.size() == 1);
  return unwrapped(yaml::to_json(*stream.documents.front()));
}

/// Leaves `title` and `summary` out of alerts unless `keep` names them.
Json without_wording(Json rules, const std::map<std::string, std::string>& keep) {
  for (auto& [name, groups] : rules.as_object()) {
    for (Json& group : groups.as_array()) {
      for (auto& [member, list] : group.as_object()) {
        if (member != "rules") continue;
        for (Json& rule : list.as_array()) {
          for (auto& [key, value] : rule.as_object()) {
            if (key != "annotations") continue;
            std::erase_if(value.as_object(), [&](const Json::Member& note) {
              return (note.first == "title" || note.first == "summary") &&
                     keep.count(note.first) == 0;
            });
          }
        }
      }
    }
  }
  return rules;
}

TEST_CASE("Sloth's own examples give the rules that Sloth gives", "[rules]") {
  const auto folder = test::shared_data("rules/sloth");
  if (!folder) {
    WARN("shared/data is not beside the checkout: Sloth's own rule files were NOT compared");
    return;
  }
  for (const std::string name : {"getting-started", "home-wifi", "openslo-getting-started"}) {
    INFO(name);
    SpecDraft draft;
    draft.extra_labels = {{"cmd", "examplesgen.sh"}};
    const auto result = rules_of(test::read_file(*folder / (name + ".in.yml")), draft);
    REQUIRE_FALSE(has_errors(result.findings));
    std::map<std::string, std::string> keep;
    if (name == "getting-started") keep["summary"] = "";  // the document sets it
    const auto ours = without_wording(parsed(file_of(result)), keep);
    const auto theirs =
        without_wording(parsed(test::read_file(*folder / (name + ".rules.yml"))), keep);
    CHECK(ours.canonical() == theirs.canonical());
  }
}

const std::vector<std::string> kWords{"team", "env", "tier", "sloth_slo", "sloth_window", "zone"};

std::map<std::string, std::string> some_labels() {
  std::map<std::string, std::string> labels;
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    labels[*rc::gen::elementOf(kWords)] = "v" + std::to_string(*rc::gen::inRange(0, 100));
  return labels;
}

std::string some_name() {
  const std::string ends = "aZ09";
  const std::string inner = "abc-_.Z9";
  std::string name(1, *rc::gen::elementOf(ends));
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) name += *rc::gen::elementOf(inner);
  return name + *rc::gen::elementOf(std::string("bQ7"));
}

TEST_CASE("random documents give what a second derivation gives", "[rules]") {
  test::holds(
      [] {
        static const std::vector<std::string> objectives{
            "50",     "90",      "95",  "99",  "99.5",   "99.9",  "99.95",    "99.99",
            "99.999", "99.9999", "100", "0.5", "33.333", "87.65", "99.123456"};
        SpecDraft draft;
        draft.service = "s" + some_name();
        draft.name = "n" + some_name();
        draft.objective = *rc::gen::elementOf(objectives);
        draft.service_labels = some_labels();
        draft.slo_labels = some_labels();
        draft.extra_labels = some_labels();
        draft.raw = *rc::gen::arbitrary<bool>();
        draft.page = *rc::gen::arbitrary<bool>();
        draft.ticket = *rc::gen::arbitrary<bool>();
        draft.alert_labels = some_labels();
        draft.page_labels = some_labels();
        draft.annotations = {{"runbook", "x: 'y' {{$labels.a}}"}};
        draft.period = *rc::gen::elementOf(std::vector<std::string>{"30d", "4w"});
        draft.recordings = *rc::gen::arbitrary<bool>();
        draft.alerts = *rc::gen::arbitrary<bool>();
        const auto result = rules_of(test::document_of(draft), draft);
        RC_ASSERT_FALSE(has_errors(result.findings));
        const Json expected = test::expected_rules(draft);
        if (result.slos.empty()) {
          RC_ASSERT(expected.find("groups")->as_array().empty());
          return;
        }
        const Json ours = without_wording(parsed(file_of(result)), {});
        RC_ASSERT(ours.canonical() == expected.canonical());
      },
      300);
}

/// "1h/5m >14.4*0.001" for each condition that the text of an alert's rule spells out.
std::vector<std::string> conditions_in(const std::string& expr) {
  static const std::regex each(
      R"(max\(slo:sli_error:ratio_rate(\w+)\{[^}]*\} (>=?) \((\S+) \* (\S+)\)\) without)");
  std::vector<std::string> found;
  for (std::sregex_iterator at(expr.begin(), expr.end(), each), end; at != end; ++at)
    found.push_back((*at)[1].str() + (*at)[2].str() + (*at)[3].str() + "*" + (*at)[4].str());
  return found;
}

std::vector<std::string> conditions_of(const alert::Alert& alert, double budget) {
  std::vector<std::string> all;
  for (const auto& condition : alert.any_of) {
    const std::string limit = (condition.or_equal ? ">=" : ">") +
                              alert::number_text(condition.factor) + "*" +
                              alert::number_text(budget);
    for (const auto window : {condition.short_window, condition.long_window})
      if (window.count() > 0) all.push_back(alert::prometheus_text(window) + limit);
  }
  return all;
}

TEST_CASE("what is evaluated of an alert is what its rule says", "[rules]") {
  const auto same = [](const std::string& text, const usecases::RulesRequest& how) {
    usecases::RulesRequest request = how;
    request.paths = {"-"};
    request.cwd = ".";
    request.input = text;
    request.options.any_period = true;
    const auto result = usecases::make_rules(request);
    REQUIRE(result.slos.size() == 1);
    const auto& slo = result.slos.front();
    std::vector<alert::Rule> rules;
    for (const auto& group : slo.groups)
      for (const auto& rule : group.rules)
        if (!rule.alert.empty() && !rule.alert.ends_with("NoData")) rules.push_back(rule);
    REQUIRE(rules.size() == slo.policy.alerts.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
      CHECK(conditions_in(rules[i].expr) == conditions_of(slo.policy.alerts[i], slo.budget));
      CHECK(rules[i].hold == slo.policy.alerts[i].hold);
      CHECK(rules[i].alert == slo.policy.alerts[i].name);
      CHECK(rules[i].labels.at("sloth_severity") == slo.policy.alerts[i].severity);
    }
    return rules.size();
  };
  SpecDraft draft;
  for (const char* objective : {"99.9", "99.99", "99.5", "95", "33.333"}) {
    draft.objective = objective;
    usecases::RulesRequest how;
    CHECK(same(test::document_of(draft), how) == 2);
    how.options.numbers = alert::Numbers::exact;
    how.default_period = "28d";
    CHECK(same(test::document_of(draft), how) == 2);
  }
  draft.page = false;
  CHECK(same(test::document_of(draft), {}) == 1);
  CHECK(same(R"yaml(apiVersion: openslo/v1
kind: SLO
metadata: {name: mail}
spec:
  description: Mail leaves.
  service: mail
  budgetingMethod: Occurrences
  timeWindow: [{duration: 1M, calendar: {startTime: "2026-01-01 00:00:00", timeZone: UTC}}]
  indicator:
    metadata: {name: sent}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {type: Prometheus, spec: {query: "sum(rate(unsent[{{.window}}]))"}}}
        total: {metricSource: {type: Prometheus, spec: {query: "sum(rate(mails[{{.window}}]))"}}}
  objectives: [{target: 0.57}]
  alertPolicies:
    - kind: AlertPolicy
      metadata: {name: fast}
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: {name: c}
            spec:
              severity: critical
              condition: {kind: burnrate, op: gte, threshold: 1.1, lookbackWindow: 10m, alertAfter: 5m}
        notificationTargets: [{targetRef: pager}]
)yaml",
             {}) == 1);
}

TEST_CASE("numbers are printed as Sloth prints them", "[rules]") {
  struct Row {
    const char *objective, *ratio, *budget, *exact;
  };
  for (const Row& row :
       std::vector<Row>{{"50", "0.5", "0.5", "0.5"},
                        {"90", "0.9", "0.1", "0.1"},
                        {"95", "0.95", "0.05", "0.05"},
                        {"99", "0.99", "0.01", "0.01"},
                        {"99.5", "0.995", "0.005", "0.005"},
                        {"99.9", "0.9990000000000001", "0.0009999999999999432", "0.001"},
                        {"99.95", "0.9995", "0.0004999999999999716", "0.0005"},
                        {"99.99", "0.9998999999999999", "0.00010000000000005117", "0.0001"},
                        {"99.999", "0.9999899999999999", "1.0000000000047748e-05", "0.00001"},
                        {"99.9999", "0.999999", "1.0000000000331967e-06", "0.000001"},
                        {"100", "1", "0", "0"}}) {
    INFO(row.objective);
    alert::RuleSource source;
    source.exact_objective = *Decimal::parse(row.objective);
    source.objective = source.exact_objective.to_double();
    using alert::Numbers;
    CHECK(alert::objective_text(source, Numbers::compatible) == row.ratio);
    CHECK(alert::budget_text(source, Numbers::compatible) == row.budget);
    CHECK(alert::metadata_budget_text(source, Numbers::compatible) ==
          std::string("1-") + row.ratio);
    CHECK(alert::budget_text(source, Numbers::exact) == row.exact);
    CHECK(alert::plain_number_text(source.objective) == row.objective);
  }
  alert::RuleSource target;
  target.objective = 0.9995 * 100;
  CHECK(alert::number_text(target.objective) == "99.95");
  CHECK(alert::budget_text(target, alert::Numbers::compatible) == "0.0004999999999999716");
  target.objective = 0.99999 * 100;
  CHECK(alert::plain_number_text(target.objective) == "99.99900000000001");
  CHECK(alert::objective_text(target, alert::Numbers::compatible) == "0.99999");
  CHECK(alert::budget_text(target, alert::Numbers::compatible) == "9.99999999990564e-06");
}

TEST_CASE("texts survive the rule file whatever they hold", "[rules]") {
  test::holds(
      [] {
        static const std::string alphabet = "a \n\t:#'\"{}[]|>-%@`\\,&*!?\x01";
        const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
        alert::Rule rule;
        rule.alert = "A" + text;
        rule.expr = text;
        rule.labels["key"] = text;
        rule.annotations["note"] = "x\n" + text;
        rule.origin.decision = text;
        rule.origin.file = text;
        const Json back = parsed(render::rule_file_text({{text + "g", {rule}}}));
        const Json& group = back.find("groups")->as_array().front();
        RC_ASSERT(group.text("name") == text + "g");
        const Json& read = group.find("rules")->as_array().front();
        RC_ASSERT(read.text("alert") == rule.alert);
        RC_ASSERT(read.text("expr") == text);
        RC_ASSERT(read.find("labels")->text("key") == text);
        RC_ASSERT(read.find("annotations")->text("note") == "x\n" + text);
      },
      500);
}

}  // namespace
}  // namespace nines
