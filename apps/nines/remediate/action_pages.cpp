// Lays out one action and the questions it leaves open.
#include "nines/remediate/action_pages.hpp"

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::Action;
using nines::remediate::ClosingHistory;
using usecases::ActionView;

std::int64_t days_until(Day due, Instant now) {
  return (due - std::chrono::floor<std::chrono::days>(now)).count();
}

std::string days_text(std::int64_t days) {
  return count_of(static_cast<std::uint64_t>(days), "day");
}

std::string state_text(const Action& action) {
  auto text = std::string(to_string(action.state));
  if (!action.because.empty()) text += ": " + action.because;
  return text;
}

Json history_json(const ActionView& view, Instant now) {
  if (!view.history) return Json();
  const auto& history = *view.history;
  const auto due = view.action.due();
  const auto chance =
      due && !view.action.closed()
          ? nines::remediate::chance_within(history, Instant{*due + std::chrono::days{1}} - now)
          : std::nullopt;
  const bool known = history.weeks > 0;
  return Json::object(
      {{"weeks", history.weeks},
       {"done", history.done},
       {"waiting", history.waiting},
       {"per_week",
        known ? Json::object({{"low", history.per_week.low}, {"high", history.per_week.high}})
              : Json()},
       {"median_days",
        history.median
            ? Json(
                  std::chrono::duration<double, std::chrono::days::period>(*history.median).count())
            : Json()},
       {"chance_by_due", chance ? Json(*chance) : Json()}});
}

/// What its past says of its team's next actions; empty where there is no past.
std::string history_text(const ActionView& view, Instant now) {
  const auto& history = *view.history;
  if (history.weeks < 1) return fmt::format("{} waiting; too new to say how fast", history.waiting);
  auto text = fmt::format("{} done in {:.1f} weeks, {:.2f} to {:.2f} a week (95 %), {} waiting",
                          history.done, history.weeks, history.per_week.low, history.per_week.high,
                          history.waiting);
  const auto due = view.action.due();
  if (!due || view.action.closed()) return text;
  if (const auto chance =
          nines::remediate::chance_within(history, Instant{*due + std::chrono::days{1}} - now))
    text += fmt::format("; all of them by {}: {:.0f} %", format_day(*due), *chance * 100);
  return text;
}

}  // namespace

void declare_fields(Options& options) {
  std::vector<std::string> types;
  for (const auto name : nines::remediate::action_type_names()) types.emplace_back(name);
  options.choice("type", types, "it comes less often, is seen earlier, or is over sooner");
  options.text("team", "TEAM", "who can do it; default: who owns the service");
  options.text("owner", "NAME", "the person who sees to it");
  options.list("services", "NAME", "what it changes; default: the incident's services");
  options.text("done-when", "TEXT", "what a stranger would check to see that it is done");
  options.text("due", "DAY", "YYYY-MM-DD; default by severity: 15, 30 or 90 days");
  options.text("tracker", "REF", "where it is worked on: OPS-311, org/repo#12, a URL");
  options.text("effort", "DAYS", "days of one person, such as 0.5 or 3");
  options.text("must", "TEXT", "why it is done whatever it costs: a duty, a promise");
  options.text("factor", "FACTOR", "the contributing factor it answers: FAC-2, or HYP-3");
  options.text("averts", "MINUTES", "bad minutes a year it averts: 60, or low,likely,high");
  options.text("works", "PERCENT", "how likely it is to work");
  options.list("paths", "FILE", "files it changes: CODEOWNERS then says whose they are");
  options.list("needs", "ACTION", "what must be done too");
}

usecases::ActionFields fields_of(const Context& context) {
  usecases::ActionFields fields;
  for (const auto name : nines::remediate::action_fields()) {
    if (name == field::kTitle || !context.args.given(name)) continue;
    if (name == field::kServices || name == field::kNeeds || name == field::kPaths)
      fields.emplace(name, join(context.args.list(name), ","));
    else
      fields.emplace(name, context.args.text(name).value_or(""));
  }
  return fields;
}

std::string due_text(const Action& action, Instant now) {
  const auto due = action.due();
  if (!due) return "-";
  if (action.closed()) return format_day(*due);
  const auto days = days_until(*due, now);
  const auto left = days < 0    ? days_text(-days) + " over"
                    : days == 0 ? std::string("today")
                                : "in " + days_text(days);
  return format_day(*due) + ", " + left;
}

Json action_json(const Action& action, const std::string& incident, Instant now) {
  auto services = Json::array();
  for (const auto& name : action.services()) services.push(name);
  auto needs = Json::array();
  for (const auto& name : action.needs()) needs.push(name);
  auto paths = Json::array();
  for (const auto& name : action.paths()) paths.push(name);
  const auto works = Decimal::parse(action.text(field::kWorks));
  const auto effort = action.effort_days();
  return Json::object({{"name", text_or_null(action.name)},
                       {"title", action.text(field::kTitle)},
                       {"state", to_string(action.state)},
                       {"because", text_or_null(action.because)},
                       {"incident", text_or_null(incident)},
                       {"factor", text_or_null(action.text(field::kFactor))},
                       {"type", text_or_null(action.text(field::kType))},
                       {"team", text_or_null(action.text(field::kTeam))},
                       {"owner", text_or_null(action.text(field::kOwner))},
                       {"services", std::move(services)},
                       {"done_when", text_or_null(action.text(field::kDoneWhen))},
                       {"due", text_or_null(action.text(field::kDue))},
                       {"overdue", action.overdue(now)},
                       {"tracker", text_or_null(action.text(field::kTracker))},
                       {"effort_days", effort ? Json(*effort) : Json()},
                       {"must", text_or_null(action.text(field::kMust))},
                       {"averts", text_or_null(action.text(field::kAverts))},
                       {"works_percent", works ? Json(works->to_double()) : Json()},
                       {"needs", std::move(needs)},
                       {"paths", std::move(paths)},
                       {"added_by", action.by},
                       {"added_at", format_utc(action.at)},
                       {"closed_at", time_or_null(action.closed_at)}});
}

Json view_json(const ActionView& view, Instant now) {
  auto weaknesses = Json::array();
  for (const auto& one : view.weaknesses)
    weaknesses.push(
        Json::object({{"code", one.code}, {"what", one.what}, {"question", one.question}}));
  auto others = Json::array();
  for (const auto& [service, team] : view.owned_by_others)
    others.push(Json::object({{"service", service}, {"owner", team}}));
  return Json::object(
      {{"action", action_json(view.action, view.incident ? view.incident->name : "", now)},
       {"weaknesses", std::move(weaknesses)},
       {"owned_by_others", std::move(others)},
       {"team_history", history_json(view, now)}});
}

void add_action_page(render::Page& page, const ActionView& view, Instant now) {
  const auto& action = view.action;
  render::Facts facts;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.items.emplace_back(name, value);
  };
  add("state", state_text(action));
  if (view.incident) add("incident", view.incident->name + "  " + view.incident->title);
  add("factor", action.text(field::kFactor));
  add("type", action.text(field::kType));
  add("team", action.text(field::kTeam));
  add("owner", action.text(field::kOwner));
  add("services", action.text(field::kServices));
  add("paths", action.text(field::kPaths));
  add("done when", action.text(field::kDoneWhen));
  if (action.due())
    facts.items.emplace_back(
        "due", render::Cell(due_text(action, now),
                            action.overdue(now) ? render::Tone::bad : render::Tone::plain));
  add("tracker", action.text(field::kTracker));
  add("effort", action.text(field::kEffort).empty() ? "" : action.text(field::kEffort) + " days");
  add("must", action.text(field::kMust));
  if (!action.text(field::kAverts).empty())
    add("averts", action.text(field::kAverts) + " bad minutes a year");
  if (!action.text(field::kWorks).empty()) add("works", action.text(field::kWorks) + " %");
  add("needs", action.text(field::kNeeds));
  if (view.history) add("team's past", history_text(view, now));
  page.push_back(std::move(facts));
  for (const auto& [service, team] : view.owned_by_others)
    page.push_back(render::Paragraph{fmt::format("'{}' is owned by {}: {} cannot change it alone",
                                                 service, team, action.text(field::kTeam)),
                                     render::Tone::warn});
  if (action.closed()) return;
  for (const auto& one : view.weaknesses)
    page.push_back(
        render::Paragraph{fmt::format("{}: {}", one.what, one.question), render::Tone::warn});
}

}  // namespace nines::app::remediate
