// Runs nines incident oncall override, swap and cancel: changes of duty, entered at night.
#include "base/error.hpp"
#include "nines/incident/oncall_pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/duty.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::DutyChange;
using usecases::ChangedDuty;

std::string changed_duty_text(const ChangedDuty& changed) {
  const auto& c = changed.change;
  const auto span = [&](const nines::incident::Period& p) {
    return local_text(changed.zone, p.from) + " to " + local_text(changed.zone, p.to);
  };
  if (c.kind == DutyChange::Kind::over_ride)
    return c.person + " is " + c.role + " of " + c.rota + ", " + span(c.when);
  auto text = c.with + " takes the turn of " + c.person + " in " + c.rota + ", " + span(c.when);
  if (c.back) text += "; " + c.person + " takes that of " + c.with + ", " + span(*c.back);
  return text;
}

void show_change(Context& context, const ChangedDuty& changed, const std::string& done) {
  const auto& c = changed.change;
  render::Output output;
  output.schema = "nines/incident.oncall.change/v1";
  output.warnings = changed.warnings;
  auto data = Json::object({{"name", c.name.empty() ? Json() : Json(c.name)},
                            {"rota", c.rota},
                            {"type", c.kind == DutyChange::Kind::swap ? "swap" : "override"},
                            {"role", c.role.empty() ? Json() : Json(c.role)},
                            {"person", c.person},
                            {"with", c.with.empty() ? Json() : Json(c.with)},
                            {"from", format_utc(c.when.from)},
                            {"to", format_utc(c.when.to)}});
  data.set("return", c.back ? period_json(*c.back) : Json());
  data.set("cancelled", c.cancelled);
  output.data = std::move(data);
  const auto name = c.name.empty() ? std::string() : c.name + "  ";
  output.page.push_back(render::Paragraph{name + (context.dry_run() ? "would be " : "") + done});
  output.page.push_back(
      render::Paragraph{changed_duty_text(changed) + " (" + changed.zone.name() + ")"});
  output.page.push_back(render::Next{"nines incident oncall --rota " + c.rota, "who is on now"});
  context.show(output);
}

}  // namespace

void declare_oncall_override(Options& options) {
  options.about("Somebody is on, whoever's turn it is: it goes before every layer and swap.");
  options.positional("person", "who takes it");
  declare_rota(options);
  options.text("role", "NAME", "as what; default the first role of the rota");
  options.instant("from", "when it begins; default now");
  options.instant("to", "when it ends");
  options.duration("for", "how long it lasts, instead of --to");
  options.text("because", "TEXT", "why, for the record");
  options.example("nines incident oncall override bo --for 4h --because \"ada is ill\"",
                  "bo is on from now");
  options.example(
      "nines incident oncall override bo --rota payments --from \"2026-12-24 18:00\" --to "
      "\"2026-12-25 09:00\"",
      "a night to come");
}

ExitCode run_oncall_override(Context& context) {
  usecases::OverrideRequest request;
  request.rota = context.args.text("rota").value_or("");
  request.team = context.args.text("team").value_or("");
  request.role = context.args.text("role").value_or("");
  request.person = context.args.required("person");
  request.from = time_ahead(context, "from");
  const auto length = context.args.duration("for");
  if (context.args.given("to") == length.has_value())
    throw Error(ExitCode::usage, length ? "--to and --for exclude each other" : "until when?",
                "give --for 4h, or --to", "BAD_VALUE");
  request.to = length ? request.from + *length : time_ahead(context, "to");
  show_change(context, usecases::override_duty(context.session(), request, context.dry_run()),
              "entered");
  return ExitCode::done;
}

void declare_oncall_swap(Options& options) {
  options.about(
      "Gives a whole shift to somebody else. A shift is named by any time in it; with --back one "
      "of "
      "theirs is taken in return.");
  options.positional("person", "who gives a shift");
  options.positional("with", "who takes it");
  declare_rota(options);
  options.instant("shift", "a time in the shift that is given; default now");
  options.instant("back", "a time in the shift that is taken in return");
  options.text("because", "TEXT", "why, for the record");
  options.example("nines incident oncall swap ada bo --because \"ada is ill\"",
                  "bo takes the rest and all of the present shift of ada");
  options.example(
      "nines incident oncall swap ada bo --shift \"2026-12-25 12:00\" --back \"2027-01-06 12:00\"",
      "two shifts change hands");
}

ExitCode run_oncall_swap(Context& context) {
  usecases::SwapRequest request;
  request.rota = context.args.text("rota").value_or("");
  request.team = context.args.text("team").value_or("");
  request.person = context.args.required("person");
  request.with = context.args.required("with");
  request.shift = time_ahead(context, "shift");
  if (context.args.given("back")) request.back = time_ahead(context, "back");
  show_change(context, usecases::swap_duty(context.session(), request, context.dry_run()),
              "entered");
  return ExitCode::done;
}

void declare_oncall_cancel(Options& options) {
  options.positional("name", "the override or swap, such as DTY-1");
  options.text("because", "TEXT", "why, for the record");
  options.example("nines incident oncall cancel DTY-1", "the rota is as if it had not been");
  options.example("nines incident oncall cancel DTY-1 --dry-run", "what that would call off");
}

ExitCode run_oncall_cancel(Context& context) {
  show_change(
      context,
      usecases::cancel_duty(context.session(), context.args.required("name"), context.dry_run()),
      "cancelled");
  return ExitCode::done;
}

}  // namespace nines::app::incident
