// Runs nines rca deps: dependencies that are seen, against those that are declared.
#include <algorithm>
#include <ostream>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/cascade.hpp"
#include "usecases/rca/dependencies.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::DependencyRow;
using usecases::DependencyResult;

bool is_hard(const DependencyRow& row) { return !row.by_traces || !row.edge.asynchronous; }

std::string seen_by(const DependencyRow& row) {
  if (row.by_traces && row.by_network) return "traces, network";
  return row.by_traces ? "traces" : row.by_network ? "network" : "-";
}

std::size_t count_kind(const DependencyResult& result, DependencyRow::Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(result.rows.begin(), result.rows.end(),
                    [&](const DependencyRow& row) { return row.kind == kind; }));
}

Json dependency_data(const DependencyResult& result) {
  auto rows = Json::array(), pairs = Json::array(), cycles = Json::array();
  for (const auto& row : result.rows)
    rows.push(Json::object({{"kind", to_string(row.kind)},
                            {"from", row.edge.from},
                            {"to", row.edge.to},
                            {"hard", is_hard(row)},
                            {"calls", row.edge.calls},
                            {"errors", row.edge.errors},
                            {"by_traces", row.by_traces},
                            {"by_network", row.by_network},
                            {"virtual_peer", row.by_traces && row.edge.virtual_peer}}));
  for (const auto& pair : result.co_impact)
    pairs.push(Json::object({{"a", pair.a},
                             {"b", pair.b},
                             {"together", pair.together},
                             {"with_a", pair.with_a},
                             {"with_b", pair.with_b},
                             {"lift", probability_json(pair.lift)},
                             {"p", pair.p},
                             {"q", pair.q}}));
  for (const auto& cycle : result.cycles) cycles.push(cycle);
  return Json::object({{"spans", result.spans},
                       {"links", result.links},
                       {"skipped", result.skipped},
                       {"orphans", result.orphans},
                       {"nameless_clients", result.nameless},
                       {"first", time_or_null(result.first)},
                       {"last", time_or_null(result.last)},
                       {"flows", result.flows},
                       {"nameless_flows", result.nameless_flows},
                       {"incidents", result.incidents},
                       {"co_impact", std::move(pairs)},
                       {"cycles", std::move(cycles)},
                       {"patch", usecases::dependency_patch(result)},
                       {"rows", std::move(rows)}});
}

void show_dependencies(const DependencyResult& result, render::Page& page) {
  using Kind = DependencyRow::Kind;
  render::Table table{{{"is"},
                       {"from", render::Align::left, false, true},
                       {"to", render::Align::left, false, true},
                       {"calls", render::Align::right},
                       {"errors", render::Align::right},
                       {"seen by"}},
                      {}};
  for (const auto& row : result.rows)
    table.rows.push_back({std::string(to_string(row.kind)), row.edge.from,
                          row.edge.to + (row.by_traces && row.edge.virtual_peer ? " *" : ""),
                          row.by_traces ? group_digits(row.edge.calls) : "-",
                          row.by_traces ? group_digits(row.edge.errors) : "-", seen_by(row)});
  page.push_back(render::Paragraph{
      fmt::format("{} hidden, {} known, {} stale, {} declared and not seen; {}",
                  count_kind(result, Kind::hidden), count_kind(result, Kind::known),
                  count_kind(result, Kind::stale), count_kind(result, Kind::unseen),
                  count_of(result.spans, "span"))});
  const bool has_virtual =
      std::any_of(result.rows.begin(), result.rows.end(),
                  [](const DependencyRow& row) { return row.by_traces && row.edge.virtual_peer; });
  if (!table.rows.empty()) page.push_back(std::move(table));
  if (has_virtual)
    page.push_back(
        render::Paragraph{"* writes no spans: known by its callers' word", render::Tone::dim});
  if (!result.cycles.empty()) {
    std::string text = "Cycles:\n";
    for (const auto& cycle : result.cycles) text += "  " + cycle + "\n";
    page.push_back(render::Preformatted{text});
  }
  if (!result.co_impact.empty()) {
    page.push_back(render::Heading{"Hurt together"});
    render::Table pairs{{{"a", render::Align::left, false, true},
                         {"b", render::Align::left, false, true},
                         {"together", render::Align::right},
                         {"lift", render::Align::right},
                         {"q", render::Align::right}},
                        {}};
    for (const auto& pair : result.co_impact)
      pairs.rows.push_back({pair.a, pair.b, fmt::format("{} of {}", pair.together, pair.incidents),
                            fmt::format("{:.1f}", pair.lift), fmt::format("{:.2g}", pair.q)});
    page.push_back(std::move(pairs));
  }
  if (const auto text = usecases::dependency_difference(result); !text.empty()) {
    page.push_back(render::Heading{"To declare what is hidden"});
    page.push_back(render::Preformatted{text});
    page.push_back(render::Next{"nines rca deps ... --patch > patch.yaml",
                                "the same as documents for nines slo check and apply"});
  }
}

Json onset_json(const nines::rca::ServiceOnset& onset) {
  return Json::object({{"service", onset.service},
                       {"metric", onset.metric},
                       {"earliest", format_utc(onset.earliest)},
                       {"latest", format_utc(onset.latest)},
                       {"spreads", onset.spreads > 0 ? Json(onset.spreads) : Json()}});
}

Json stretch_json(const nines::rca::TimeStretch& stretch) {
  return Json::object({{"from", format_utc(stretch.from)}, {"to", format_utc(stretch.to)}});
}

Json cascade_json(const usecases::CascadeResult& cascade) {
  auto steps = Json::array(), aside = Json::array(), unmeasured = Json::array();
  for (const auto& step : cascade.path.steps) {
    auto through = Json::array();
    for (const auto& service : step.through) through.push(service);
    steps.push(onset_json(step.onset)
                   .set("order", to_string(step.order))
                   .set("through", std::move(through)));
  }
  for (const auto& one : cascade.path.aside)
    aside.push(onset_json(one.onset).set("why", one.why));
  for (const auto& service : cascade.unmeasured) unmeasured.push(service);
  return Json::object({{"incident", cascade.incident},
                       {"onset", format_utc(cascade.onset)},
                       {"onset_source", cascade.onset_source},
                       {"source", cascade.source},
                       {"normal", stretch_json(cascade.normal)},
                       {"looked", stretch_json(cascade.looked)},
                       {"sentence", cascade.path.sentence},
                       {"steps", std::move(steps)},
                       {"aside", std::move(aside)},
                       {"unmeasured", std::move(unmeasured)}});
}

std::string between_text(const nines::rca::ServiceOnset& onset) {
  return format_utc(onset.earliest).substr(11, 8) + " to " +
         format_utc(onset.latest).substr(11, 8);
}

void show_cascade(const usecases::CascadeResult& cascade, render::Page& page) {
  page.push_back(render::Heading{"The way of " + cascade.incident});
  page.push_back(render::Paragraph{cascade.path.sentence + ".", render::Tone::strong});
  page.push_back(render::Paragraph{
      fmt::format("Usual is {} from {} to {}; movements from then to {}.", cascade.source,
                  format_utc(cascade.normal.from), format_utc(cascade.normal.to),
                  format_utc(cascade.looked.to)),
      render::Tone::dim});
  render::Table table{{{"#", render::Align::right},
                       {"service", render::Align::left, false, true},
                       {"moved (UTC)"},
                       {"order"},
                       {"by", render::Align::left, false, true}},
                      {}};
  std::size_t place = 0;
  const auto what = [](const nines::rca::ServiceOnset& onset) {
    return onset.spreads > 0 ? fmt::format("{}, {:.3g} spreads", onset.metric, onset.spreads)
                             : onset.metric;
  };
  for (const auto& step : cascade.path.steps)
    table.rows.push_back({std::to_string(++place), step.onset.service, between_text(step.onset),
                          std::string(to_string(step.order)), what(step.onset)});
  for (const auto& one : cascade.path.aside)
    table.rows.push_back(
        {"-", one.onset.service, between_text(one.onset), "aside", what(one.onset)});
  if (!table.rows.empty()) page.push_back(std::move(table));
  std::string text;
  for (const auto& one : cascade.path.aside) text += one.onset.service + ": " + one.why + "\n";
  for (const auto& service : cascade.unmeasured)
    text += service + ": hurt, and not measured itself\n";
  if (!text.empty()) page.push_back(render::Preformatted{text});
}

Json lag_json(const usecases::LagResult& lags) {
  auto found = Json::array();
  for (const auto& one : lags.found)
    found.push(
        Json::object({{"leader", one.leader},
                      {"leader_metric", one.leader_metric},
                      {"follower", one.follower},
                      {"follower_metric", one.follower_metric},
                      {"lag_seconds", static_cast<std::int64_t>(one.lag.count() / 1'000'000)},
                      {"correlation", probability_json(one.correlation)},
                      {"p", one.p},
                      {"q", one.q},
                      {"known", one.known}}));
  return Json::object({{"strength", "weak"},
                       {"source", lags.source},
                       {"series", lags.series},
                       {"rows", lags.rows},
                       {"pairs", lags.pairs},
                       {"found", std::move(found)}});
}

void show_lags(const usecases::LagResult& lags, render::Page& page) {
  page.push_back(render::Heading{"Moves later (weak: no edge by itself)"});
  render::Table table{{{"service", render::Align::left, false, true},
                       {"moves after", render::Align::left, false, true},
                       {"by", render::Align::right},
                       {"rank corr", render::Align::right},
                       {"q", render::Align::right},
                       {"known"}},
                      {}};
  for (const auto& one : lags.found)
    table.rows.push_back({one.follower + " " + one.follower_metric,
                          one.leader + " " + one.leader_metric, format_duration(one.lag),
                          fmt::format("{:.2f}", one.correlation), fmt::format("{:.2g}", one.q),
                          one.known ? "yes" : "no"});
  const bool none = table.rows.empty();
  if (!none) page.push_back(std::move(table));
  page.push_back(render::Paragraph{
      fmt::format("{}{} of {}, {} tested, Benjamini-Hochberg at 5 %. Two services that "
                  "a third one moves look the same: ask a trace.",
                  none ? "No service moves later than another. " : "",
                  count_of(lags.rows, "row"), count_of(lags.series, "service"),
                  count_of(lags.pairs, "ordered pair")),
      render::Tone::dim});
}

}  // namespace

void declare_deps(Options& options) {
  options.about(
      "Reads spans (OTLP JSON, Jaeger JSON, Zipkin v2 or its dependency links, or a table below "
      "TraceID,SpanID,ParentID,PodName; plain, gzip or zstd) as a stream, and holds the calls "
      "between services against the dependencies that are applied, or those of --declared (Service "
      "of nines/v1, or Backstage). hidden: seen and not declared; stale: declared, and not seen "
      "though both ends are, in spans of at least --window; unseen: not seen, in less. A client "
      "span without its server's is a call to a peer that writes no spans.");
  options.about(
      "--network names who talks to whom: edges (from,to; source,destination; client,server), flow "
      "records by address (srcaddr,dstaddr,srcport,dstport and the like) or the output of ss -tanp "
      "or netstat -tanp, where the end that listens is the callee, else the one with the lower "
      "port. --names says which address, address:port or process is which service, as a table of "
      "address,service or as /etc/hosts does; it renames peers of traces too.");
  options.about(
      "Pairs of services that the incidents on record hurt together are tested by Fisher's exact "
      "test (at least 3 times together, Benjamini-Hochberg at 5 %): that says that they fail "
      "together, not which needs which, so it makes no edge.");
  options.about(
      "--incident tells the way that one incident took: from which service it came, through which, "
      "to where people saw it, by when the series of each (the store's, or --metrics) first left "
      "its baseline, along the dependencies that are declared or seen. Each time is an interval; "
      "an order is certain where no interval and no clock allows another, else open.");
  options.about(
      "--lagged asks whether one service's series moves some rows after another's: ranks of steps "
      "are correlated at lags of 1 to 10 rows and held against the same series turned against each "
      "other; all pairs count as tests (Benjamini-Hochberg at 5 %). That is weak evidence, and "
      "makes no edge.");
  options.positionals("traces", "files of spans; - reads standard input");
  options.list("network", "FILE", "who talks to whom: edges, flow records, output of ss");
  options.path("names", "FILE", "which address or process is which service");
  options.list("declared", "FILE", "YAML of services, instead of what is applied");
  options.duration("window", "what is not seen for so long is stale").fallback = "7d";
  options.choice("fail-on", {"hidden"}, "exit 1 when a hidden hard dependency is seen");
  options.text("incident", "INC", "tell the way that it took: INC-4, 4, or @");
  options.duration("clock-uncertainty", "how far clocks may be apart, for --incident").fallback =
      "60s";
  options.flag("lagged", "test which series move after which others: weak evidence");
  options.path("metrics", "FILE", "a table of metrics for --incident and --lagged");
  options.flag("patch", "write documents that declare what is hidden, for slo check and apply");
  options.flag("dot", "write the graph for Graphviz: hidden red, not seen dashed");
  options.example("nines rca deps traces.json.gz", "what the traces show beside what is applied");
  options.example("nines rca deps spans.csv --declared services.yaml --fail-on hidden",
                  "in a pipeline: no new dependency without its declaration");
  options.example("nines rca deps --incident INC-4", "which way an incident took");
  options.example("nines rca deps --network sockets.txt --names hosts.csv --patch",
                  "what ss shows, as documents to declare it");
}

namespace {

/// What is declared and what is seen, for the questions on series.
nines::rca::EdgeSet known_calls(const DependencyResult& result) {
  auto calls = result.declared;
  for (const auto& row : result.rows)
    if (row.by_traces || row.by_network) calls.insert({row.edge.from, row.edge.to});
  return calls;
}

usecases::CascadeRequest cascade_request(const Context& context, const DependencyResult& result) {
  usecases::CascadeRequest request;
  request.incident = context.args.required("incident");
  request.metrics = context.args.text("metrics");
  request.apart = context.args.duration("clock-uncertainty").value_or(request.apart);
  request.calls = known_calls(result);
  return request;
}

}  // namespace

ExitCode run_deps(Context& context) {
  usecases::DependencyRequest request;
  request.traces = context.args.list("traces");
  request.network = context.args.list("network");
  request.declared = context.args.list("declared");
  request.window = context.args.duration("window").value_or(request.window);
  request.names = context.args.text("names");
  const bool asks_incident = context.args.given("incident"), asks_lags = context.args.flag("lagged");
  const bool reads = !request.traces.empty() || !request.network.empty();
  if (!reads && !asks_incident && !asks_lags)
    throw Error(ExitCode::usage, "nothing to read",
                "name files of spans, or --network FILE; or ask --incident INC or --lagged",
                "MISSING_ARGUMENT");
  if (!reads)
    for (const char* option : {"patch", "dot", "fail-on"})
      if (context.args.given(option))
        throw Error(ExitCode::usage, "--" + std::string(option) + " without anything that is seen",
                    "name files of spans, or --network FILE", "MISSING_ARGUMENT");
  // A pipeline has the declarations beside it and no store.
  const bool has_store = context.store_location().exists;
  std::optional<usecases::Session> session;
  if (request.declared.empty() || has_store || asks_incident)
    session.emplace(usecases::Session::open(context.session_options()));
  const auto result = usecases::find_dependencies(request, session ? &*session : nullptr,
                                                  context.cwd(), context.in);
  const bool fails = context.args.given("fail-on") &&
                     std::any_of(result.rows.begin(), result.rows.end(), [](const auto& row) {
                       return row.kind == DependencyRow::Kind::hidden && is_hard(row);
                     });
  if (context.args.flag("dot") || context.args.flag("patch")) {
    context.out << escape_controls(context.args.flag("dot") ? usecases::dependency_dot(result)
                                                            : usecases::dependency_patch(result));
    for (const auto& warning : result.warnings) context.warn(warning);
    return fails ? ExitCode::no : ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/rca.deps/v1";
  output.data = dependency_data(result);
  output.warnings = result.warnings;
  if (reads) show_dependencies(result, output.page);
  const auto also_warn = [&](const std::vector<std::string>& warnings) {
    output.warnings.insert(output.warnings.end(), warnings.begin(), warnings.end());
  };
  if (!reads) output.warnings.clear();
  if (asks_incident) {
    const auto cascade =
        usecases::trace_incident(*session, cascade_request(context, result), context.cwd());
    output.data.set("cascade", cascade_json(cascade));
    show_cascade(cascade, output.page);
    also_warn(cascade.warnings);
  }
  if (asks_lags) {
    const auto lags = usecases::find_lagged_movement(
        session ? &*session : nullptr,
        {context.args.text("metrics"), request.window, known_calls(result)}, context.cwd());
    output.data.set("lagged", lag_json(lags));
    show_lags(lags, output.page);
    also_warn(lags.warnings);
  }
  context.show(output);
  return fails ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::rca
