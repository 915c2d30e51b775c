// Runs nines report recurrence: incidents that share causes, and what should have prevented them.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/recurrence.hpp"

namespace nines::app::report {
namespace {

using governance::DebtItem;
using governance::EarlierAction;
using governance::SharedCause;
using usecases::RecurrenceReport;

constexpr std::size_t kMostEvidence = 8;

Json minutes_json(const std::optional<double>& minutes) {
  return minutes ? Json(*minutes) : Json();
}

std::string minutes_text(const std::optional<double>& minutes) {
  return minutes ? fmt::format("{:.0f}", *minutes) : "not measured";
}

Json texts_json(const std::vector<std::string>& texts) {
  auto all = Json::array();
  for (const auto& text : texts) all.push(text);
  return all;
}

Json earlier_json(const EarlierAction& earlier) {
  const auto& action = earlier.action;
  return Json::object({{"action", action.name},
                       {"title", action.text(remediate::field::kTitle)},
                       {"team", action.text(remediate::field::kTeam)},
                       {"answers", earlier.incident},
                       {"recurred", earlier.recurred},
                       {"state", earlier.state},
                       {"done_before", earlier.done_before}});
}

Json cause_json(const SharedCause& cause) {
  auto incidents = Json::array(), evidence = Json::array(), actions = Json::array();
  for (const auto& one : cause.incidents)
    incidents.push(Json::object({{"name", one.name},
                                 {"title", one.title},
                                 {"severity", to_string(one.severity)},
                                 {"opened_at", format_utc(one.opened_at)},
                                 {"services", texts_json(one.services)},
                                 {"bad_minutes", minutes_json(one.bad_minutes)}}));
  for (const auto& one : cause.evidence)
    evidence.push(Json::object({{"kind", to_string(one.trait.kind)},
                                {"name", one.trait.name},
                                {"weight", one.weight},
                                {"incidents", texts_json(one.incidents)}}));
  for (const auto& one : cause.actions) actions.push(earlier_json(one));
  return Json::object({{"actions", std::move(actions)},
                       {"incidents", std::move(incidents)},
                       {"strength", cause.strength},
                       {"evidence", std::move(evidence)},
                       {"bad_minutes", minutes_json(cause.bad_minutes)},
                       {"measured", cause.measured}});
}

Json debt_json(const DebtItem& item) {
  return Json::object({{"kind", to_string(item.trait.kind)},
                       {"name", item.trait.name},
                       {"incidents", texts_json(item.incidents)},
                       {"bad_minutes", minutes_json(item.bad_minutes)},
                       {"measured", item.measured},
                       {"share", item.bad_minutes ? Json(item.share) : Json()},
                       {"open_actions", texts_json(item.open_actions)}});
}

Json recurrence_json(const RecurrenceReport& report) {
  auto causes = Json::array(), debt = Json::array();
  for (const auto& cause : report.causes) causes.push(cause_json(cause));
  for (const auto& item : report.debt) debt.push(debt_json(item));
  return Json::object({{"compared", report.compared},
                       {"measured", report.measured},
                       {"first", report.first ? Json(format_utc(*report.first)) : Json()},
                       {"causes", std::move(causes)},
                       {"debt", std::move(debt)}});
}

/// What was promised comes before what happened.
void add_promises(render::Page& page, const SharedCause& cause) {
  for (const auto& one : cause.actions)
    page.push_back(render::Paragraph{
        fmt::format("{} should have prevented {}: {}. It was to {}.", one.action.name, one.recurred,
                    one.state, one.action.text(remediate::field::kTitle)),
        one.state.starts_with("done") ? render::Tone::warn : render::Tone::bad});
  if (cause.actions.empty())
    page.push_back(
        render::Paragraph{fmt::format("No action answered the earlier of them before {} came.",
                                      cause.incidents.back().name),
                          render::Tone::warn});
}

void add_cause(render::Page& page, const SharedCause& cause) {
  std::vector<std::string> names;
  for (const auto& one : cause.incidents) names.push_back(one.name);
  page.push_back(render::Heading{join(names, ", ")});
  add_promises(page, cause);
  render::Table incidents{{{"incident"},
                           {"opened"},
                           {"severity"},
                           {"bad minutes", render::Align::right},
                           {"title", render::Align::left, false, true}},
                          {}};
  for (const auto& one : cause.incidents)
    incidents.rows.push_back({one.name, format_utc(one.opened_at).substr(0, 10),
                              std::string(to_string(one.severity)), minutes_text(one.bad_minutes),
                              one.title});
  page.push_back(std::move(incidents));
  render::Table evidence{{{"they share"},
                          {"what", render::Align::left, false, true},
                          {"weight", render::Align::right},
                          {"in", render::Align::left, false, true}},
                         {}};
  for (const auto& one : cause.evidence) {
    if (evidence.rows.size() == kMostEvidence) break;
    evidence.rows.push_back({std::string(to_string(one.trait.kind)), one.trait.name,
                             fmt::format("{:.1f}", one.weight), join(one.incidents, ", ")});
  }
  page.push_back(std::move(evidence));
  if (cause.evidence.size() > kMostEvidence)
    page.push_back(render::Paragraph{
        fmt::format("and {} more; -o json has all", cause.evidence.size() - kMostEvidence),
        render::Tone::dim});
}

void add_debt(render::Page& page, const RecurrenceReport& report) {
  if (report.debt.empty()) return;
  page.push_back(render::Heading{"Architectural debt, by the bad minutes of its incidents"});
  render::Table table{{{"what", render::Align::left, false, true},
                       {"incidents", render::Align::right},
                       {"bad minutes", render::Align::right},
                       {"share", render::Align::right},
                       {"open actions", render::Align::left, false, true}},
                      {}};
  for (const auto& item : report.debt)
    table.rows.push_back({std::string(to_string(item.trait.kind)) + " " + item.trait.name,
                          std::to_string(item.incidents.size()), minutes_text(item.bad_minutes),
                          item.bad_minutes ? fmt::format("{:.0f} %", item.share * 100) : "-",
                          item.open_actions.empty() ? render::Cell("none", render::Tone::warn)
                                                    : render::Cell(join(item.open_actions, ", "))});
  page.push_back(std::move(table));
  page.push_back(render::Paragraph{
      fmt::format(
          "Minutes are weighted by their share of bad events; {} of {} measured. An incident "
          "counts for everything it touched, so shares add up to more than 100 %.",
          report.measured, count_of(report.compared, "incident")),
      render::Tone::dim});
}

render::Page recurrence_page(const RecurrenceReport& report) {
  render::Page page;
  if (report.causes.empty()) {
    const auto compared =
        report.compared < 2
            ? std::string("fewer than two incidents are on record")
            : fmt::format("{} compared since {}", count_of(report.compared, "incident"),
                          format_utc(*report.first).substr(0, 10));
    page.push_back(render::Paragraph{
        compared + (report.compared < 2 ? ": nothing to compare"
                    : report.asked      ? ": " + *report.asked + " shares too little with any other"
                                        : ": none shares enough with another to be of one cause")});
    add_debt(page, report);
    page.push_back(render::Next{"nines rca start INCIDENT",
                                "factors that are confirmed are what is compared best"});
    return page;
  }
  for (const auto& cause : report.causes) add_cause(page, cause);
  add_debt(page, report);
  const auto& first = report.causes.front();
  if (!first.actions.empty() && !first.actions.front().action.closed())
    page.push_back(render::Next{"nines remediate show " + first.actions.front().action.name,
                                "what should have prevented it"});
  else
    page.push_back(
        render::Next{"nines remediate add TEXT --incident " + first.incidents.back().name,
                     "what should prevent the next one"});
  return page;
}

}  // namespace

void declare_recurrence(Options& options) {
  options.positional_optional("incident", "INC-42, 42, @: only the group of this incident");
  options.text("service", "NAME", "only groups with an incident of this service");
  options.instant("since", "only groups with an incident opened at TIME or later");
  options.about(
      "Compares all incidents by confirmed contributing factors, changed components, symptoms, "
      "services and words: what few of them have weighs more (ln of how rare it is), and words "
      "alone join nothing. First comes the earlier action that should have prevented the last of "
      "them, and how it stood then; after the groups the parts of the house by the bad minutes "
      "that their incidents burned. Exits 0 whatever is found.");
  options.example("nines report recurrence", "what comes back, and what was promised");
  options.example("nines report recurrence INC-42", "whether this one was here before");
  options.example("nines report recurrence --service checkout --since '90d ago' -o json",
                  "for a program");
}

ExitCode run_recurrence(Context& context) {
  usecases::RecurrenceQuery query;
  query.incident = context.args.text("incident");
  query.service = context.args.text("service");
  if (const auto at = context.args.instant("since", context.time_rules())) query.since = at->at;
  const auto report = usecases::find_recurrence(context.session(), query);
  render::Output output;
  output.schema = "nines/report.recurrence/v1";
  output.data = recurrence_json(report);
  output.page = recurrence_page(report);
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::report
