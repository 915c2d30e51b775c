// Runs nines remediate revise-slo: a changed target or window, for slo apply.
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
  auto windows = Json::array();
  for (const auto& one : revision.windows)
    windows.push(Json::object(
        {{"window", one.window.to_string()}, {"days", one.days}, {"missed", one.missed}}));
  return Json::object(
      {{"slo", revision.slo},
       {"objective", revision.objective},
       {"before", revision.before.to_double()},
       {"after", revision.after ? Json(revision.after->to_double()) : Json()},
       {"proposed", revision.proposed},
       {"why", revision.why},
       {"tried", std::move(tried)},
       {"window_before", revision.window_before.to_string()},
       {"window_after", revision.window_after ? Json(revision.window_after->to_string()) : Json()},
       {"windows", std::move(windows)},
       {"incidents", names_json(revision.incidents)},
       {"open_actions", names_json(revision.open_actions)},
       {"file", text_or_null(revision.file)},
       {"patch", text_or_null(revision.patch)},
       {"impact", revision.impact ? slo::impact_json(*revision.impact) : Json()}});
}

render::Table tried_table(const Revision& revision) {
  const auto window = revision.window_after.value_or(revision.window_before).to_string();
  render::Table table{{{"target %", render::Align::right},
                       {"days judged", render::Align::right},
                       {"missed over " + window, render::Align::right},
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

render::Table window_table(const Revision& revision) {
  const auto seconds = [](const auto& length) { return length.rolling(); };
  const auto target = revision.after.value_or(revision.before).percent_text();
  render::Table table{{{"window", render::Align::right},
                       {"days judged", render::Align::right},
                       {"missed at " + target + " %", render::Align::right},
                       {""}},
                      {}};
  for (const auto& one : revision.windows)
    table.rows.push_back(
        {one.window.to_string(), std::to_string(one.days),
         one.days > 0 ? std::to_string(one.missed) : std::string("-"),
         seconds(one.window) == seconds(revision.window_before)                            ? "now"
         : revision.window_after && seconds(one.window) == seconds(*revision.window_after) ? "then"
                                                                                           : ""});
  return table;
}

/// "checkout: 99.5 % over 7d instead of 99.9 % over 30d", with what stays said once.
std::string heading_of(const Revision& revision) {
  const auto before = revision.before.percent_text() + " %";
  const auto after = revision.after.value_or(revision.before).percent_text() + " %";
  if (!revision.window_after)
    return fmt::format("{}: {}", revision.slo,
                       revision.after ? after + " instead of " + before : before + " stays");
  const auto over = " over " + revision.window_after->to_string();
  const auto over_before = revision.window_before.to_string();
  return fmt::format("{}: {}{} instead of {}", revision.slo, after, over,
                     revision.after && *revision.after != revision.before
                         ? before + " over " + over_before
                         : over_before);
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
      "the end of every day of at most a year, and the strictest that was met on each is proposed, "
      "a "
      "looser one only where the present one was missed on a tenth of the days or more. "
      "It lists what else the record says, incidents and open actions of the service, because a "
      "target is a decision and not a fit. What other windows would have said is shown beside it, "
      "and none is proposed: how long an outage is held against a service is for people to say. "
      "The patch of the definition file and what it would have "
      "meant, alerts too, are shown; nothing is applied.");
  options.positional("slo", "its name");
  options.text("objective", "NAME", "which one, where there are several");
  options.decimal("target", "PERCENT", "a target of your own, such as 99.5");
  options.text("window", "LENGTH", "a rolling window of your own, such as 28d; the target stays");
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
  request.window = context.args.text("window");
  request.cwd = context.cwd();
  const auto revision = usecases::revise_slo(context.session(), request);
  render::Output output;
  output.schema = "nines/remediate.revise.slo/v1";
  output.data = revision_json(revision);
  const bool changes = revision.after || revision.window_after;
  output.page.push_back(render::Heading{heading_of(revision)});
  output.page.push_back(
      render::Paragraph{(revision.proposed || !changes ? "" : "the record: ") + revision.why});
  if (!revision.tried.empty()) output.page.push_back(tried_table(revision));
  if (revision.windows.size() > 1) output.page.push_back(window_table(revision));
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
  if (changes)
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
