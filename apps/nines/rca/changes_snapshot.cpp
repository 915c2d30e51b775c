// Runs nines rca changes snapshot and drift: configurations that were good, and what left them.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/configuration.hpp"

namespace nines::app::rca {
namespace {

using catalog::ConfigSnapshot;
using catalog::ConfigValue;
using nines::rca::DriftAge;
using nines::rca::DriftRow;
using usecases::DriftResult;

Json snapshot_json(const ConfigSnapshot& one) {
  return Json::object({{"name", text_or_null(one.name)},
                       {"service", one.service},
                       {"place", text_or_null(one.place)},
                       {"build", text_or_null(one.build)},
                       {"health", to_string(one.health)},
                       {"at", format_utc(one.at)},
                       {"values", one.tree.size()}});
}

Json value_json(const std::optional<ConfigValue>& value) {
  if (!value) return {};
  return Json::object({{"type", to_string(value->type)}, {"text", value->text}});
}

Json drift_row_json(const DriftRow& row) {
  return Json::object({{"path", row.path},
                       {"kind", to_string(row.kind)},
                       {"declared", value_json(row.declared)},
                       {"good", value_json(row.good)},
                       {"observed", value_json(row.observed)},
                       {"type_changed", row.type_changed},
                       {"age", text_or_null(std::string(to_string(row.age)))},
                       {"seen", time_or_null(row.seen)},
                       {"before", time_or_null(row.before)}});
}

std::string value_text(const std::optional<ConfigValue>& value) {
  if (!value) return "-";
  if (value->type == catalog::ConfigType::text) return "'" + value->text + "'";
  return value->text.empty() ? std::string(to_string(value->type)) : value->text;
}

/// Of texts over several lines the first line that differs is shown, and its number.
std::string value_beside(const std::optional<ConfigValue>& value, const DriftRow& row) {
  const auto has_lines = [](const std::optional<ConfigValue>& one) {
    return one && one->text.find('\n') != std::string::npos;
  };
  if (!value || (!has_lines(row.good) && !has_lines(row.observed))) return value_text(value);
  const auto lines_of = [](const std::optional<ConfigValue>& one) {
    return one ? split(one->text, '\n') : std::vector<std::string_view>();
  };
  const auto good = lines_of(row.good), observed = lines_of(row.observed), own = lines_of(value);
  std::size_t at = 0;
  while (at < good.size() && at < observed.size() && good[at] == observed[at]) ++at;
  const auto line = at < own.size() ? trim(own[at]) : std::string_view();
  return fmt::format("line {}: '{}'", at + 1, line);
}

std::string snapshot_place(const ConfigSnapshot& one) {
  return fmt::format("{}{}{}  {}", one.name.empty() ? "what was given" : one.name,
                     one.place.empty() ? "" : ", " + one.place,
                     one.build.empty() ? ", build not known" : ", build " + one.build,
                     format_utc(one.at));
}

void add_drift_table(const DriftResult& result, bool declared, bool dated, render::Page& page) {
  render::Table table{{{"path", render::Align::left, false, true}, {"kind"}}, {}};
  if (declared) table.columns.push_back({"declared", render::Align::left, false, true});
  table.columns.push_back({"good", render::Align::left, false, true});
  table.columns.push_back({"observed", render::Align::left, false, true});
  if (dated) table.columns.push_back({"age"});
  for (const auto& row : result.rows) {
    std::vector<render::Cell> cells{
        row.path, std::string(to_string(row.kind)) + (row.type_changed ? ", type" : "")};
    if (declared) cells.emplace_back(value_beside(row.declared, row));
    cells.emplace_back(value_beside(row.good, row));
    cells.emplace_back(value_beside(row.observed, row));
    if (dated) cells.emplace_back(std::string(to_string(row.age)));
    table.rows.push_back(std::move(cells));
  }
  if (!table.rows.empty()) page.push_back(std::move(table));
}

}  // namespace

void declare_changes_snapshot(Options& options) {
  options.about(
      "Records the configuration of a service as it is now: Kubernetes objects (kubectl get -o "
      "json or YAML), terraform show -json, other JSON or YAML, and .properties, .ini, .env and "
      ".conf files. From CI after a rollout that went well, or from cron: what says the same as "
      "the newest snapshot is not recorded again.");
  options.about(
      "Kept are typed values by path. What looks like a secret, the data of a Secret and what "
      "Terraform marks sensitive are taken out before anything is stored, so a change of a secret "
      "is not seen; what looks like ordinary text cannot be known to be one. At most 20,000 values "
      "and 4 MiB; a text over 1,000 bytes is kept as its SHA-256.");
  options.positionals_required("file",
                               "files of configuration; - reads YAML or JSON from standard "
                               "input");
  options.text("service", "NAME", "what is configured").required = true;
  options.text("place", "NAME", "where it runs, if in several places: prod-eu");
  options.text("build", "VERSION",
               "what runs with it; without it drift and defect cannot be told "
               "apart");
  options.choice("health", {"good", "bad", "unknown"}, "how the service is with it").fallback =
      "good";
  options.instant("at", "when it was so; default now");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca changes snapshot checkout.yaml --service checkout --build v1.4.2",
                  "the last step of a rollout that went well");
  options.example(
      "nines rca changes snapshot app.properties --service checkout --place prod-eu --health "
      "unknown",
      "from cron: what is there, good or not");
}

ExitCode run_changes_snapshot(Context& context) {
  ConfigSnapshot snapshot;
  snapshot.service = context.args.required("service");
  snapshot.place = context.args.text("place").value_or("");
  snapshot.build = context.args.text("build").value_or("");
  snapshot.health = catalog::config_health_from(context.args.required("health"))
                        .value_or(catalog::ConfigHealth::unknown);
  const auto files = context.args.list("file");
  snapshot.source = join(files, " ");
  const auto at = context.args.instant("at", context.time_rules());
  snapshot.at = at ? at->at : context.now();
  snapshot.tree = usecases::read_configuration(files, context.cwd(), context.in);
  if (snapshot.tree.empty())
    throw Error(ExitCode::bad_data, "the files hold no value", "name files of configuration",
                "EMPTY_CONFIG");
  const auto taken =
      usecases::take_snapshot(context.session(), std::move(snapshot), context.dry_run());
  const auto& one = taken.snapshot;
  render::Output output;
  output.schema = "nines/rca.changes.snapshot/v1";
  output.data = Json::object({{"snapshot", snapshot_json(one)},
                              {"unchanged", taken.unchanged},
                              {"redacted", taken.redacted},
                              {"dry_run", context.dry_run()}});
  const auto values = count_of(one.tree.size(), "value") +
                      (taken.redacted > 0 ? fmt::format(", {} redacted", taken.redacted) : "");
  output.page.push_back(render::Paragraph{
      taken.unchanged     ? one.name + "  says the same: nothing recorded"
      : context.dry_run() ? "would record " + values + " of " + one.service
                          : one.name + "  recorded: " + values + " of " + one.service});
  output.page.push_back(
      render::Next{"nines rca changes drift --service " + one.service, "what left it since"});
  context.show(output);
  return ExitCode::done;
}

void declare_changes_drift(Options& options) {
  options.about(
      "Compares what is observed (files, or the newest snapshot) with the last good snapshot and, "
      "where given, with what is declared, by path and type. drift: observed left what was good "
      "and declared; intended: it is as declared; undelivered: declared is not there yet; "
      "conflict: all three differ. A path that the declared files do not name is compared with the "
      "last "
      "good alone. With --onset a value that a snapshot shows more than --near "
      "before is latent: a condition, not the trigger.");
  options.about(
      "Drift or defect is told by build and configuration. The same build with another "
      "configuration was good: drift. The same configuration with another build was good: defect. "
      "Where both differ, snapshots that tell how the new build fared with the good configuration, "
      "and the old build with the observed one, decide; while one is missing the answer is "
      "undetermined, and names it. Exit code 1 when anything differs, 6 when nothing is known to "
      "compare with.");
  options.text("service", "NAME", "what is configured").required = true;
  options.text("place", "NAME", "where it runs; default anywhere");
  options.list("declared", "FILE", "files that say what should be");
  options.list("observed", "FILE", "files that say what is; default the newest snapshot");
  options.text("build", "VERSION", "what runs with the observed files");
  options.instant("onset", "when the symptom began");
  options.duration("near", "how long before the onset a value may have come to be its trigger")
      .fallback = "1h";
  options.example("nines rca changes drift --service checkout --declared deploy/checkout.yaml",
                  "the newest snapshot against git and the last good one");
  options.example(
      "nines rca changes drift --service checkout --observed live.json --build v1.4.2 --onset "
      "09:14",
      "what is live, at an incident");
}

ExitCode run_changes_drift(Context& context) {
  usecases::DriftRequest request;
  request.service = context.args.required("service");
  request.place = context.args.text("place");
  request.build = context.args.text("build").value_or("");
  if (const auto at = context.args.instant("onset", context.time_rules())) request.onset = at->at;
  request.near = context.args.duration("near").value_or(request.near);
  const auto read = [&](const char* name) -> std::optional<catalog::ConfigTree> {
    const auto files = context.args.list(name);
    if (files.empty()) return std::nullopt;
    return usecases::read_configuration(files, context.cwd(), context.in);
  };
  request.declared = read("declared");
  request.observed = read("observed");
  const auto result = usecases::find_drift(context.session(), request);
  render::Output output;
  output.schema = "nines/rca.changes.drift/v1";
  auto rows = Json::array(), missing = Json::array();
  for (const auto& row : result.rows) rows.push(drift_row_json(row));
  for (const auto& cell : result.fault.missing) missing.push(cell);
  output.data = Json::object({{"good", snapshot_json(result.good)},
                              {"observed", snapshot_json(result.observed)},
                              {"declared", request.declared.has_value()},
                              {"onset", time_or_null(request.onset)},
                              {"fault", to_string(result.fault.answer)},
                              {"because", result.fault.because},
                              {"missing", std::move(missing)},
                              {"rows", std::move(rows)}});
  output.page.push_back(
      render::Facts{{{"good", snapshot_place(result.good)},
                     {"observed", snapshot_place(result.observed)},
                     {"a fault is", std::string(to_string(result.fault.answer))}}});
  std::string because = result.fault.because;
  for (const auto& cell : result.fault.missing) because += "\nmissing: " + cell;
  output.page.push_back(render::Preformatted{because});
  add_drift_table(result, request.declared.has_value(), request.onset.has_value(), output.page);
  if (result.rows.empty()) output.page.push_back(render::Paragraph{"no value differs"});
  context.show(output);
  return result.rows.empty() ? ExitCode::done : ExitCode::no;
}

}  // namespace nines::app::rca
