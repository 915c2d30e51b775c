// Runs nines remediate list: the actions there are, the most pressing first.
#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "nines/remediate/action_pages.hpp"
#include "nines/remediate/verbs.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using usecases::ListedAction;

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::vector<render::Cell> cells(const ListedAction& row, Instant now) {
  const auto& action = row.action;
  const bool late = action.overdue(now);
  auto due = action.due() ? format_day(*action.due()) : std::string("-");
  if (late) due += " late";
  return {action.name,
          render::Cell(due, late ? render::Tone::bad : render::Tone::plain),
          std::string(to_string(action.state)),
          or_dash(action.text(field::kTeam)),
          or_dash(row.incident),
          or_dash(action.text(field::kType)),
          action.text(field::kMust).empty() ? "" : "must",
          action.text(field::kTitle)};
}

std::string summary(const std::vector<ListedAction>& rows, Instant now) {
  std::size_t late = 0, open = 0;
  for (const auto& row : rows) {
    late += row.action.overdue(now) ? 1 : 0;
    open += row.action.closed() ? 0 : 1;
  }
  return fmt::format("{}: {} to do, {} late", count_of(rows.size(), "action"), open, late);
}

}  // namespace

void declare_list(Options& options) {
  options.about(
      "Actions that are not closed: those that must be done first, then by due day. Exits 0 "
      "whatever is late; --overdue shows only that.");
  std::vector<std::string> states;
  for (const auto name : nines::remediate::action_state_names()) states.emplace_back(name);
  options.choice("state", states, "only actions in this state").repeated = true;
  options.flag("all", "closed ones too");
  options.flag("overdue", "only what is late");
  options.text("team", "TEAM", "only those of a team");
  options.text("incident", "ID", "only those of an incident");
  options.text("service", "NAME", "only those about a service");
  options.example("nines remediate list", "what is to be done, the most pressing first");
  options.example("nines remediate list --overdue --team payments", "what a team is late with");
}

ExitCode run_list(Context& context) {
  usecases::ActionQuery query;
  for (const auto& name : context.args.list("state"))
    if (const auto state = nines::remediate::action_state_from(name))
      query.states.push_back(*state);
  query.all = context.args.flag("all");
  query.overdue = context.args.flag("overdue");
  query.team = context.args.text("team");
  query.incident = context.args.text("incident");
  query.service = context.args.text("service");
  const auto rows = usecases::list_actions(context.session(), query);
  const auto now = context.now();
  render::Output output;
  output.schema = "nines/remediate.list/v1";
  output.data = Json::array();
  render::Table table{{{"name"},
                       {"due"},
                       {"state"},
                       {"team", render::Align::left, false, true},
                       {"incident"},
                       {"type", render::Align::left, true},
                       {"must", render::Align::left, true},
                       {"title", render::Align::left, false, true}},
                      {}};
  for (const auto& row : rows) {
    output.data.push(action_json(row.action, row.incident, now));
    table.rows.push_back(cells(row, now));
  }
  if (rows.empty()) {
    output.page.push_back(render::Paragraph{"no such action is on record"});
    output.page.push_back(render::Next{"nines remediate add TEXT --incident ID",
                                       "what should make the next incident smaller"});
  } else {
    output.page.push_back(std::move(table));
    output.page.push_back(render::Paragraph{summary(rows, now)});
    output.page.push_back(
        render::Next{"nines remediate show " + rows.front().action.name, "the first of them"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
