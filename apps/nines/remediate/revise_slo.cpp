// Runs nines remediate revise-slo: a changed target, proposed from the record, for slo apply.
#include <fstream>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "nines/slo/impact_page.hpp"
#include "usecases/remediate/revise_slo.hpp"

namespace nines::app::remediate {
namespace {

using usecases::Revision;

Json names_json(const std::vector<std::string>& names) {
  auto list = Json::array();
  for (const auto& name : names) list.push(name);
  return list;
}

Json revision_json(const Revision& revision) {
  auto tried = Json::array();
  for (const auto& one : revision.tried)
    tried.push(Json::object({{"target", one.target.to_double()},
                             {"days", one.days},
                             {"missed", one.missed}}));
  return Json::object(
      {{"slo", revision.slo},
       {"objective", revision.objective},
       {"before", revision.before.to_double()},
       {"after", revision.after ? Json(revision.after->to_double()) : Json()},
       {"proposed", revision.proposed},
       {"why", revision.why},
       {"tried", std::move(tried)},
       {"incidents", names_json(revision.incidents)},
       {"open_actions", names_json(revision.open_actions)},
       {"file", text_or_null(revision.file)},
       {"patch", text_or_null(revision.patch)},
       {"impact", revision.impact ? slo::impact_json(*revision.impact) : Json()}});
}

render::Table tried_table(const Revision& revision) {
  render::Table table{{{"target %", render::Align::right},
                       {"days judged", render::Align::right},
                       {"days missed", render::Align::right},
                       {""}},
                      {}};
  for (const auto& one : revision.tried)
    table.rows.push_back({one.target.percent_text(), std::to_string(one.days),
                          one.days > 0 ? std::to_string(one.missed) : std::string("-"),
                          one.target == revision.before ? "now"
                          : revision.after == one.target ? "then"
                                                         : ""});
  return table;
}

std::string counted(const std::vector<std::string>& names, const char* none) {
  if (names.empty()) return none;
  std::vector<std::string> some(names.begin(),
                                names.begin() + static_cast<long>(std::min<std::size_t>(
                                                    names.size(), 8)));
  if (some.size() < names.size()) some.push_back("…");
  return fmt::format("{}: {}", names.size(), join(some, ", "));
}

}  // namespace

void declare_revise_slo(Options& options) {
  options.about(
      "Whether the promise fits the service: the usual targets are tried on the stored history, at "
      "the end of every day of at most a year, and the strictest that was met on each is proposed, a "
      "looser one only where the present one was missed on a tenth of the days or more. "
      "It lists what else the record says, incidents and open actions of the service, because a "
      "target is a decision and not a fit. The patch of the definition file and what it would have "
      "meant, alerts too, are shown; nothing is applied.");
  options.positional("slo", "its name");
  options.text("objective", "NAME", "which one, where there are several");
  options.decimal("target", "PERCENT", "a target of your own, such as 99.5");
  options.path("out", "FILE", "write the patch there; an older one is replaced");
  options.example("nines remediate revise-slo checkout-availability", "what the record proposes");
  options.example(
      "nines remediate revise-slo checkout-availability --target 99.5 --out revise.patch",
      "a target of your own");
}

ExitCode run_revise_slo(Context& context) {
  usecases::ReviseRequest request;
  request.slo = context.args.required("slo");
  request.objective = context.args.text("objective");
  request.target_percent = context.args.decimal("target");
  request.cwd = context.cwd();
  const auto revision = usecases::revise_slo(context.session(), request);
  render::Output output;
  output.schema = "nines/remediate.revise.slo/v1";
  output.data = revision_json(revision);
  output.page.push_back(render::Heading{
      revision.after ? fmt::format("{}: {} % instead of {} %", revision.slo,
                                   revision.after->percent_text(), revision.before.percent_text())
                     : fmt::format("{}: {} % stays", revision.slo, revision.before.percent_text())});
  output.page.push_back(
      render::Paragraph{(revision.proposed || !revision.after ? "" : "the record: ") + revision.why});
  if (!revision.tried.empty()) output.page.push_back(tried_table(revision));
  render::Facts facts;
  facts.items.emplace_back("incidents", counted(revision.incidents, "none in that time"));
  facts.items.emplace_back("open actions", counted(revision.open_actions, "none of its service"));
  output.page.push_back(std::move(facts));
  if (revision.impact) slo::add_impact(output.page, *revision.impact);
  if (!revision.patch.empty()) output.page.push_back(render::Preformatted{revision.patch});
  const auto out = context.args.text("out");
  if (out && !revision.patch.empty() && !context.dry_run()) {
    std::ofstream file(context.resolve(*out), std::ios::binary | std::ios::trunc);
    file << revision.patch;
    file.close();
    if (!file)
      throw Error(ExitCode::cannot_create, "cannot write '" + *out + "'",
                  "name a file in a folder that exists");
    context.say("wrote " + *out);
  }
  if (revision.after)
    output.page.push_back(render::Next{
        fmt::format("patch -p0 < {} && nines slo apply {} --because TEXT",
                    out.value_or("revise.patch"), revision.file),
        out ? "once the people it is promised to agree" : "with --out revise.patch"});
  else
    output.page.push_back(
        render::Next{"nines slo budget " + revision.slo, "what spent its budget"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
