// Runs nines rca changes add, import and list: the record of what was changed, when, by whom.
#include <fstream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/changes.hpp"

namespace nines::app::rca {
namespace {

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto name : catalog::change_kind_names()) names.emplace_back(name);
  return names;
}

Json change_json(const catalog::Change& change) {
  auto json = catalog::to_json(change);
  auto out = Json::object();
  out.set("name", change.name.empty() ? Json() : Json(change.name))
      .set("uid", change.uid.to_string());
  for (auto& [key, value] : json.as_object()) out.set(key, std::move(value));
  return out;
}

render::Table change_table() {
  return {{{"name"},
           {"start (UTC)"},
           {"kind"},
           {"service"},
           {"version"},
           {"author"},
           {"summary", render::Align::left, false, true},
           {"reference", render::Align::left, true}},
          {}};
}

std::vector<render::Cell> change_row(const catalog::Change& change) {
  return {change.name.empty() ? "-" : change.name,
          format_utc(change.start),
          std::string(to_string(change.kind)),
          change.service,
          change.version,
          change.author,
          change.summary,
          change.reference};
}

void show_recorded(Context& context, const std::vector<usecases::RecordedChange>& recorded) {
  using usecases::RecordOutcome;
  render::Output output;
  output.schema = "nines/rca.changes.import/v1";
  std::size_t count[4] = {0, 0, 0, 0};
  auto rows = Json::array();
  auto table = change_table();
  for (const auto& one : recorded) {
    ++count[static_cast<std::size_t>(one.outcome)];
    rows.push(change_json(one.change).set("outcome", to_string(one.outcome)));
    if (one.outcome == RecordOutcome::recorded || one.outcome == RecordOutcome::amended)
      table.rows.push_back(change_row(one.change));
  }
  output.data = Json::object({{"recorded", count[0]},
                              {"amended", count[1]},
                              {"unchanged", count[2]},
                              {"elsewhere", count[3]},
                              {"dry_run", context.dry_run()},
                              {"rows", std::move(rows)}});
  const auto summary =
      count_of(count[0], "change") + (context.dry_run() ? " would be recorded, " : " recorded, ") +
      std::to_string(count[1]) + " amended, " + std::to_string(count[2]) + " known already";
  if (count[3] > 0)
    output.warnings.push_back(count_of(count[3], "change") +
                              " known already and not here: whether anything of " +
                              (count[3] == 1 ? "it" : "them") +
                              " is new cannot be told; nines sync --records-since all brings them");
  if (!table.rows.empty() && table.rows.size() <= 20) output.page.push_back(std::move(table));
  output.page.push_back(render::Paragraph{summary});
  if (count[0] + count[1] > 0 && !context.dry_run())
    output.page.push_back(
        render::Next{"nines slo budget NAME", "see which changes coincide with spent budget"});
  context.show(output);
}

std::optional<Instant> instant_of(const Context& context, std::string_view name) {
  const auto given = context.args.instant(name, context.time_rules());
  return given ? std::optional(given->at) : std::nullopt;
}

void declare_kind(Options& options) {
  options.choice("kind", kind_names(), "what was changed").fallback = "deploy";
}

}  // namespace

void declare_changes_add(Options& options) {
  options.about(
      "Records one change, so that the budget's ledger can say what bad events coincided with. "
      "With a "
      "reference the command may run again: what it names is recorded once, and amended when it "
      "says more.");
  options.text("service", "NAME", "what was changed").required = true;
  declare_kind(options);
  options.text("version", "TEXT", "version that runs from then on");
  options.text("config-hash", "TEXT", "hash of the configuration from then on");
  options.instant("start", "when it began; default now");
  options.instant("end", "when it was complete");
  options.text("author", "NAME", "person or system that made it; default you");
  options.text("system", "NAME", "system that the reference belongs to").fallback = "ci";
  options.text("reference", "TEXT", "what names the change there for ever: run, ticket, commit");
  options.text("summary", "TEXT", "one line for people");
  options.integer("size", "LINES", "lines added and deleted");
  options.list("touched", "NAME", "files or keys of configuration that it changes");
  options.text("reverts", "TEXT", "reference, version or name of the change that it takes back");
  options.example("nines rca changes add --service checkout --version v1.4.2 --reference run/8812",
                  "the last step of a deployment pipeline");
  options.example(
      "nines rca changes add --service checkout --kind flag --summary \"new basket on\" --start "
      "\"10m ago\"",
      "a flag that was switched by hand");
}

ExitCode run_changes_add(Context& context) {
  catalog::Change change;
  change.service = context.args.required("service");
  change.kind = catalog::change_kind_from(context.args.required("kind"))
                    .value_or(catalog::ChangeKind::deploy);
  change.version = context.args.text("version").value_or("");
  change.config_hash = context.args.text("config-hash").value_or("");
  change.author = context.args.text("author").value_or(context.session().options().actor);
  change.reference = context.args.text("reference").value_or("");
  if (!change.reference.empty()) change.system = context.args.required("system");
  change.summary = context.args.text("summary").value_or("");
  if (const auto size = context.args.integer("size")) {
    if (*size < 0) throw Error(ExitCode::usage, "--size is below 0", "lines added and deleted");
    change.size = static_cast<std::uint64_t>(*size);
  }
  change.touched = context.args.list("touched");
  if (change.touched.size() > catalog::kMostTouched) change.touched.resize(catalog::kMostTouched);
  change.reverts = context.args.text("reverts").value_or("");
  change.start = instant_of(context, "start").value_or(context.now());
  change.end = instant_of(context, "end");
  if (change.end && *change.end < change.start)
    throw Error(ExitCode::usage, "--end is before --start", "swap them, or leave --end out");
  show_recorded(context, {usecases::record_change(context.session(), change, context.dry_run())});
  return ExitCode::done;
}

void declare_changes_import(Options& options) {
  options.about(
      "Reads JSON lines or CSV "
      "({\"service\":\"checkout\",\"start\":\"2026-11-23T09:14:00Z\",\"version\":\"v1.4.2\", "
      "\"reference\":\"run/8812\"}; also kind, config_hash, end, author, system, summary, size "
      "in lines, touched files or keys, and what it reverts), the events of a Kubernetes cluster "
      "(kubectl get events -A -o json: rollouts, rescaling, releases, work on nodes), or the "
      "history of a git repository. Importing again records nothing twice.");
  options.positional_optional("file", "what another tool has written; - reads standard input");
  std::vector<std::string> formats;
  for (const auto name : usecases::change_format_names()) formats.emplace_back(name);
  options.choice("format", std::move(formats), "how the file is written; default: seen from it");
  options.path("git", "FOLDER", "read the commits of this repository instead");
  options.text("service", "NAME", "with --git: the service that the repository deploys");
  declare_kind(options);
  options.flag("tags", "with --git: only commits that carry a tag");
  options.instant("since", "with --git: no commit before this");
  options.example("nines rca changes import deploys.jsonl", "what a pipeline has written");
  options.example("nines rca changes import events.json", "what kubectl get events -o json wrote");
  options.example("nines rca changes import --git . --service checkout --tags",
                  "releases of this repository");
}

ExitCode run_changes_import(Context& context) {
  const auto git = context.args.text("git");
  const auto file = context.args.text("file");
  if (git.has_value() == file.has_value())
    throw Error(ExitCode::usage, git ? "a file and --git exclude each other" : "nothing to import",
                "name a file of changes, or --git FOLDER --service NAME");
  usecases::ReadChanges read;
  auto& changes = read.changes;
  if (git) {
    if (!context.args.given("service"))
      throw Error(ExitCode::usage, "--git needs --service",
                  "a commit does not say which service it deploys");
    usecases::GitImport import;
    import.folder = context.resolve(*git);
    import.service = context.args.required("service");
    import.kind = catalog::change_kind_from(context.args.required("kind"))
                      .value_or(catalog::ChangeKind::deploy);
    import.tags_only = context.args.flag("tags");
    import.since = instant_of(context, "since");
    changes = usecases::changes_from_git(import);
  } else if (*file == "-") {
    read = usecases::read_changes(context.in, "-", context.args.text("format"));
  } else {
    std::ifstream in(context.resolve(*file));
    if (!in)
      throw Error(ExitCode::not_found, "cannot open '" + *file + "'",
                  "name a file of changes, or -");
    read = usecases::read_changes(in, *file, context.args.text("format"));
  }
  if (read.skipped > 0)
    context.say(count_of(read.skipped, "event") + (read.skipped == 1 ? " is" : " are") +
                " no change of its own: not taken");
  show_recorded(context,
                usecases::record_changes(context.session(), std::move(changes), context.dry_run()));
  return ExitCode::done;
}

void declare_changes_list(Options& options) {
  options.text("service", "NAME", "only changes of this service");
  options.instant("from", "only changes that were not over by then");
  options.instant("to", "only changes that began before");
  options.example("nines rca changes list", "every change on record");
  options.example("nines rca changes list --service checkout --from \"2h ago\"",
                  "what changed lately");
}

ExitCode run_changes_list(Context& context) {
  const auto changes = usecases::list_changes(
      context.session(),
      {context.args.text("service"), instant_of(context, "from"), instant_of(context, "to")});
  render::Output output;
  output.schema = "nines/rca.changes.list/v1";
  output.data = Json::array();
  auto table = change_table();
  for (const auto& change : changes) {
    output.data.push(change_json(change));
    table.rows.push_back(change_row(change));
  }
  if (changes.empty()) {
    output.page.push_back(render::Paragraph{"no change is recorded"});
    output.page.push_back(
        render::Next{"nines rca changes add --service NAME --version TEXT", "record one"});
  } else {
    output.page.push_back(std::move(table));
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
