// Runs nines rca tree check: what is wrong with fault trees, and where.
#include <ostream>

#include "nines/findings_output.hpp"
#include "nines/rca/verbs.hpp"
#include "render/findings.hpp"
#include "usecases/rca/tree.hpp"

namespace nines::app::rca {

void declare_tree_check(Options& options) {
  options.about(
      "Reads fault trees, in YAML or Open-PSA XML, and says everything that is wrong with them, each "
      "with its place: names that stand for nothing, circles of gates with their path, gates with a "
      "number of inputs they do not take, an unclear top, chances out of range, common-cause groups "
      "that cannot be expanded; as warnings, what is not under the top; as notes, redundancies of one "
      "kind, zone or deployment without a common-cause group.");
  options.positionals_required("file", "fault trees; - reads standard input");
  options.formats(
      {"text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"});
  options.example("nines rca tree check checkout.yaml", "is the tree sound?");
  options.example("nines rca tree check plant.xml -o sarif", "for code scanning");
  options.see_also("nines-fault-tree(5)");
}

ExitCode run_tree_check(Context& context) {
  const auto files = context.args.list("file");
  auto check = usecases::check_trees(files, context.cwd(), context.in);
  const render::FindingReport report{std::move(check.findings), files, check.trees, 0,
                                     "nines rca tree check"};
  const auto format =
      render::finding_format_from(context.global("output").value_or("text")).value_or(
          render::FindingFormat::text);
  if (format == render::FindingFormat::json) {
    render::Output output;
    output.schema = "nines/rca.tree.check/v1";
    output.data = render::findings_json(report);
    context.show(output);
  } else {
    write_findings(context, report, format);
  }
  context.say(render::summary(report));
  const auto counts = render::count(report.findings);
  const bool failed = counts.errors > 0 || (context.warnings_as_errors() && counts.warnings > 0);
  return failed ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::rca
