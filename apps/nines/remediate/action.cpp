// Runs nines remediate add, set and show: one action item.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/remediate/action_pages.hpp"
#include "nines/remediate/verbs.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::ActionState;
using usecases::ActionView;

/// The first thing that is missing, as the command that adds it.
render::Next next_of(const ActionView& view) {
  const auto& name = view.action.name;
  for (const auto& one : view.weaknesses) {
    if (one.code == "NO_DONE_CONDITION")
      return {"nines remediate set " + name + " --done-when TEXT", one.question};
    if (one.code == "NO_OWNER")
      return {"nines remediate set " + name + " --team TEAM", one.question};
    if (one.code == "NO_DUE_DATE")
      return {"nines remediate set " + name + " --due YYYY-MM-DD", one.question};
  }
  if (view.action.state == ActionState::open)
    return {"nines remediate set " + name + " --state in-progress", "once somebody is on it"};
  return {"nines remediate set " + name + " --state done --because TEXT",
          "with what shows that it is"};
}

ExitCode show_view(Context& context, const ActionView& view, std::string headline) {
  render::Output output;
  output.schema = "nines/remediate.action/v1";
  output.data = view_json(view, context.now());
  output.page.push_back(render::Heading{std::move(headline)});
  add_action_page(output.page, view, context.now());
  if (!view.action.closed() && !view.action.name.empty()) output.page.push_back(next_of(view));
  context.show(output);
  return ExitCode::done;
}

std::string title_of(const ActionView& view) { return view.action.text(field::kTitle); }

}  // namespace

void declare_add(Options& options) {
  options.about(
      "Adds an action item: a piece of work that makes an incident rarer, seen earlier, or over "
      "sooner. Services, team and due day follow from the incident and the catalogue where they "
      "are not said. What it lacks is asked for; nothing is refused for it.");
  options.positionals_required("title", "what is to be done, a verb first");
  options.text("incident", "ID", "the incident it answers");
  declare_fields(options);
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines remediate add \"limit the pool per tenant\" --incident INC-4",
                  "after an incident");
  options.example(
      "nines remediate add alert on pool use --type detective --team payments "
      "--done-when \"the alert fired in a drill\"",
      "with how to tell that it is done");
}

ExitCode run_add(Context& context) {
  usecases::ActionRequest request{context.args.text("incident"), fields_of(context)};
  request.fields.emplace(field::kTitle, join(context.args.list("title"), " "));
  const auto view = usecases::add_action(context.session(), request, context.dry_run());
  return show_view(
      context, view,
      (context.dry_run() ? "would add: " : view.action.name + "  added: ") + title_of(view));
}

void declare_set(Options& options) {
  options.about(
      "Changes an action, or brings it to a state. 'not-doing' and 'superseded' need a reason: "
      "that is what people read instead. An empty value takes a field away.");
  options.positional("action", "ACT-3, or 3");
  std::vector<std::string> states;
  for (const auto name : nines::remediate::action_state_names()) states.emplace_back(name);
  options.choice("state", states, "what it is now");
  options.text("because", "TEXT", "why it is in that state, or why it changes");
  options.text("title", "TEXT", "other words for it");
  declare_fields(options);
  options.example("nines remediate set ACT-3 --state done --because \"the drill passed\"",
                  "it is done");
  options.example("nines remediate set 3 --state not-doing --because \"the service is retired\"",
                  "it will not be");
}

ExitCode run_set(Context& context) {
  usecases::ActionChange change;
  change.action = context.args.required("action");
  change.fields = fields_of(context);
  if (const auto title = context.args.text("title")) change.fields.emplace(field::kTitle, *title);
  if (const auto state = context.args.text("state"))
    change.state = nines::remediate::action_state_from(*state);
  change.because = context.args.text("because").value_or("");
  const auto view = usecases::set_action(context.session(), change, context.dry_run());
  return show_view(
      context, view,
      fmt::format("{}  {} {}: {}", view.action.name, context.dry_run() ? "would be" : "is",
                  to_string(view.action.state), title_of(view)));
}

void declare_show(Options& options) {
  options.about(
      "One action: what it answers, who owns it, when it is due, how its team has closed such work "
      "so far, and what the action leaves open.");
  options.positional("action", "ACT-3, or 3");
  options.example("nines remediate show ACT-3", "one action");
  options.example("nines remediate show 3 -o json", "for a program");
}

ExitCode run_show(Context& context) {
  const auto view = usecases::show_action(context.session(), context.args.required("action"));
  return show_view(context, view, view.action.name + "  " + title_of(view));
}

}  // namespace nines::app::remediate
