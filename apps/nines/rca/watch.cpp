// Runs nines rca hypothesis watch, watches, quiet and unwatch: what a suspected cause would show.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/log_request.hpp"
#include "nines/rca/verbs.hpp"
#include "nines/rca/watch_pages.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::Watch;
using nines::rca::WatchKind;
using usecases::WatchView;

std::string document_of(const WatchView& view) {
  const auto& one = view.in.hypothesis();
  return watch_document(view.watch(), one.name.empty() ? "HYP" : one.name, one.text, one.capture);
}

Watch watch_of(Context& context) {
  const auto& args = context.args;
  const auto alert = args.text("alert"), log = args.text("log"), playbook = args.text("playbook");
  if (alert.has_value() + log.has_value() + playbook.has_value() != 1)
    throw Error(ExitCode::usage, "a watch waits for one thing",
                "--alert NAME, --log TEXT, or --playbook NAME", "BAD_COMBINATION");
  if (!alert && args.given("expr"))
    throw Error(ExitCode::usage, "--expr goes with --alert", "the rule of the alert, in PromQL",
                "BAD_COMBINATION");
  if (!log && (args.given("file") || args.given("zone")))
    throw Error(ExitCode::usage, "--file and --zone go with --log", "the log that tick reads",
                "BAD_COMBINATION");
  if (!playbook && args.given("step"))
    throw Error(ExitCode::usage, "--step goes with --playbook", "one command for each",
                "BAD_COMBINATION");
  Watch watch;
  watch.kind = alert ? WatchKind::alert : log ? WatchKind::log : WatchKind::playbook;
  watch.pattern = alert ? *alert : log ? *log : *playbook;
  watch.expression = args.text("expr").value_or("");
  watch.service = args.text("service").value_or("");
  if (const auto file = args.text("file")) watch.file = context.resolve(*file).string();
  if (args.given("zone")) watch.zone = log_zone(context).name();
  watch.steps = args.list("step");
  watch.every = args.duration("every");
  watch.strength = nines::rca::strength_from(args.required("ratio")).value_or(watch.strength);
  // That somebody captured something says nothing yet; what was captured is for a person to weigh.
  if (playbook && !args.given("ratio")) watch.strength = nines::rca::Strength::one;
  return watch;
}

}  // namespace

void declare_hypothesis_watch(Options& options) {
  options.about(
      "Waits for a suspected cause to strike again: for an alert, a line of a log, or the run of a "
      "playbook that captures what was missing. The next match attaches itself as evidence: when "
      "alerts are taken in, when a log is scanned, and at each nines tick. The watch goes on after "
      "the analysis has ended, until the hypothesis is confirmed or refuted.");
  options.about(
      "Quiet speaks against the hypothesis: with --every, how often it would come if it were true, "
      "its odds are multiplied by exp(-exposure / every), by no less than 1/10. Exposure is the time "
      "since the last match that was really watched: an hour at most before each line of a log, a day "
      "at most before each word from the source of alerts, or what a person says with rca hypothesis "
      "quiet. Without --every quiet says nothing.");
  options.about(
      "What is printed can be loaded elsewhere: a file of Prometheus rules whose alerts name this "
      "watch, a grep and a LogQL line, or a playbook. In a pattern * stands for anything; case "
      "counts. A log whose lines tell no time matches once.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.text("alert", "NAME", "an alert of this name");
  options.text("expr", "PROMQL", "with --alert: the expression of its rule, to be loaded");
  options.text("log", "TEXT", "lines that hold these words in this order, * between them");
  options.path("file", "FILE", "with --log: the log that tick reads, up to 64 MiB");
  options.text("zone", "ZONE", "with --file: zone of times without an offset, UTC unless set");
  options.text("playbook", "NAME", "runs of this playbook that go as expected");
  auto& step = options.text("step", "COMMAND", "with --playbook: a command that captures");
  step.repeated = true;
  options.text("service", "NAME", "only of this service");
  options.duration("every", "how often it would come if the hypothesis were true");
  auto& ratio = options.choice("ratio", choices_of(nines::rca::strength_names()),
                               "how much likelier a match is if it is true; a capture has 1 unless set");
  ratio.fallback = "3";
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca hypothesis watch HYP-2 --log \"pool * exhausted\" --every 7d",
                  "a line of the log");
  options.example(
      "nines rca hypothesis watch 2 --alert PoolFull --expr \"pool_used >= pool_max\"",
      "an alert, with the rule to load");
  options.example(
      "nines rca hypothesis watch 2 --playbook pool-dump --step \"jstack 1\"",
      "a capture");
}

ExitCode run_hypothesis_watch(Context& context) {
  const auto view = usecases::arm_watch(
      context.session(), {context.args.required("hypothesis"), watch_of(context)},
      context.dry_run());
  const auto& one = view.in.hypothesis();
  render::Output output;
  output.schema = "nines/rca.hypothesis.watch/v1";
  output.data = watch_view_json(view);
  output.data.set("document", document_of(view));
  output.page.push_back(
      render::Paragraph{one.name + (context.dry_run() ? "  would be watched by " : "  watched by ") +
                        watch_name(view.watch(), view.index + 1)});
  output.page.push_back(render::Preformatted{document_of(view)});
  if (!view.watch().every)
    output.page.push_back(render::Paragraph{
        "without --every quiet says nothing: how often would it come if it were true?"});
  if (view.watch().kind == WatchKind::log && view.watch().file.empty())
    output.page.push_back(
        render::Next{"nines rca hypothesis scan FILE", "whenever there is a new log"});
  else
    output.page.push_back(render::Next{"nines tick --watch", "so that matches attach themselves"});
  context.show(output);
  return ExitCode::done;
}

void declare_hypothesis_watches(Options& options) {
  options.about(
      "Every watch: what it waits for, how often it matched, for how long it was quiet since, and "
      "by how much that lowers its hypothesis. --document prints one as a file to load elsewhere.");
  options.positional_optional("of", "RCA-2, an incident, or HYP-3; default: all");
  options.flag("document", "only what can be loaded elsewhere, of one hypothesis");
  options.integer("watch", "NUMBER", "with --document: which of several");
  options.path("out", "PATH", "with --document: the file to write");
  options.example("nines rca hypothesis watches", "what is waited for");
  options.example("nines rca hypothesis watches HYP-2 --document --out rules.yaml",
                  "the rule to load");
}

ExitCode run_hypothesis_watches(Context& context) {
  const auto& args = context.args;
  const auto of = args.text("of");
  if (args.flag("document")) {
    if (!of)
      throw Error(ExitCode::usage, "which hypothesis is meant",
                  "nines rca hypothesis watches HYP-2 --document", "MISSING_ARGUMENT");
    write_document(context, document_of(usecases::find_watch(context.session(), *of,
                                                             args.integer("watch"))));
    return ExitCode::done;
  }
  if (args.given("watch") || args.given("out"))
    throw Error(ExitCode::usage, "--watch and --out go with --document", "add --document",
                "BAD_COMBINATION");
  const bool one = of && starts_with_ignoring_case(*of, "hyp");
  const auto list = one ? std::vector{usecases::find_watch(context.session(), *of, 1).in}
                        : usecases::watched(context.session(), of);
  show_watches(context, list);
  return ExitCode::done;
}

void declare_hypothesis_quiet(Options& options) {
  options.about(
      "Says that a time was watched in which nothing was seen, where no log or alert can say so: a "
      "dashboard that somebody looked at, a test that ran. It counts as exposure.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.integer("watch", "NUMBER", "which of several watches");
  options.instant("from", "when the watching began").required = true;
  options.instant("until", "when it ended; default now");
  options.text("because", "TEXT", "how it was watched, for the record");
  options.example("nines rca hypothesis quiet HYP-2 --from -7d --because \"looked every morning\"",
                  "a week without it");
  options.example("nines rca hypothesis quiet 2 --from -2d --until -1d --dry-run",
                  "what it would change");
}

ExitCode run_hypothesis_quiet(Context& context) {
  const auto rules = context.time_rules();
  const auto from = context.args.instant("from", rules);
  const auto until = context.args.instant("until", rules);
  const auto view = usecases::state_quiet(
      context.session(), context.args.required("hypothesis"), context.args.integer("watch"),
      from->at, until ? until->at : context.now(), context.dry_run());
  return show_watch(context, view, context.dry_run() ? "would be quiet: " : "quiet: ");
}

void declare_hypothesis_unwatch(Options& options) {
  options.about(
      "Ends a watch: nothing attaches itself any more. What it saw stays, and so does the weight of "
      "its quiet up to now.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.integer("watch", "NUMBER", "which of several watches");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca hypothesis unwatch HYP-2 --because \"the pool is gone\"",
                  "nothing is left to wait for");
  options.example("nines rca hypothesis unwatch 2 --watch 1 --dry-run", "what would end");
}

ExitCode run_hypothesis_unwatch(Context& context) {
  const auto view =
      usecases::end_watch(context.session(), context.args.required("hypothesis"),
                          context.args.integer("watch"), context.dry_run());
  return show_watch(context, view, context.dry_run() ? "would end: " : "ended: ");
}

}  // namespace nines::app::rca
