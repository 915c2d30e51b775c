// Runs nines incident log, and nines log: one line into the timeline.
#include "usecases/incident/log.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

/// "@09:14 text": the time leads, as people write it in a chat.
std::optional<std::string> leading_time(std::string& text) {
  if (text.size() < 3 || text[0] != '@' || text[1] < '0' || text[1] > '9') return std::nullopt;
  const auto blank = text.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  const auto word = text.substr(1, blank - 1);
  if (word.find(':') == std::string::npos) return std::nullopt;
  text = std::string(trim(std::string_view(text).substr(blank + 1)));
  return word;
}

std::string entry_text(Context& context) {
  auto text = join(context.args.list("text"), " ");
  if (text == "-") text = read_stream(context.in);
  text = std::string(trim(text));
  if (text.empty())
    throw Error(ExitCode::usage, "nothing to log", "nines log restarted the database",
                "MISSING_ARGUMENT");
  return text;
}

/// Options before a lone "--" are text like the rest; whoever typed one is told, and how to mend
/// it.
std::optional<std::string> option_taken_as_text(const Context& context) {
  for (const auto& word : context.args.list("text"))
    for (const auto* name : {"to", "at", "kind", "visibility", "estimate", "role", "clock"})
      if (const auto option = "--" + std::string(name);
          word == option || word.starts_with(option + "="))
        return option;
  return std::nullopt;
}

void warn_of_option(Context& context, const usecases::Logged& logged) {
  const auto option = option_taken_as_text(context);
  if (!option) return;
  context.warn("'" + *option + "' was taken as part of the text: options stand behind a lone --" +
               (logged.incident ? "; nines incident correct " + logged.entry.name + " --incident " +
                                      logged.incident->name + " --retract takes the line back"
                                : std::string()));
}

render::Output log_output(const Context& context, const usecases::Logged& logged) {
  render::Output output;
  output.schema = "nines/incident.log/v1";
  output.data =
      Json::object({{"incident", logged.incident ? Json(logged.incident->name) : Json()},
                    {"queued", !logged.incident},
                    {"queued_because", logged.incident ? Json() : Json(logged.waits_because)},
                    {"taken_from_queue", static_cast<std::int64_t>(logged.queued)},
                    {"line", entry_json(logged.entry)}});
  const auto when = time_text(logged.entry.when, context.time_rules().zone, false);
  if (!logged.incident) {
    output.page.push_back(render::Paragraph{"queued: " + logged.waits_because +
                                            "; the line is safe on this machine"});
    output.page.push_back(render::Next{"nines incident open TITLE",
                                       "takes the queued lines in; so does nines incident use"});
    return output;
  }
  output.page.push_back(render::Paragraph{logged.incident->name + " #" + logged.entry.name + "  " +
                                          when + "  " + logged.entry.text});
  if (logged.queued > 0)
    output.page.push_back(
        render::Paragraph{count_of(logged.queued, "line") + " that had waited went in before it"});
  if (!logged.incident->open())
    output.page.push_back(
        render::Paragraph{logged.incident->name + " is closed: the line is marked as late"});
  return output;
}

}  // namespace

void declare_log(Options& options) {
  options.about(
      "Everything after the verb is the text; options stand after a lone '--'. '@09:14' in front "
      "says when it happened. Without a current incident, without a store, or while the store is "
      "busy the line is queued on this machine and goes in with a later command: nothing is "
      "refused, and nothing is lost.");
  options.raw("text", "what happened; - reads standard input").required = true;
  options.text("to", "ID", "another incident than the current one");
  declare_at(options);
  options
      .choice("kind", {"note", "observation", "action", "decision", "communication", "hypothesis"},
              "what sort of line it is")
      .fallback = "note";
  options.choice("visibility", {"internal", "public", "privileged"}, "who may read it").fallback =
      "internal";
  options.flag("estimate", "a figure in it is an estimate");
  options.text("role", "NAME", "the role you spoke in, where it is not the one you hold");
  options.text("clock", "NAME", "whose clock the time is from");
  options.no_dry_run();
  options.example("nines log restarted the primary", "three keystrokes and the text");
  options.example("nines log @02:14 error rate falls", "it happened at 02:14");
  options.example("nines log rolled back v1.4.2 -- --kind action --to INC-42",
                  "options after a lone --");
}

ExitCode run_log(Context& context) {
  usecases::LogRequest request;
  request.text = entry_text(context);
  request.incident = context.args.text("to");
  request.when = stated_option(context, "at");
  if (!request.when)
    if (const auto word = leading_time(request.text)) {
      request.when = stated_time(context, *word);
      context.say(echo_time(*word, {request.when->at, request.when->precision, request.when->zone},
                            context.time_rules()));
    }
  if (const auto clock = context.args.text("clock")) {
    if (!request.when) request.when = StatedTime{.at = context.now()};
    request.when->clock = *clock;
  }
  request.kind = *nines::incident::entry_kind_from(context.args.required("kind"));
  request.visibility = *nines::incident::visibility_from(context.args.required("visibility"));
  request.estimate = context.args.flag("estimate");
  request.role = context.args.text("role").value_or("");
  auto options = context.session_options();
  options.write = true;
  const auto logged = usecases::log_line(options, request);
  context.note_written();
  warn_of_option(context, logged);
  context.show(log_output(context, logged));
  return ExitCode::done;
}

}  // namespace nines::app::incident
