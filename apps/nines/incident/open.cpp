// Runs nines incident open and use: one incident becomes the current one.
#include "usecases/incident/open.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

nines::incident::Severity severity_of(const Context& context) {
  const auto text = context.args.text("severity");
  if (!text) return nines::incident::Severity::undetermined;
  const auto severity = nines::incident::severity_from(*text);
  if (!severity)
    throw Error(ExitCode::usage, "'" + *text + "' is no severity",
                "1 (worst) to 5, or undetermined", "BAD_VALUE");
  return *severity;
}

std::string queued_text(std::size_t queued) {
  return queued == 0 ? "" : count_of(queued, "line") + " that had waited went in";
}

}  // namespace

void declare_open(Options& options) {
  options.about(
      "Only the title is needed; everything else can be set as it becomes known. Lines that were "
      "logged before there was an incident go into it.");
  options.positionals_required("title", "what is wrong, in a few words");
  options.text("severity", "S", "1 (worst) to 5").letter = 's';
  options.list("service", "NAME", "services that are hurt");
  options.text("lead", "NAME", "who is in command");
  options.text("priority", "TEXT", "your own scale, beside the severity");
  options.list("tag", "WORD", "words to find it by");
  options.text("started", "TIME", "when the harm began");
  options.text("detected", "TIME", "when it was noticed");
  declare_at(options);
  options.flag("triage", "somebody looks at it; it is not declared yet");
  options
      .choice("mode", {"standard", "retrospective", "test", "drill"},
              "fixed from then on; tests and drills never count, nor page anybody")
      .fallback = "standard";
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident open checkout is down -s 1 --service checkout",
                  "declare it, with what is known");
  options.example("nines incident open \"slow search\" --started \"20m ago\" --lead ada",
                  "it began before anybody noticed");
}

ExitCode run_open(Context& context) {
  usecases::OpenRequest request;
  request.title = usecases::one_line(join(context.args.list("title"), " "), "title");
  request.severity = severity_of(context);
  request.services = context.args.list("service");
  request.commander = context.args.text("lead").value_or("");
  request.priority = context.args.text("priority").value_or("");
  request.tags = context.args.list("tag");
  request.started = stated_option(context, "started");
  request.detected = stated_option(context, "detected");
  request.declared = stated_option(context, "at");
  request.triage = context.args.flag("triage");
  request.mode = *nines::incident::mode_from(context.args.required("mode"));
  const auto opened = usecases::open_incident(context.session(), request, context.dry_run());
  auto output = changed(
      "nines/incident.open/v1", opened.incident,
      context.dry_run() ? "would be declared: " + opened.incident.title : headline(opened.incident),
      {"nines log TEXT", "add to its timeline; nines incident ack when somebody is on it"});
  if (const auto queued = queued_text(opened.queued); !queued.empty())
    output.page.insert(output.page.begin() + 1, render::Paragraph{queued});
  for (const auto& service : opened.unknown_services)
    output.warnings.push_back("no service '" + service +
                              "' is defined: its SLOs will not see this incident");
  context.show(output);
  return ExitCode::done;
}

void declare_use(Options& options) {
  options.about(
      "The current incident is yours alone: 'nines log' writes to it, and commands without an ID "
      "mean it.");
  options.positional("id", "INC-42, 42, or @- for the one before");
  options.no_dry_run();
  options.example("nines incident use 42", "from now on, nines log writes to INC-42");
  options.example("nines incident use @-", "back to the one before");
}

ExitCode run_use(Context& context) {
  const auto chosen = usecases::use_incident(context.session(), context.args.required("id"));
  context.show(changed("nines/incident.use/v1", chosen, headline(chosen),
                       {"nines log TEXT", "add to its timeline"}));
  return ExitCode::done;
}

}  // namespace nines::app::incident
