// What tests of alerts are run against: the alerts of an SLO as its rules have them.
#include "usecases/slo/test_subject.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/alert/slo_windows.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using nines::slo::Slo;

const Defined* find_slo(const std::vector<Defined>& slos, const yaml::LocatedSuite& located,
                        Findings& problems) {
  const std::string& name = located.suite.slo;
  std::vector<const Defined*> found;
  std::vector<std::string_view> names;
  for (const Defined& defined : slos) {
    const Slo& slo = defined.slo;
    // Of Sloth's the name is SERVICE-NAME, and people write either.
    if (slo.name == name || slo.service + "-" + slo.name == name ||
        slo.name == slo.service + "-" + name)
      found.push_back(&defined);
    names.push_back(slo.name);
  }
  // The very name beats one that only begins or ends so.
  const auto exact = [&](const Defined* one) { return one->slo.name == name; };
  if (std::any_of(found.begin(), found.end(), exact))
    std::erase_if(found, [&](const Defined* one) { return !exact(one); });
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    const auto close = names.size() <= 2000 ? did_you_mean_hint(name, names) : std::string();
    test_problem(problems, located.slo, Code::ref_unresolved,
                 "no SLO '" + name + "' is in these files",
                 close.empty() ? "give the file that defines it too" : close);
  } else {
    test_problem(problems, located.slo, Code::duplicate_name,
                 "'" + name + "' is the name of " + std::to_string(found.size()) + " SLOs here",
                 "give fewer files, or write SERVICE-NAME");
  }
  return nullptr;
}

const nines::slo::Objective* find_objective(const Slo& slo, const yaml::LocatedSuite& located,
                                            Findings& problems) {
  const std::string& word = located.suite.objective;
  if (word.empty() && slo.objectives.size() == 1) return &slo.objectives[0];
  std::string known;
  for (const auto& objective : slo.objectives) {
    if (!word.empty() && (objective.id == word || objective.display_name == word))
      return &objective;
    known += (known.empty() ? "" : ", ") +
             (objective.display_name.empty() ? objective.id : objective.display_name);
  }
  test_problem(problems, located.slo, Code::ref_unresolved,
               word.empty() ? "'" + slo.name + "' has several objectives"
                            : "'" + slo.name + "' has no objective '" + word + "'",
               "say 'objective:' with one of " + known);
  return nullptr;
}

/// As the text of a compatible alert has it: (100 - percent) / 100, in double.
double budget_of_percent(double percent) { return (100 - percent) / 100; }

bool same_document(const Finding& a, const Finding& b) {
  return a.file == b.file && a.document == b.document;
}

/// Errors that keep a definition from having rules.
bool has_rule_problems(const RulesResult& rules, const Defined& defined, Findings& problems) {
  bool any = false;
  for (const Finding& finding : rules.findings) {
    if (finding.severity != Severity::error || !same_document(finding, defined.where)) continue;
    any = true;
    const auto told = std::any_of(problems.begin(), problems.end(), [&](const Finding& other) {
      return same_document(other, finding) && other.code == finding.code &&
             other.span.byte_begin == finding.span.byte_begin;
    });
    if (!told) problems.push_back(finding);
  }
  return any;
}

/// What the rules of the SLO cannot have is no test of them.
bool lacks_rules(const alert::Suite& suite, const RuledSlo& ruled,
                 const yaml::LocatedSuite& located, Findings& problems) {
  if (suite.mode == alert::PeriodMode::exact && ruled.policy.mode != alert::PeriodMode::exact) {
    test_problem(problems, located.slo, Code::exact_not_possible,
                 "'" + ruled.id + "' has no exact rules: it gives a ratio, not events",
                 "test it without 'sli: exact'");
    return true;
  }
  if (suite.low_traffic.asks() && !ruled.policy.low_traffic.asks()) {
    test_problem(
        problems, located.slo, Code::guard_not_possible,
        "the alerts of '" + ruled.id + "' have no low-traffic guard: it gives a ratio, not events",
        "test it without 'minEvents' and 'minErrors'");
    return true;
  }
  return false;
}

/// The alerts of a period for which no rules are written.
void assume(TestSubject& subject, const alert::WindowTable& table, const alert::Suite& suite) {
  subject.policy = alert::policy_of(table);
  subject.policy.mode = suite.mode;
  subject.policy.chained = suite.chained;
  subject.policy.low_traffic = suite.low_traffic;
  subject.policy.absent_after = suite.absent_after;
}

/// A word that no rule of this SLO, and no other of the usual, is called.
bool has_unknown_alerts(const yaml::LocatedSuite& located, const TestSubject& subject,
                        Findings& problems) {
  const auto alerts = alert::alerts_of(subject.policy);
  std::vector<std::string_view> known = {"page", "ticket", alert::kNoDataAlert};
  for (const auto& one : alerts) {
    known.push_back(one.severity);
    if (!one.name.empty()) known.push_back(one.name);
  }
  bool any = false;
  for (std::size_t test = 0; test < located.suite.tests.size(); ++test) {
    const auto& expectations = located.suite.tests[test].expectations;
    for (std::size_t i = 0; i < expectations.size(); ++i) {
      const std::string& word = expectations[i].alert;
      if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) continue;
      any = true;
      const auto close = did_you_mean_hint(word, known);
      test_problem(
          problems, located.expectations[test][i], Code::ref_unresolved,
          "no alert of this SLO is called '" + word + "'",
          close.empty() ? "use page, ticket, no-data, or the severity or name of a rule" : close);
    }
  }
  return any;
}

}  // namespace

void test_problem(Findings& findings, const Finding& where, Code code, std::string message,
                  std::string hint) {
  Finding finding = where;
  finding.code = nines::slo::name_of(code);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  findings.push_back(std::move(finding));
}

const RulesResult& TestSubjects::rules_for(const alert::Suite& suite) {
  RulesRequest asked;
  asked.paths = request_.paths;
  asked.cwd = request_.cwd;
  asked.input = request_.input;
  asked.now = request_.now;
  asked.keep_sound = true;
  auto& options = asked.options;
  options.mode = suite.mode;
  options.low_traffic = suite.low_traffic;
  options.absent_after = suite.absent_after;
  options.any_period = true;
  options.chain_long_windows = suite.chained;
  if (suite.exact_numbers) options.numbers = alert::Numbers::exact;
  if (!suite.default_period.empty()) asked.default_period = suite.default_period;
  const Way key{suite.mode,
                suite.low_traffic.min_events,
                suite.low_traffic.min_errors,
                suite.absent_after.value_or(alert::Millis{-1}).count(),
                suite.chained,
                suite.exact_numbers,
                asked.default_period};
  const auto known = made_.find(key);
  return known != made_.end() ? known->second : made_.emplace(key, make_rules(asked)).first->second;
}

std::optional<TestSubject> TestSubjects::find(const yaml::LocatedSuite& located,
                                              Findings& problems) {
  const alert::Suite& suite = located.suite;
  TestSubject subject;
  if (suite.target_percent) {
    subject.budget = budget_of_percent(suite.target_percent->to_double());
    assume(subject, alert::table_for(alert::Millis(suite.period.value_or(0)), testable_.tables),
           suite);
    return subject;
  }
  const Defined* defined = find_slo(testable_.slos, located, problems);
  const auto* objective =
      defined != nullptr ? find_objective(defined->slo, located, problems) : nullptr;
  if (objective == nullptr) return std::nullopt;
  const RulesResult& rules = rules_for(suite);
  if (has_rule_problems(rules, *defined, problems)) return std::nullopt;
  const auto index =
      defined->index + static_cast<std::size_t>(objective - defined->slo.objectives.data());
  for (const RuledSlo& ruled : rules.slos) {
    if (!same_document(ruled.definition, defined->where) ||
        ruled.definition.span.byte_begin != defined->where.span.byte_begin || ruled.index != index)
      continue;
    if (lacks_rules(suite, ruled, located, problems)) return std::nullopt;
    return TestSubject{ruled.policy, ruled.budget, ruled.queries, true};
  }
  subject.budget = budget_of_percent(Decimal::parse(objective->target.percent_text())->to_double());
  assume(subject, alert::table_for(defined->slo, testable_.tables), suite);
  return subject;
}

std::optional<TestSubject> TestSubjects::subject(const yaml::LocatedSuite& located,
                                                 Findings& problems) {
  auto found = find(located, problems);
  if (found && has_unknown_alerts(located, *found, problems)) found.reset();
  return found;
}

}  // namespace nines::usecases
