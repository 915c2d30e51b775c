// Runs nines incident comms: drafts for people outside, and what was told to whom and when.
#include "usecases/incident/comms.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Message;

Json message_json(const Message& message) {
  return Json::object({{"message", message.name.empty() ? Json() : Json(message.name)},
                       {"to", message.to},
                       {"channel", message.channel.empty() ? Json() : Json(message.channel)},
                       {"text", message.text},
                       {"by", message.by},
                       {"time", time_json(message.when)},
                       {"recorded_at", format_utc(message.recorded_at)}});
}

std::string update_due(const std::optional<Instant>& due, Instant now) {
  if (!due) return "none is due";
  const auto whole = [](Micros span) {
    return format_duration(std::chrono::floor<std::chrono::seconds>(span));
  };
  return *due <= now ? "overdue by " + whole(now - *due) : "due in " + whole(*due - now);
}

std::string message_text(Context& context) {
  auto text = join(context.args.list("text"), " ");
  if (text == "-") text = read_stream(context.in);
  text = std::string(trim(text));
  if (text.empty())
    throw Error(ExitCode::usage, "what was told is missing",
                "nines incident comms sent --to status-page \"card payments fail for some\"",
                "MISSING_ARGUMENT");
  return text;
}

}  // namespace

void declare_comms_draft(Options& options) {
  options.about(
      "Text for people outside, from the record: what is affected since when, what is known, when "
      "the next word comes. Only public lines and facts are used, names give way to roles, and "
      "nothing is sent or recorded.");
  declare_id(options);
  options.choice("to", {"status-page", "stakeholders"}, "for whom").required = true;
  options.example("nines incident comms draft --to status-page", "for the current incident");
  options.example("nines incident comms draft 42 --to stakeholders --tz Europe/Paris",
                  "with the times of the office");
}

ExitCode run_comms_draft(Context& context) {
  const auto to = context.args.required("to");
  const auto draft =
      usecases::draft_message(context.session(), id_of(context),
                              *nines::incident::audience_from(to), context.time_rules().zone);
  render::Output output;
  output.schema = "nines/incident.comms.draft/v1";
  output.data = Json::object(
      {{"incident", draft.incident.name}, {"to", to}, {"lines", names_json(draft.lines)}});
  output.page.push_back(render::Preformatted{join(draft.lines, "\n")});
  output.page.push_back(render::Next{"nines incident comms sent --to " + to + " TEXT",
                                     "once it is out: keeps what was told when"});
  context.show(output);
  return ExitCode::done;
}

void declare_comms_sent(Options& options) {
  options.about(
      "Keeps what was told to whom and when. Telling the status page or customers for the first "
      "time "
      "sets the milestone 'customers_told'. Each message starts the clock for the next one.");
  options.positionals("text", "what was told; - reads standard input");
  options.text("incident", "ID", "another incident than the current one");
  options.text("to", "WHOM", "status-page, customers, stakeholders, executives, a vendor")
      .required = true;
  options.text("channel", "NAME", "how: mail, phone, chat");
  declare_at(options);
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident comms sent --to status-page \"Card payments fail for some\"",
                  "it is out as of now");
  options.example(
      "nines incident comms sent --to executives --channel phone --at 09:10 - < told.txt",
      "it was told at 09:10");
}

ExitCode run_comms_sent(Context& context) {
  usecases::SentRequest request;
  request.incident = context.args.text("incident");
  request.to = context.args.required("to");
  request.channel = context.args.text("channel").value_or("");
  request.text = message_text(context);
  request.when = stated_option(context, "at");
  const auto sent = usecases::record_message(context.session(), request, context.dry_run());
  render::Output output;
  output.schema = "nines/incident.comms.sent/v1";
  output.data = Json::object({{"incident", sent.incident.name},
                              {"message", message_json(sent.message)},
                              {"customers_first_told", sent.customers_first_told},
                              {"next_due", time_or_null(sent.next_due)}});
  const auto zone = context.time_rules().zone;
  output.page.push_back(render::Paragraph{
      sent.incident.name +
      (context.dry_run() ? "  would record: " : "  " + sent.message.name + " ") + "told " +
      sent.message.to + " at " + time_text(sent.message.when, zone, false)});
  if (sent.customers_first_told)
    output.page.push_back(render::Paragraph{"customers are told for the first time"});
  if (sent.next_due)
    output.page.push_back(
        render::Paragraph{"the next update is " + update_due(sent.next_due, context.now())});
  output.page.push_back(render::Next{"nines incident comms list", "what was told to whom"});
  context.show(output);
  return ExitCode::done;
}

void declare_comms_list(Options& options) {
  options.about(
      "Messages by time, and when the next one is due: by severity, as the AssessmentPolicy says, "
      "else SEV-1 every 30m, SEV-2 and undetermined every 1h, SEV-3 every 4h, SEV-4 every 1d.");
  declare_id(options);
  options.example("nines incident comms list", "the current incident");
  options.example("nines incident comms list 42 -o csv", "for a spreadsheet");
}

ExitCode run_comms_list(Context& context) {
  const auto comms = usecases::incident_comms(context.session(), id_of(context));
  const auto zone = context.time_rules().zone;
  render::Output output;
  output.schema = "nines/incident.comms.list/v1";
  auto rows = Json::array();
  render::Table table{{{"message"},
                       {"time (" + zone.name() + ")"},
                       {"to"},
                       {"channel"},
                       {"by"},
                       {"text", render::Align::left, false, true}},
                      {}};
  for (const auto& message : comms.messages) {
    rows.push(message_json(message));
    table.rows.push_back({message.name, time_text(message.when, zone, true), message.to,
                          message.channel.empty() ? "-" : message.channel, message.by,
                          message.text});
  }
  const auto every = comms.cadence.every;
  output.data = Json::object({{"incident", comms.incident.name},
                              {"rows", std::move(rows)},
                              {"every_s", every ? Json(every->count() / 1'000'000) : Json()},
                              {"cadence_from", comms.cadence.from},
                              {"next_due", time_or_null(comms.next_due)},
                              {"overdue", comms.next_due && *comms.next_due <= context.now()}});
  output.page.push_back(render::Heading{headline(comms.incident)});
  if (comms.messages.empty())
    output.page.push_back(render::Paragraph{"nobody was told anything yet"});
  else
    output.page.push_back(std::move(table));
  output.page.push_back(render::Paragraph{
      "next update: " + update_due(comms.next_due, context.now()) +
      (every ? " (every " + format_duration(*every) + " by " + comms.cadence.from + ")" : "")});
  output.page.push_back(
      render::Next{"nines incident comms draft --to status-page", "a text from the record"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
