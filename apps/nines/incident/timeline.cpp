// Runs nines incident timeline and correct: the lines, and setting them right.
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

std::string what_changed(const usecases::Corrected& corrected, const Zone& zone) {
  const auto& [incident, before, after] = corrected;
  if (after.retracted) return "retracted";
  std::vector<std::string> parts;
  if (before.text != after.text)
    parts.push_back("\"" + before.text + "\" to \"" + after.text + "\"");
  if (before.when != after.when)
    parts.push_back(time_text(before.when, zone, true) + " to " +
                    time_text(after.when, zone, true));
  if (before.kind != after.kind) parts.push_back("now a " + std::string(to_string(after.kind)));
  if (before.visibility != after.visibility)
    parts.push_back("now " + std::string(to_string(after.visibility)));
  return parts.empty() ? "it says so already" : join(parts, "; ");
}

}  // namespace

void declare_timeline(Options& options) {
  options.about(
      "In the order of when things happened; lines of one moment in the order of recording. '~' "
      "marks about, '?' unknown. With the global option --as-of TIME: what was on record then.");
  declare_id(options);
  options.flag("retracted", "lines that were taken back too");
  options.flag("no-state", "without the lines that the tool wrote");
  options.example("nines incident timeline", "the current incident's");
  options.example("nines incident timeline 42 -o wide --tz Europe/Paris",
                  "with what was recorded when, in the zone of the office");
}

ExitCode run_timeline(Context& context) {
  auto view =
      usecases::show_incident(context.session(), id_of(context), context.args.flag("retracted"));
  auto& entries = view.record.entries;
  if (context.args.flag("no-state"))
    std::erase_if(entries, [](const Entry& entry) {
      return entry.kind == nines::incident::EntryKind::state;
    });
  const auto& head = view.record.head;
  render::Output output;
  output.schema = "nines/incident.timeline/v1";
  auto rows = Json::array();
  for (const auto& entry : entries) rows.push(entry_json(entry));
  output.data =
      Json::object({{"incident", head.name}, {"title", head.title}, {"rows", std::move(rows)}});
  output.page.push_back(render::Heading{headline(head)});
  output.page.push_back(timeline_table(entries, context.time_rules().zone));
  context.show(output);
  return ExitCode::done;
}

void declare_correct(Options& options) {
  options.about(
      "The old line stays in the log, and 'nines history' shows both. Text, time, kind and "
      "visibility can be corrected, at any time, also after the review.");
  options.positional("entry", "number of the line: 7");
  options.positional_optional("text", "the new text");
  options.text("incident", "ID", "another incident than the current one");
  declare_at(options);
  options.choice("kind",
                 {"note", "observation", "action", "decision", "communication", "hypothesis"},
                 "what sort of line it is");
  options.choice("visibility", {"internal", "public", "privileged"}, "who may read it");
  options.flag("retract", "it should not be there at all");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident correct 7 \"restarted db-2, not db-1\"", "another text");
  options.example("nines incident correct 7 --at 02:41 --incident 42", "another time");
}

ExitCode run_correct(Context& context) {
  usecases::CorrectionRequest request;
  request.incident = context.args.text("incident");
  request.entry = context.args.required("entry");
  request.text = context.args.text("text");
  request.when = stated_option(context, "at");
  if (const auto kind = context.args.text("kind"))
    request.kind = nines::incident::entry_kind_from(*kind);
  if (const auto visibility = context.args.text("visibility"))
    request.visibility = nines::incident::visibility_from(*visibility);
  request.retract = context.args.flag("retract");
  const auto corrected = usecases::correct_entry(context.session(), request, context.dry_run());
  render::Output output;
  output.schema = "nines/incident.correct/v1";
  output.data = Json::object({{"incident", corrected.incident.name},
                              {"before", entry_json(corrected.before)},
                              {"after", entry_json(corrected.after)}});
  output.page.push_back(render::Paragraph{corrected.incident.name + " #" + corrected.before.name +
                                          (context.dry_run() ? "  would change: " : "  ") +
                                          what_changed(corrected, context.time_rules().zone)});
  output.page.push_back(render::Next{"nines incident timeline " + corrected.incident.name,
                                     "the lines as they stand"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
