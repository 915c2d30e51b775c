// Runs the SLOTest documents among definition files, on our own evaluator.
#include "usecases/slo/alert_test.hpp"

#include <algorithm>
#include <map>

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/alert/promql.hpp"
#include "domain/alert/slo_windows.hpp"
#include "domain/slo/codes.hpp"
#include "usecases/parallel.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/definition_reading.hpp"
#include "yaml/slo_test.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using nines::slo::Slo;

/// A year at scrapes of half a minute; a test of so many takes a second and 150 MB.
constexpr alert::Tick kMostScrapes = 1'000'000;

/// What the files define, and what they test.
struct Gathered {
  std::vector<Slo> slos;
  std::vector<alert::WindowTable> tables;  ///< of AlertWindows documents
  std::vector<yaml::LocatedSuite> suites;
  SloTestResult result;
};

/// What a suite is run against.
struct Subject {
  alert::Policy policy;
  double budget = 0;
  bool counts_good = false;
  bool as_increase = false;
};

void problem(Findings& findings, const Finding& where, Code code, std::string message,
             std::string hint) {
  Finding finding = where;
  finding.code = nines::slo::name_of(code);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  findings.push_back(std::move(finding));
}

void gather(const DefinitionFile& file, const SloTestRequest& request, Gathered& gathered) {
  yaml::ReadOptions options;
  options.keep_json = false;
  const std::string text = file.path.empty() ? request.input.substr(0, options.limits.bytes + 1)
                                             : read_file(file.path, options.limits.bytes);
  if (is_other_json(file, text)) return;
  auto reading = read_definition_text(
      text, file.name, calendar_files(file, request.cwd, request.calendar_program, request.now),
      options);
  gathered.result.files.push_back(file.name);
  bool tests = false;
  for (auto& definition : reading.definitions) {
    tests = tests || definition.kind == "SLOTest";
    if (!definition.valid) continue;
    if (definition.windows) gathered.tables.push_back(std::move(*definition.windows));
    if (auto* one = std::get_if<Slo>(&definition.object)) gathered.slos.push_back(std::move(*one));
    if (auto* several = std::get_if<std::vector<Slo>>(&definition.object))
      std::move(several->begin(), several->end(), std::back_inserter(gathered.slos));
  }
  std::erase_if(reading.findings,
                [](const Finding& finding) { return finding.severity != Severity::error; });
  if (tests && reading.findings.empty()) {
    auto suites = yaml::read_slo_tests(text, file.name);
    std::move(suites.begin(), suites.end(), std::back_inserter(gathered.suites));
  }
  std::move(reading.findings.begin(), reading.findings.end(),
            std::back_inserter(gathered.result.problems));
}

const Slo* find_slo(const std::vector<Slo>& slos, const yaml::LocatedSuite& located,
                    Findings& problems) {
  const std::string& name = located.suite.slo;
  std::vector<const Slo*> found;
  std::vector<std::string_view> names;
  for (const Slo& slo : slos) {
    // Of Sloth's the name is SERVICE-NAME, and people write either.
    if (slo.name == name || slo.service + "-" + slo.name == name ||
        slo.name == slo.service + "-" + name)
      found.push_back(&slo);
    names.push_back(slo.name);
  }
  // The very name beats one that only begins or ends so.
  const auto exact = [&](const Slo* slo) { return slo->name == name; };
  if (std::any_of(found.begin(), found.end(), exact))
    std::erase_if(found, [&](const Slo* slo) { return !exact(slo); });
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    const auto close = names.size() <= 2000 ? did_you_mean_hint(name, names) : std::string();
    problem(problems, located.slo, Code::ref_unresolved, "no SLO '" + name + "' is in these files",
            close.empty() ? "give the file that defines it too" : close);
  } else {
    problem(problems, located.slo, Code::duplicate_name,
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
  problem(problems, located.slo, Code::ref_unresolved,
          word.empty() ? "'" + slo.name + "' has several objectives"
                       : "'" + slo.name + "' has no objective '" + word + "'",
          "say 'objective:' with one of " + known);
  return nullptr;
}

/// As the text of a compatible alert has it: (100 - percent) / 100, in double.
double budget_of_percent(double percent) { return (100 - percent) / 100; }

/// What the queries of the SLO are of; what its rules cannot have is no test of them.
bool set_queries(const Slo& slo, const yaml::LocatedSuite& located, Subject& subject,
                 Findings& problems) {
  using Kind = nines::slo::Indicator::Kind;
  if (!slo.indicator) return true;
  const auto kind = slo.indicator->kind;
  subject.counts_good = kind == Kind::good_total;
  const bool events = kind == Kind::good_total || kind == Kind::bad_total;
  if (events && slo.indicator->total) {
    const auto query = slo.indicator->total->spec.text("query");
    subject.as_increase = alert::event_form(query) == alert::EventForm::count;
  }
  if (events) return true;
  if (located.suite.mode == alert::PeriodMode::exact)
    problem(problems, located.slo, Code::exact_not_possible,
            "'" + slo.name + "' has no exact rules: it gives a ratio, not events",
            "test it without 'sli: exact'");
  else if (located.suite.low_traffic.asks())
    problem(
        problems, located.slo, Code::guard_not_possible,
        "the alerts of '" + slo.name + "' have no low-traffic guard: it gives a ratio, not events",
        "test it without 'minEvents' and 'minErrors'");
  else
    return true;
  return false;
}

std::optional<Subject> subject_of(const std::vector<Slo>& slos,
                                  const std::vector<alert::WindowTable>& tables,
                                  const yaml::LocatedSuite& located, Findings& problems) {
  Subject subject;
  alert::WindowTable table;
  if (located.suite.target_percent) {
    subject.budget = budget_of_percent(located.suite.target_percent->to_double());
    table = alert::table_for(alert::Millis(located.suite.period.value_or(0)), tables);
  } else {
    const Slo* slo = find_slo(slos, located, problems);
    const auto* objective = slo != nullptr ? find_objective(*slo, located, problems) : nullptr;
    if (objective == nullptr) return std::nullopt;
    table = alert::table_for(*slo, tables);
    subject.budget =
        budget_of_percent(Decimal::parse(objective->target.percent_text())->to_double());
    if (!set_queries(*slo, located, subject, problems)) return std::nullopt;
  }
  subject.policy = alert::policy_of(table);
  subject.policy.mode = located.suite.mode;
  subject.policy.low_traffic = located.suite.low_traffic;
  subject.policy.absent_after = located.suite.absent_after;
  return subject;
}

alert::TestRun run_of(const alert::SuiteTest& test, const alert::Suite& suite,
                      const Subject& subject) {
  alert::TestRun run;
  run.policy = subject.policy;
  run.begin = -suite.history.value_or(subject.policy.period.count());
  run.budget = subject.budget;
  for (const auto& alert : subject.policy.alerts) run.alerts.push_back(alert.severity);
  if (subject.policy.absent_after) run.alerts.emplace_back(alert::kNoDataAlert);
  run.traffic = alert::simulate(test.traffic, run.begin, test.length);
  const alert::Scraped scraped{subject.counts_good ? run.traffic.good : run.traffic.bad,
                               run.traffic.total, subject.counts_good, subject.as_increase};
  // Evaluations stand at multiples of the interval, as the scrapes do.
  const alert::Tick step = suite.evaluation_interval;
  const alert::Schedule schedule{run.begin / step * step, test.length, step};
  run.replay = alert::replay(scraped, subject.policy, subject.budget, schedule);
  return run;
}

SloTestAlert alert_of(const alert::TestRun& run, std::size_t index) {
  SloTestAlert alert;
  alert.alert = run.alerts[index];
  for (const auto& firing : run.replay.firings[index])
    alert.firing.push_back(
        {run.replay.schedule.at(firing.first) / 1000, run.replay.schedule.at(firing.last) / 1000});
  alert.text = alert::firing_text(run, index);
  return alert;
}

SloTestCase case_of(const yaml::LocatedSuite& located, std::size_t index, const Subject& subject) {
  const auto& test = located.suite.tests[index];
  const auto run = run_of(test, located.suite, subject);
  SloTestCase result;
  result.suite = located.suite.name;
  result.name = test.name;
  result.slo = located.suite.slo;
  result.where = located.tests[index];
  for (std::size_t i = 0; i < run.alerts.size(); ++i) result.alerts.push_back(alert_of(run, i));
  result.counted_sli = alert::counted_sli(run, test.length);
  result.recorded_sli = alert::recorded_sli(run, test.length);
  result.budget_left = alert::budget_left(run, result.counted_sli);
  result.expectations = test.expectations.size();
  for (std::size_t i = 0; i < test.expectations.size(); ++i) {
    const auto outcome = alert::judge(run, test.expectations[i], test.length);
    if (!outcome.met)
      problem(result.failures, located.expectations[index][i], Code::expectation_failed,
              outcome.wanted, outcome.saw);
  }
  return result;
}

bool is_too_long(const yaml::LocatedSuite& located, std::size_t index, const Subject& subject,
                 Findings& problems) {
  const auto& test = located.suite.tests[index];
  const alert::Tick length =
      test.length + located.suite.history.value_or(subject.policy.period.count());
  const alert::Tick step =
      std::min(test.traffic.scrape_interval, located.suite.evaluation_interval);
  if (length / step <= kMostScrapes) return false;
  problem(problems, located.tests[index], Code::out_of_range,
          "the test takes " + group_digits(static_cast<std::uint64_t>(length / step)) + " samples",
          "make it or its history shorter, or the intervals longer: " + group_digits(kMostScrapes) +
              " are the most");
  return true;
}

}  // namespace

SloTestResult run_slo_tests(const SloTestRequest& request) {
  Gathered gathered;
  for (const auto& file : find_definition_files(request.paths, request.cwd))
    gather(file, request, gathered);
  struct Job {
    const yaml::LocatedSuite* suite;
    std::size_t test;
    std::size_t subject;
  };
  std::vector<Job> jobs;
  std::vector<Subject> subjects;
  auto& result = gathered.result;
  for (const auto& located : gathered.suites) {
    auto subject = subject_of(gathered.slos, gathered.tables, located, result.problems);
    if (!subject) continue;
    subjects.push_back(std::move(*subject));
    for (std::size_t i = 0; i < located.suite.tests.size(); ++i) {
      if (!is_too_long(located, i, subjects.back(), result.problems))
        jobs.push_back({&located, i, subjects.size() - 1});
    }
  }
  result.cases.resize(jobs.size());
  in_parallel(jobs.size(), [&](std::size_t i) {
    result.cases[i] = case_of(*jobs[i].suite, jobs[i].test, subjects[jobs[i].subject]);
  });
  return std::move(result);
}

}  // namespace nines::usecases
