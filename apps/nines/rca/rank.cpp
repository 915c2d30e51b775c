// Runs nines rca rank: which service and metric an incident came from, with a reason for each.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/measured.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/rank.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::RankedMetric;
using nines::rca::RankedService;
using usecases::RankResult;

constexpr std::size_t kShownRanks = 10;

Json metric_name_json(const nines::rca::MetricName& name) {
  return Json::object({{"service", name.service},
                       {"metric", name.metric},
                       {"statistic", name.statistic.empty() ? Json() : Json(name.statistic)}});
}

/// `file` is empty where the table is a stretch of what was measured.
Json metric_table_json(const std::string& file, const usecases::TableSize& size) {
  auto table = Json::object(
      {{"file", text_or_null(file)}, {"rows", size.rows}, {"columns", size.columns}});
  if (size.stretch)
    table.set("from", format_utc(size.stretch->from)).set("to", format_utc(size.stretch->to));
  return table;
}

Json ranking_data(const usecases::RankRequest& files, const RankResult& result) {
  const auto& ranking = result.ranking;
  auto services = Json::array(), metrics = Json::array(), notes = Json::array();
  for (const auto& one : ranking.services)
    services.push(
        Json::object({{"service", one.service}, {"score", one.score}, {"reason", one.reason}}));
  for (const auto& one : ranking.metrics)
    metrics.push(metric_name_json(one.name)
                     .set("score", one.score)
                     .set("onset", one.onset.empty() ? Json() : Json(one.onset))
                     .set("reason", one.reason));
  for (const auto& note : ranking.notes) notes.push(note);
  auto data = Json::object({{"anomalous", ranking.anomalous},
                       {"because", ranking.because},
                       {"chance", ranking.chance ? Json(*ranking.chance) : Json()},
                       {"method", ranking.method},
                       {"target", result.target ? metric_name_json(*result.target) : Json()},
                       {"normal", metric_table_json(files.normal, result.normal)},
                       {"incident", metric_table_json(files.anomalous, result.anomalous)},
                       {"services", std::move(services)},
                       {"metrics", std::move(metrics)},
                       {"notes", std::move(notes)}});
  if (result.normal.stretch) {
    data.set("of", result.incident ? Json(*result.incident) : Json());
    data.set("windows", result.windows);
  }
  return data;
}

std::string place_number(std::size_t place) { return std::to_string(place + 1); }

render::Table ranked_service_table(const std::vector<RankedService>& services, bool all) {
  render::Table table{{{"#", render::Align::right},
                       {"service", render::Align::left, false, true},
                       {"score", render::Align::right},
                       {"reason", render::Align::left, true}},
                      {}};
  for (std::size_t i = 0; i < services.size() && (all || i < kShownRanks); ++i)
    table.rows.push_back({place_number(i), services[i].service,
                          fmt::format("{:.4g}", services[i].score), services[i].reason});
  return table;
}

render::Table ranked_metric_table(const std::vector<RankedMetric>& metrics, bool all) {
  render::Table table{{{"#", render::Align::right},
                       {"service", render::Align::left, false, true},
                       {"metric", render::Align::left, false, true},
                       {"score", render::Align::right},
                       {"since"}},
                      {}};
  for (std::size_t i = 0; i < metrics.size() && (all || i < kShownRanks); ++i) {
    const auto& name = metrics[i].name;
    table.rows.push_back({place_number(i), name.service,
                          name.statistic.empty() ? name.metric : name.metric + " " + name.statistic,
                          fmt::format("{:.4g}", metrics[i].score),
                          metrics[i].onset.empty() ? "-" : metrics[i].onset});
  }
  return table;
}

void show_ranks(const nines::rca::Ranking& ranking, bool all, render::Page& page) {
  const auto& services = ranking.services;
  page.push_back(render::Heading{"Services"});
  page.push_back(ranked_service_table(services, all));
  // A terminal is too narrow for reasons beside the scores; with `-o wide` they stand in the table.
  for (std::size_t i = 0; !all && i < std::min(services.size(), kShownRanks); ++i)
    page.push_back(render::Paragraph{place_number(i) + ". " + services[i].service + ": " +
                                     services[i].reason});
  page.push_back(render::Heading{"Metrics"});
  page.push_back(ranked_metric_table(ranking.metrics, all));
  if (!all && std::max(services.size(), ranking.metrics.size()) > kShownRanks)
    page.push_back(render::Paragraph{
        fmt::format("{} and {} in all: -o wide or -o json", count_of(services.size(), "service"),
                    count_of(ranking.metrics.size(), "metric")),
        render::Tone::dim});
  page.push_back(render::Next{"nines rca changes rank", "which change it came from"});
}

}  // namespace

void declare_rank(Options& options) {
  options.about(
      "Compares a table of metrics from the time of an incident with one from normal operation, "
      "and "
      "ranks services and metrics by how far they moved. Scores bear no unit: bytes and megabytes "
      "give the same order. A service scores the deviation that a tenth of the rows of its best "
      "metric hold, over max(IQR, 5 % of the median); inside a service metrics are ordered by mean "
      "and standard deviation. When nothing moved more than the baseline does by itself, the "
      "answer "
      "is 'anomalous: no' and both lists are empty.");
  options.about(
      "With --target, the metric where people see the symptom, only that metric is compared, in "
      "its "
      "harmful direction, and the rows of the symptom are held against the rows ahead of them; how "
      "rare such a contrast is, is read from every window of the baseline. With --graph the calls "
      "from the target are followed as far as services moved with it, and the deepest come first: "
      "each scores with all that it would explain. All other services follow, so that the ranking "
      "is always full.");
  options.about(
      "Tables are CSV: time first, then one column per metric, named service|metric, "
      "service|metric|statistic or service_metric, or by two or three header rows as pandas writes "
      "them. Empty cells were not measured. A graph is a matrix of 0 and 1 whose rows call its "
      "columns, or edges below from,to.");
  options.about(
      "Without files, what the store has measured is compared: per service the share of events "
      "that missed an objective ('failed') and their number ('events'), minute by minute, around an "
      "incident. The baseline ends five minutes before the earliest that the symptom may have "
      "begun, an hour before where only the declaration is known, and is 21 times as long as the "
      "incident's stretch (3 hours to 7 days, or --normal-length); minutes in which another "
      "incident hurt something are left out of it. Both stretches are printed. With --target and "
      "no --graph the declared dependencies are the calls.");
  options.text("incident", "INC", "what is measured around it: INC-4, 4, or @; default the current");
  declare_measured(options);
  options.duration("normal-length", "how long the baseline is; default by the incident's length");
  options.path("normal", "FILE", "table of metrics before the incident, with --anomalous");
  options.path("anomalous", "FILE", "table of metrics during the incident");
  options.path("graph", "FILE", "who calls whom");
  options.text("target", "NODE|METRIC", "metric where the symptom is seen; |STATISTIC may follow");
  options.example("nines rca rank --normal before.csv --anomalous incident.csv",
                  "what moved most, over all metrics");
  options.example(
      "nines rca rank --normal before.csv --anomalous incident.csv --graph calls.csv --target "
      "\"shop|latency\" -o json",
      "what is behind a slow shop, along its calls");
  options.example("nines rca rank --incident INC-4 --target \"checkout|failed\"",
                  "what is behind this incident, by what was measured");
}

namespace {

bool ranks_files(const Context& context) {
  const bool normal = context.args.given("normal"), anomalous = context.args.given("anomalous");
  if (!normal && !anomalous) return false;
  if (normal != anomalous)
    throw Error(ExitCode::usage, normal ? "--anomalous is missing" : "--normal is missing",
                "both tables, or neither: then what the store has measured is compared",
                "MISSING_ARGUMENT");
  for (const char* option : {"incident", "service", "onset", "ended", "normal-length"})
    if (context.args.given(option))
      throw Error(ExitCode::usage, "--" + std::string(option) + " does not go with files",
                  "leave out --normal and --anomalous: what the store has measured is compared",
                  "BAD_VALUE");
  return true;
}

RankResult rank_of_store(Context& context) {
  auto request = measured_request(context);
  request.normal = context.args.duration("normal-length");
  request.graph = context.args.text("graph");
  request.target = context.args.text("target");
  const auto session = usecases::Session::open(context.session_options());
  return usecases::rank_measured(session, request, context.cwd());
}

std::string stretch_text(const nines::rca::TimeStretch& stretch) {
  return format_utc(stretch.from) + " to " + format_utc(stretch.to);
}

render::Facts ranking_facts(const RankResult& result) {
  const auto& ranking = result.ranking;
  render::Facts facts{{{"anomalous", ranking.anomalous ? render::Cell("yes", render::Tone::warn)
                                                       : render::Cell("no", render::Tone::good)},
                       {"method", ranking.method}}};
  if (!result.normal.stretch) return facts;
  if (result.incident) facts.items.emplace_back("incident", *result.incident);
  facts.items.emplace_back("normal", stretch_text(*result.normal.stretch));
  facts.items.emplace_back("compared", stretch_text(*result.anomalous.stretch));
  return facts;
}

}  // namespace

ExitCode run_rank(Context& context) {
  usecases::RankRequest files;
  const bool has_files = ranks_files(context);
  if (has_files) {
    files.normal = context.args.required("normal");
    files.anomalous = context.args.required("anomalous");
    files.graph = context.args.text("graph");
    files.target = context.args.text("target");
  }
  const auto result = has_files ? usecases::rank_metrics(files, context.cwd())
                                : rank_of_store(context);
  const auto& ranking = result.ranking;
  render::Output output;
  output.schema = "nines/rca.rank/v1";
  output.data = ranking_data(files, result);
  output.warnings = result.warnings;
  output.page.push_back(ranking_facts(result));
  if (!result.windows.empty())
    output.page.push_back(render::Paragraph{result.windows, render::Tone::dim});
  output.page.push_back(render::Paragraph{ranking.because});
  for (const auto& note : ranking.notes) output.page.push_back(render::Paragraph{note});
  if (ranking.anomalous)
    show_ranks(ranking, context.format() == render::Format::wide, output.page);
  else if (result.target)
    output.page.push_back(render::Next{
        has_files ? "nines rca rank --normal FILE --anomalous FILE" : "nines rca rank",
        "without a target: whether anything else moved"});
  else
    output.page.push_back(render::Paragraph{
        has_files ? "Normal rows in the table of the incident hide what moved: cut it at the onset."
                  : "A late --onset puts the fault into the baseline, an early one hides it."});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
