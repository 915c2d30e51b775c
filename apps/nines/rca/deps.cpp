// Runs nines rca deps: dependencies that are seen, against those that are declared.
#include <algorithm>
#include <ostream>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"
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
  if (const auto patch = usecases::dependency_patch(result); !patch.empty()) {
    page.push_back(render::Heading{"To declare what is hidden"});
    page.push_back(render::Preformatted{patch});
  }
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
      "--network names tables of who talks to whom (from,to; source,destination; client,server), "
      "from flow records or an eBPF exporter. Pairs of services that the incidents on record hurt "
      "together are tested by Fisher's exact test (at least 3 times together, Benjamini-Hochberg "
      "at 5 %): that says that they fail together, not which needs which, so it makes no edge.");
  options.positionals("traces", "files of spans; - reads standard input");
  options.list("network", "FILE", "tables of who talks to whom");
  options.list("declared", "FILE", "YAML of services, instead of what is applied");
  options.duration("window", "what is not seen for so long is stale").fallback = "7d";
  options.choice("fail-on", {"hidden"}, "exit 1 when a hidden hard dependency is seen");
  options.flag("dot", "write the graph for Graphviz: hidden red, not seen dashed");
  options.example("nines rca deps traces.json.gz", "what the traces show beside what is applied");
  options.example("nines rca deps spans.csv --declared services.yaml --fail-on hidden",
                  "in a pipeline: no new dependency without its declaration");
}

ExitCode run_deps(Context& context) {
  usecases::DependencyRequest request;
  request.traces = context.args.list("traces");
  request.network = context.args.list("network");
  request.declared = context.args.list("declared");
  request.window = context.args.duration("window").value_or(request.window);
  if (request.traces.empty() && request.network.empty())
    throw Error(ExitCode::usage, "nothing to read", "name files of spans, or --network FILE",
                "MISSING_ARGUMENT");
  // A pipeline has the declarations beside it and no store.
  const bool has_store = context.store_location().exists;
  std::optional<usecases::Session> session;
  if (request.declared.empty() || has_store)
    session.emplace(usecases::Session::open(context.session_options()));
  const auto result = usecases::find_dependencies(request, session ? &*session : nullptr,
                                                  context.cwd(), context.in);
  const bool fails = context.args.given("fail-on") &&
                     std::any_of(result.rows.begin(), result.rows.end(), [](const auto& row) {
                       return row.kind == DependencyRow::Kind::hidden && is_hard(row);
                     });
  if (context.args.flag("dot")) {
    context.out << escape_controls(usecases::dependency_dot(result));
    for (const auto& warning : result.warnings) context.warn(warning);
    return fails ? ExitCode::no : ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/rca.deps/v1";
  output.data = dependency_data(result);
  output.warnings = result.warnings;
  show_dependencies(result, output.page);
  context.show(output);
  return fails ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::rca
