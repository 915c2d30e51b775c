// Runs nines slo test: unit tests of alerts, written in YAML, on our own evaluator.
#include <ostream>

#include "base/read_file.hpp"
#include "nines/companion.hpp"
#include "nines/findings_output.hpp"
#include "nines/slo/verbs.hpp"
#include "render/findings.hpp"
#include "render/test_report.hpp"
#include "usecases/slo/alert_test.hpp"

namespace nines::app::slo {

namespace {

constexpr std::size_t kMostTestInput = 64U * 1024 * 1024;

usecases::SloTestRequest request_of(Context& context) {
  usecases::SloTestRequest request;
  request.paths = context.args.list("path");
  if (request.paths.empty()) request.paths = {"."};
  request.cwd = context.cwd();
  request.now = context.now();
  request.calendar_program = find_companion(context.env, "nines-calendar");
  for (const auto& path : request.paths) {
    if (path == "-") request.input = read_stream(context.in, kMostTestInput);
  }
  return request;
}

Json number_or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json alert_json(const usecases::SloTestAlert& alert) {
  Json firing = Json::array();
  for (const auto& span : alert.firing)
    firing.push(Json::object({{"from_seconds", span.from}, {"to_seconds", span.to}}));
  return Json::object({{"alert", alert.alert}, {"firing", std::move(firing)}});
}

Json failure_json(const Finding& finding) {
  return Json::object({{"line", finding.span.line},
                       {"column", finding.span.column},
                       {"path", finding.path},
                       {"expected", finding.message},
                       {"saw", finding.hint}});
}

Json problem_json(const Finding& finding) {
  return Json::object({{"code", finding.code},
                       {"file", finding.file},
                       {"line", finding.span.line},
                       {"column", finding.span.column},
                       {"message", finding.message},
                       {"hint", finding.hint}});
}

Json data_of(const usecases::SloTestResult& result) {
  Json tests = Json::array();
  std::size_t failed = 0;
  for (const auto& one : result.cases) {
    Json alerts = Json::array();
    for (const auto& alert : one.alerts) alerts.push(alert_json(alert));
    Json failures = Json::array();
    for (const auto& failure : one.failures) failures.push(failure_json(failure));
    if (!one.failures.empty()) ++failed;
    tests.push(Json::object({{"suite", one.suite},
                             {"name", one.name},
                             {"slo", one.slo.empty() ? Json() : Json(one.slo)},
                             {"rules", one.ruled},
                             {"file", one.where.file},
                             {"line", one.where.span.line},
                             {"passed", one.failures.empty()},
                             {"expectations", one.expectations},
                             {"alerts", std::move(alerts)},
                             {"sli", number_or_null(one.counted_sli)},
                             {"recorded_sli", number_or_null(one.recorded_sli)},
                             {"budget_left", number_or_null(one.budget_left)},
                             {"failures", std::move(failures)}}));
  }
  Json problems = Json::array();
  for (const auto& problem : result.problems) problems.push(problem_json(problem));
  return Json::object({{"tests", std::move(tests)},
                       {"passed", result.cases.size() - failed},
                       {"failed", failed},
                       {"problems", std::move(problems)}});
}

render::TestReport report_of(const usecases::SloTestResult& result) {
  render::TestReport report;
  report.problems = result.problems;
  for (const auto& one : result.cases) {
    render::TestCase test{one.suite,           one.name,     one.where.file,
                          one.where.span.line, one.failures, {}};
    for (const auto& alert : one.alerts) {
      if (alert.text != "never") test.notes.push_back(alert.alert + " fires " + alert.text);
    }
    if (test.notes.empty()) test.notes.emplace_back("nothing fires");
    if (!one.ruled && !one.slo.empty())
      test.notes.emplace_back("by the usual alerts: no rules for Prometheus come of this SLO");
    report.cases.push_back(std::move(test));
  }
  return report;
}

render::FindingReport findings_of(const usecases::SloTestResult& result) {
  render::FindingReport report;
  report.command = "nines slo test";
  report.files = result.files;
  report.findings = result.problems;
  for (const auto& one : result.cases)
    report.findings.insert(report.findings.end(), one.failures.begin(), one.failures.end());
  return report;
}

void show_tests(Context& context, const usecases::SloTestResult& result) {
  if (context.format() == render::Format::json) {
    render::Output output;
    output.schema = "nines/slo.test/v1";
    output.data = data_of(result);
    context.show(output);
    return;
  }
  const auto format = render::finding_format_from(context.global("output").value_or("text"))
                          .value_or(render::FindingFormat::text);
  if (format == render::FindingFormat::text)
    render::write_tests(context.out, report_of(result), context.style());
  else if (format == render::FindingFormat::junit)
    render::write_tests_junit(context.out, report_of(result));
  else
    write_findings(context, findings_of(result), format);
  context.out.flush();
  if (!context.out) throw Error(ExitCode::io, "cannot write the results");
}

}  // namespace

void declare_test(Options& options) {
  options.positionals(
      "path",
      "files, or directories to look through, with the tests and their SLOs; '-' is "
      "standard input; default the current directory");
  options.formats({"text", "concise", "json", "github", "gitlab", "junit", "sarif"});
  options.about(
      "Turns the traffic that each SLOTest document describes into the counters a Prometheus would "
      "have scraped, evaluates the alerts that nines slo rules writes of the SLO over them as "
      "Prometheus does, and compares what fires, the SLI and the budget with what the test "
      "expects. "
      "No server is needed. An SLO of which no rules come is tested by the usual alerts for its "
      "period, and that is said.");
  options.about(
      "Nothing in it is random. A server that spreads its rules over the evaluation interval may "
      "be up to one scrape and one evaluation later than the times shown.");
  options.example("nines slo test slos/", "every test below a directory");
  options.example("nines slo test -o junit slos/", "for a pipeline");
  options.see_also("nines-slo(5)");
}

ExitCode run_test(Context& context) {
  const auto result = usecases::run_slo_tests(request_of(context));
  show_tests(context, result);
  if (result.cases.empty() && result.problems.empty()) {
    context.say("found no tests: a test is a document of 'kind: SLOTest'");
    return ExitCode::not_found;
  }
  context.say(render::summary(report_of(result)));
  for (const auto& one : result.cases)
    if (!one.failures.empty()) return ExitCode::no;
  return result.problems.empty() ? ExitCode::done : ExitCode::no;
}

}  // namespace nines::app::slo
