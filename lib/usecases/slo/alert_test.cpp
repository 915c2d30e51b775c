// Runs the SLOTest documents among definition files, on our own evaluator.
#include "usecases/slo/alert_test.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/slo/codes.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/definition_reading.hpp"
#include "usecases/slo/test_subject.hpp"
#include "yaml/slo_test.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using nines::slo::Slo;

/// A year at scrapes of half a minute; a test of so many takes a second and 150 MB.
constexpr alert::Tick kMostScrapes = 1'000'000;

/// Turns of phases that come again and again: each is a change of the traffic that is kept.
constexpr alert::Tick kMostTurns = 1'000'000;

/// What the files define, and what they test.
struct Gathered {
  Testable testable;
  std::vector<yaml::LocatedSuite> suites;
  SloTestResult result;
};

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
    if (definition.windows) gathered.testable.tables.push_back(std::move(*definition.windows));
    if (auto* one = std::get_if<Slo>(&definition.object))
      gathered.testable.slos.push_back({std::move(*one), definition.where, 0});
    if (auto* several = std::get_if<std::vector<Slo>>(&definition.object)) {
      std::size_t index = 0;
      for (Slo& one : *several)
        gathered.testable.slos.push_back({std::move(one), definition.where, index++});
    }
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

alert::TestRun run_of(const alert::SuiteTest& test, const alert::Suite& suite,
                      const TestSubject& subject) {
  alert::TestRun run;
  run.policy = subject.policy;
  run.begin = -suite.history.value_or(subject.policy.period.count());
  run.budget = subject.budget;
  run.alerts = alert::alerts_of(subject.policy);
  run.traffic = alert::simulate(test.traffic, run.begin, test.length);
  const bool good = subject.queries.counts_good;
  const alert::Scraped scraped{good ? run.traffic.good : run.traffic.bad, run.traffic.total, good,
                               subject.queries.as_increase, run.traffic.maintenance};
  // Evaluations stand at multiples of the interval, as the scrapes do.
  const alert::Tick step = suite.evaluation_interval;
  alert::Schedule schedule{run.begin / step * step, test.length, step};
  if (suite.begins)
    schedule.origin = *suite.begins;
  else if (subject.policy.calendar)
    schedule.origin = subject.policy.calendar->anchor_seconds;
  run.replay = alert::replay(scraped, subject.policy, subject.budget, schedule);
  return run;
}

SloTestAlert alert_of(const alert::TestRun& run, std::size_t index) {
  SloTestAlert alert;
  alert.alert = run.alerts[index].shown;
  for (const auto& firing : run.replay.firings[index])
    alert.firing.push_back(
        {run.replay.schedule.at(firing.first) / 1000, run.replay.schedule.at(firing.last) / 1000});
  alert.text = alert::firing_text(run, index);
  return alert;
}

SloTestCase case_of(const yaml::LocatedSuite& located, std::size_t index,
                    const TestSubject& subject) {
  const auto& test = located.suite.tests[index];
  const auto run = run_of(test, located.suite, subject);
  SloTestCase result;
  result.suite = located.suite.name;
  result.name = test.name;
  result.slo = located.suite.slo;
  result.ruled = subject.ruled;
  result.where = located.tests[index];
  for (std::size_t i = 0; i < run.alerts.size(); ++i) result.alerts.push_back(alert_of(run, i));
  result.counted_sli = alert::counted_sli(run, test.length);
  result.recorded_sli = alert::recorded_sli(run, test.length);
  result.budget_left = alert::budget_left(run, result.counted_sli);
  result.expectations = test.expectations.size();
  for (std::size_t i = 0; i < test.expectations.size(); ++i) {
    const auto outcome = alert::judge(run, test.expectations[i], test.length);
    if (!outcome.met)
      test_problem(result.failures, located.expectations[index][i], Code::expectation_failed,
                   outcome.wanted, outcome.saw);
  }
  return result;
}

alert::Tick turns_in(const alert::SuiteTest& test) {
  alert::Tick turns = 0;
  for (const auto& phase : test.traffic.phases)
    turns += phase.every && phase.from <= test.length
                 ? (test.length - phase.from) / *phase.every + 1
                 : 1;
  return turns;
}

bool is_too_long(const yaml::LocatedSuite& located, std::size_t index, const TestSubject& subject,
                 Findings& problems) {
  const auto& test = located.suite.tests[index];
  const alert::Tick length =
      test.length + located.suite.history.value_or(subject.policy.period.count());
  const alert::Tick step =
      std::min(test.traffic.scrape_interval, located.suite.evaluation_interval);
  if (const auto turns = turns_in(test); turns > kMostTurns) {
    test_problem(problems, located.tests[index], Code::out_of_range,
                 "its phases begin " + group_digits(static_cast<std::uint64_t>(turns)) + " times",
                 "use fewer, or let them come less often: " +
                     group_digits(static_cast<std::uint64_t>(kMostTurns)) + " times are the most");
    return true;
  }
  if (length / step <= kMostScrapes) return false;
  test_problem(
      problems, located.tests[index], Code::out_of_range,
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
  std::vector<TestSubject> subjects;
  TestSubjects subjects_of(gathered.testable, request);
  auto& result = gathered.result;
  for (const auto& located : gathered.suites) {
    auto subject = subjects_of.subject(located, result.problems);
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
