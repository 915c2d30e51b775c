// Runs nines slo apply: records definition files, all or none, with the reason.

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/companion.hpp"
#include "nines/slo/plan_page.hpp"
#include "nines/slo/say_findings.hpp"
#include "nines/slo/verbs.hpp"

#include "usecases/slo/apply.hpp"

namespace nines::app::slo {
namespace {

usecases::ApplyRequest apply_request(Context& context) {
  usecases::ApplyRequest request;
  request.paths = context.args.list("path");
  request.cwd = context.cwd();
  request.approver = context.args.text("approver").value_or("");
  request.prune = context.args.flag("prune");
  request.dry_run = context.dry_run();
  request.calendar_program = find_companion(context.env, "nines-calendar");
  for (const auto& path : request.paths)
    if (path == "-") request.input = read_stream(context.in);
  return request;
}

std::string outcome(const usecases::ApplyResult& result, bool dry_run) {
  if (!any_changed(result.plan))
    return "nothing to change: " + count_of(result.plan.size(), "definition") +
           " as applied before";
  const auto summary = plan_summary(result.plan);
  if (result.applied) return "applied: " + summary;
  return (dry_run ? "would apply: " : "not applied: ") + summary;
}

render::Output output_of(const usecases::ApplyResult& result, const Context& context) {
  render::Output output;
  output.schema = "nines/slo.apply/v1";
  std::size_t unchanged = 0;
  for (const auto& planned : result.plan) unchanged += planned.changed() ? 0 : 1;
  output.data = Json::object({{"applied", result.applied},
                              {"dry_run", context.dry_run()},
                              {"reason_missing", result.reason_missing},
                              {"unchanged", unchanged},
                              {"rows", plan_json(result.plan)}});
  add_plan(output.page, result.plan, context.verbose());
  output.page.push_back(
      render::Paragraph{outcome(result, context.dry_run()), render::Tone::strong});
  if (result.applied) output.page.push_back(render::Next{"nines slo list", "what is applied now"});
  return output;
}

}  // namespace

void declare_apply(Options& options) {
  options.positionals_required("path", "files and folders with definitions; '-' is standard input");
  options.text("because", "TEXT", "why; needed when a number changes or something is retired");
  options.text("approver", "NAME", "who agreed");
  options.flag("prune", "the folders hold everything: retire what they no longer define");
  options.about(
      "Records every definition of the files in one step, or none of them: OpenSLO objects of all "
      "kinds, Sloth "
      "documents, and nines/v1 kinds. Nothing is ever deleted because a file is gone; --prune "
      "retires, and keeps "
      "series and history. A definition annotated nines.dev/renamed-from takes over the history of "
      "that name.");
  options.example("nines slo apply slos/ --because 'first targets, agreed with product'",
                  "record a folder");
  options.example("nines slo apply slos/checkout.yaml --dry-run", "see what would change");
  options.see_also("nines-slo(5)");
}

ExitCode run_apply(Context& context) {
  const auto result = usecases::apply_definitions(context.session(), apply_request(context));
  if (has_errors(result.findings)) {
    say_findings(context, result.findings);
    context.say("nothing was applied");
    return ExitCode::no;
  }
  context.show(output_of(result, context));
  if (result.reason_missing && context.dry_run())
    context.say("it will need a reason: --because TEXT");
  if (result.reason_missing && !context.dry_run())
    throw Error(ExitCode::needs_approval, "a changed number or a retirement needs a reason",
                "add --because TEXT: it is kept with the change for ever", "REASON_MISSING");
  return ExitCode::done;
}

}  // namespace nines::app::slo
