// Runs nines slo diff: files against the store, or two revisions.

#include "base/read_file.hpp"
#include "nines/companion.hpp"
#include "nines/slo/impact_page.hpp"
#include "nines/slo/plan_page.hpp"
#include "nines/slo/say_findings.hpp"
#include "nines/slo/verbs.hpp"

#include "usecases/slo/diff.hpp"

namespace nines::app::slo {

void declare_diff(Options& options) {
  options.positionals("what", "files and folders, or revisions such as checkout@1 checkout@3");
  options.about(
      "Without operands every file that something was applied from is compared. Exits 0 when "
      "nothing differs, 1 when "
      "something does.");
  options.flag("impact", "judge stored history under both sides, day by day");
  options.example("nines slo diff slos/", "what an apply of this folder would change");
  options.example("nines slo diff slos/ --impact", "and what the last year would have said");
  options.example("nines slo diff checkout-availability@1",
                  "what changed since the first revision");
}

ExitCode run_diff(Context& context) {
  usecases::DiffRequest request{.operands = context.args.list("what"),
                                .cwd = context.cwd(),
                                .input = {},
                                .calendar_program = find_companion(context.env, "nines-calendar"),
                                .impact = context.args.flag("impact")};
  for (const auto& operand : request.operands)
    if (operand == "-") request.input = read_stream(context.in);
  const auto result = usecases::diff_definitions(context.session(), request);
  if (has_errors(result.findings)) {
    say_findings(context, result.findings);
    return ExitCode::no;
  }
  render::Output output;
  output.schema = "nines/slo.diff/v1";
  Json missing = Json::array();
  for (const auto& file : result.missing) missing.push(file);
  output.data = Json::object({{"differs", result.differs()},
                              {"from", result.from},
                              {"to", result.to},
                              {"missing_files", std::move(missing)},
                              {"rows", plan_json(result.plan)},
                              {"impact", result.impact ? impact_json(*result.impact) : Json()}});
  add_plan(output.page, result.plan, true);
  if (result.impact && result.differs()) add_impact(output.page, *result.impact);
  for (const auto& file : result.missing)
    output.page.push_back(
        render::Paragraph{file + ": gone since it was applied", render::Tone::warn});
  if (!result.differs())
    output.page.push_back(
        render::Paragraph{"no difference between " + result.from + " and " + result.to});
  context.show(output);
  return result.differs() ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::slo
