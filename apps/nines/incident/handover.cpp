// Runs nines incident handover: the command goes from one person to the next, on the record.
#include "usecases/incident/handover.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

Json data_of(const Incident& incident, const std::optional<nines::incident::Ask>& ask,
             const std::vector<std::string>& lines, Instant now) {
  return Json::object({{"incident", incident_json(incident)},
                       {"lines", names_json(lines)},
                       {"ask", ask ? ask_json(*ask, now) : Json()}});
}

render::Output handover_output(Json data) {
  render::Output output;
  output.schema = "nines/incident.handover/v1";
  output.data = std::move(data);
  return output;
}

ExitCode accept(Context& context) {
  const auto taken =
      usecases::accept_handover(context.session(), id_of(context), context.dry_run());
  auto output = handover_output(data_of(taken.incident, taken.ask, {}, context.now()));
  output.page.push_back(
      render::Paragraph{taken.incident.name +
                        (context.dry_run() ? "  you would be in command" : "  you are in command") +
                        (taken.before.empty() ? "" : ", " + taken.before + " no longer")});
  output.page.push_back(render::Next{"nines", "where things stand"});
  context.show(output);
  return ExitCode::done;
}

std::string ask_due(const nines::incident::Ask& ask) {
  return ask.due ? "until " + format_utc(std::chrono::floor<std::chrono::seconds>(*ask.due)) : "";
}

}  // namespace

void declare_handover(Options& options) {
  options.about(
      "Fifteen lines from the record for whoever takes over: state, times, roles, hypotheses, what "
      "was decided, done, asked, what is due. Without --to it only shows them. The command passes "
      "when the receiver acknowledges; until then a clock runs.");
  declare_id(options);
  options.text("to", "NAME", "the person who is to take over");
  options.duration("within", "how soon they should acknowledge; default 15m");
  options.flag("ack", "you take over: the offer names you");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident handover", "what the next person would be told");
  options.example("nines incident handover --to bo", "offer bo the command");
  options.example("nines incident handover --ack", "bo takes it");
}

ExitCode run_handover(Context& context) {
  const auto to = context.args.text("to");
  if (context.args.flag("ack")) {
    if (to)
      throw Error(ExitCode::usage, "--to offers, --ack takes: one of the two",
                  "nines incident handover --ack", "BAD_COMBINATION");
    return accept(context);
  }
  const auto zone = context.time_rules().zone;
  usecases::HandoverRequest request{id_of(context), to.value_or("")};
  if (const auto within = context.args.duration("within")) request.within = *within;
  const auto handover =
      to ? usecases::offer_handover(context.session(), request, zone, context.dry_run())
         : usecases::preview_handover(context.session(), request.incident, zone);
  auto output =
      handover_output(data_of(handover.incident, handover.ask, handover.lines, context.now()));
  output.page.push_back(render::Preformatted{join(handover.lines, "\n")});
  if (handover.instead_of)
    output.page.push_back(
        render::Paragraph{"the offer to " + handover.instead_of->to + " is withdrawn"});
  if (handover.ask && !context.dry_run()) {
    output.page.push_back(render::Paragraph{handover.ask->name + "  offered to " +
                                            handover.ask->to + ", waits " +
                                            ask_due(*handover.ask)});
    output.page.push_back(
        render::Next{"nines incident handover " + handover.incident.name + " --ack",
                     "typed by " + handover.ask->to});
  } else if (!to) {
    output.page.push_back(render::Next{
        "nines incident handover " + handover.incident.name + " --to NAME", "offers the command"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
