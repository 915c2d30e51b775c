// Runs nines remediate plan: what to do with the time there is.
#include <fmt/core.h>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/plan.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using usecases::Basis;
using usecases::PlannedAction;
using usecases::PlanResult;

std::string_view basis_name(Basis basis) {
  switch (basis) {
    case Basis::stated:
      return "stated";
    case Basis::record:
      return "record";
    case Basis::assumed:
      return "assumed";
    case Basis::unknown:
      break;
  }
  return "unknown";
}

std::map<std::string, double> capacities(const Context& context) {
  std::map<std::string, double> days;
  for (const auto& one : context.args.list("capacity")) {
    const auto equals = one.find('=');
    const auto number =
        equals == std::string::npos ? std::nullopt : Decimal::parse(one.substr(equals + 1));
    if (!number || equals == 0)
      throw Error(ExitCode::usage, fmt::format("'{}' is no capacity", one),
                  "write TEAM=DAYS: payments=10", "BAD_VALUE");
    days[one.substr(0, equals)] = number->to_double();
  }
  return days;
}

Json estimate_json(const nines::remediate::Estimate& e) {
  return Json::object({{"low", e.low}, {"likely", e.likely}, {"high", e.high}});
}

Json planned_json(const PlannedAction& one) {
  const auto& c = one.candidate;
  auto others = Json::array();
  for (const auto& [what, team] : one.others)
    others.push(Json::object({{"what", what}, {"owner", team}}));
  return Json::object(
      {{"action", one.action.name},
       {"title", one.action.text(field::kTitle)},
       {"team", c ? Json(c->team) : Json()},
       {"chosen", one.chosen},
       {"must", one.must.empty() ? Json() : Json(one.must)},
       {"averts", c && one.averts != Basis::unknown ? estimate_json(c->averts) : Json()},
       {"averts_basis", basis_name(one.averts)},
       {"works", c ? Json(c->works) : Json()},
       {"works_basis", basis_name(one.works)},
       {"days", c ? Json(c->half_days / 2.0) : Json()},
       {"averted_per_day", c ? Json(c->per_day()) : Json()},
       {"stability", c ? Json(one.stability) : Json()},
       {"owned_by_others", std::move(others)},
       {"problem", one.problem.empty() ? Json() : Json(one.problem)}});
}

Json result_json(const PlanResult& result) {
  auto actions = Json::array(), teams = Json::array(), risks = Json::array();
  for (const auto& one : result.actions) actions.push(planned_json(one));
  for (const auto& [name, team] : result.teams)
    teams.push(Json::object({{"team", name},
                             {"days", team.basis == Basis::unknown ? Json() : Json(team.days)},
                             {"used", team.used},
                             {"basis", basis_name(team.basis)}}));
  for (const auto& [name, risk] : result.risks)
    risks.push(Json::object({{"service", name},
                             {"minutes", risk.minutes},
                             {"budget_minutes", risk.budget ? Json(*risk.budget) : Json()}}));
  return Json::object({{"actions", std::move(actions)},
                       {"teams", std::move(teams)},
                       {"risks", std::move(risks)},
                       {"averted", result.averted},
                       {"possible", result.possible},
                       {"optimal", result.optimal},
                       {"must_fits", result.must_fits}});
}

std::string minutes_text(const nines::remediate::Estimate& e) {
  if (e.low == e.high) return fmt::format("{:.0f}", e.likely);
  return fmt::format("{:.0f} ({:.0f}-{:.0f})", e.likely, e.low, e.high);
}

void add_table(render::Page& page, const PlanResult& result) {
  render::Table table{{{"do"},
                       {"action"},
                       {"team", render::Align::left, false, true},
                       {"days", render::Align::right},
                       {"averts a year", render::Align::right},
                       {"per day", render::Align::right},
                       {"stable", render::Align::right},
                       {"title", render::Align::left, false, true}},
                      {}};
  for (const auto& one : result.actions) {
    if (!one.candidate) continue;
    const auto& c = *one.candidate;
    table.rows.push_back({render::Cell(!one.chosen        ? "no"
                                       : one.must.empty() ? "yes"
                                                          : "must",
                                       one.chosen ? render::Tone::good : render::Tone::dim),
                          one.action.name, c.team, fmt::format("{:.1f}", c.half_days / 2.0),
                          one.averts == Basis::unknown ? "-" : minutes_text(c.averts),
                          fmt::format("{:.1f}", c.per_day()),
                          fmt::format("{:.0f} %", one.stability * 100),
                          one.action.text(field::kTitle)});
  }
  page.push_back(std::move(table));
}

void add_words(render::Page& page, const PlanResult& result) {
  page.push_back(render::Paragraph{fmt::format(
      "It averts {:.0f} bad minutes a year of {:.0f} (expected){}.", result.averted,
      result.possible, result.optimal ? "" : "; the search was cut off: a better plan may exist")});
  for (const auto& [name, team] : result.teams) {
    if (team.basis == Basis::unknown)
      page.push_back(render::Paragraph{
          fmt::format("{}: how much time it has is not known; --capacity {}=DAYS", name, name),
          render::Tone::warn});
    else
      page.push_back(render::Paragraph{
          fmt::format("{}: {:.1f} of {:.1f} days{}", name, team.used, team.days,
                      team.basis == Basis::record ? ", as it closed lately" : "")});
  }
  if (!result.must_fits)
    page.push_back(
        render::Paragraph{"What must be done takes more time than there is.", render::Tone::bad});
  for (const auto& one : result.actions)
    if (one.chosen && !one.must.empty())
      page.push_back(
          render::Paragraph{fmt::format("{} must be done: {}", one.action.name, one.must)});
  for (const auto& one : result.actions)
    for (const auto& [what, team] : one.others)
      page.push_back(render::Paragraph{
          fmt::format("{} also changes '{}', which {} owns: ask them for their time",
                      one.action.name, what, team),
          render::Tone::warn});
  for (const auto& [service, risk] : result.risks)
    if (risk.budget && risk.minutes > 0.25 * *risk.budget)
      page.push_back(render::Paragraph{
          fmt::format("{}: these risks take {:.0f} of the {:.0f} minutes a year that its objective "
                      "allows",
                      service, risk.minutes, *risk.budget),
          risk.minutes > *risk.budget ? render::Tone::bad : render::Tone::warn});
  for (const auto& one : result.actions)
    if (!one.candidate)
      page.push_back(render::Paragraph{
          fmt::format("{} is not weighed: {}", one.action.name, one.problem), render::Tone::warn});
}

}  // namespace

void declare_plan(Options& options) {
  options.about(
      "The actions that avert the most bad minutes a year within each team's time: an exact 0/1 "
      "knapsack with what must be done first (said, late, or of incidents that recur) and with "
      "what "
      "each needs. Where nobody stated what an action averts, its incident and those like it say: "
      "minutes times how often they came, with an exact interval. 'stable' is the share of draws "
      "from those ranges in which the action ranks among as many as are chosen.");
  options.list("capacity", "TEAM=DAYS", "time a team has; default: the effort it closed lately");
  options.decimal("weeks", "N", "that the plan is for").fallback = "4";
  options.decimal("reserve", "PERCENT", "of the time kept for what comes up").fallback = "20";
  options.example("nines remediate plan --capacity payments=10", "the next four weeks");
  options.example("nines remediate plan --weeks 12 -o json", "a quarter, for a program");
}

ExitCode run_plan(Context& context) {
  usecases::PlanRequest request;
  request.capacity = capacities(context);
  if (const auto weeks = context.args.decimal("weeks")) request.weeks = weeks->to_double();
  if (const auto reserve = context.args.decimal("reserve"))
    request.reserve = reserve->to_double() / 100;
  const auto result = usecases::plan_actions(context.session(), request);
  render::Output output;
  output.schema = "nines/remediate.plan/v1";
  output.data = result_json(result);
  if (result.actions.empty()) {
    output.page.push_back(render::Paragraph{"no action is to be done"});
    output.page.push_back(render::Next{"nines remediate add TEXT --incident ID",
                                       "what should make the next incident smaller"});
  } else {
    if (!result.teams.empty()) add_table(output.page, result);
    add_words(output.page, result);
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
