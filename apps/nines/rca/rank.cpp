// Runs nines rca rank: which service and metric an incident came from, with a reason for each.
#include <fmt/core.h>

#include "base/text.hpp"
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

Json metric_table_json(const std::string& file, const usecases::TableSize& size) {
  return Json::object({{"file", file}, {"rows", size.rows}, {"columns", size.columns}});
}

Json ranking_data(const usecases::RankRequest& request, const RankResult& result) {
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
  return Json::object({{"anomalous", ranking.anomalous},
                       {"because", ranking.because},
                       {"chance", ranking.chance ? Json(*ranking.chance) : Json()},
                       {"method", ranking.method},
                       {"target", result.target ? metric_name_json(*result.target) : Json()},
                       {"normal", metric_table_json(request.normal, result.normal)},
                       {"incident", metric_table_json(request.anomalous, result.anomalous)},
                       {"services", std::move(services)},
                       {"metrics", std::move(metrics)},
                       {"notes", std::move(notes)}});
}

std::string place_text(std::size_t place) { return std::to_string(place + 1); }

render::Table ranked_service_table(const std::vector<RankedService>& services, bool all) {
  render::Table table{{{"#", render::Align::right},
                       {"service", render::Align::left, false, true},
                       {"score", render::Align::right},
                       {"reason", render::Align::left, true}},
                      {}};
  for (std::size_t i = 0; i < services.size() && (all || i < kShownRanks); ++i)
    table.rows.push_back({place_text(i), services[i].service,
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
    table.rows.push_back({place_text(i), name.service,
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
    page.push_back(
        render::Paragraph{place_text(i) + ". " + services[i].service + ": " + services[i].reason});
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
  options.path("normal", "FILE", "table of metrics before the incident").required = true;
  options.path("anomalous", "FILE", "table of metrics during the incident").required = true;
  options.path("graph", "FILE", "who calls whom");
  options.text("target", "NODE|METRIC", "metric where the symptom is seen; |STATISTIC may follow");
  options.example("nines rca rank --normal before.csv --anomalous incident.csv",
                  "what moved most, over all metrics");
  options.example(
      "nines rca rank --normal before.csv --anomalous incident.csv --graph calls.csv --target "
      "\"shop|latency\" -o json",
      "what is behind a slow shop, along its calls");
}

ExitCode run_rank(Context& context) {
  usecases::RankRequest request;
  request.normal = context.args.required("normal");
  request.anomalous = context.args.required("anomalous");
  request.graph = context.args.text("graph");
  request.target = context.args.text("target");
  const auto result = usecases::rank_metrics(request, context.cwd());
  const auto& ranking = result.ranking;
  render::Output output;
  output.schema = "nines/rca.rank/v1";
  output.data = ranking_data(request, result);
  output.warnings = result.warnings;
  output.page.push_back(
      render::Facts{{{"anomalous", ranking.anomalous ? render::Cell("yes", render::Tone::warn)
                                                     : render::Cell("no", render::Tone::good)},
                     {"method", ranking.method}}});
  output.page.push_back(render::Paragraph{ranking.because});
  for (const auto& note : ranking.notes) output.page.push_back(render::Paragraph{note});
  if (ranking.anomalous)
    show_ranks(ranking, context.format() == render::Format::wide, output.page);
  else if (result.target)
    output.page.push_back(render::Next{"nines rca rank --normal FILE --anomalous FILE",
                                       "without a target: whether anything else moved"});
  else
    output.page.push_back(render::Paragraph{
        "Normal rows in the table of the incident hide what moved: cut it at the onset."});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
