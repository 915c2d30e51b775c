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
  if (before.proposed && !after.proposed) parts.emplace_back("accepted");
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
  options.flag("check", "what the record contradicts; exits 1 when it does");
  options.flag("skew", "how far the clocks of its sources are apart");
  options.flag("align", "with the known offsets of clocks taken out; what was written stays");
  options.example("nines incident timeline", "the current incident's");
  options.about(
      "With --check the lines, milestones, stated durations and claims are held against each other "
      "instead, and every finding says its arithmetic; nines explain CODE says more. Errors and "
      "warnings are contradictions and exit 1; information is not, and exits 0.");
  options.about(
      "Lines that two sources noted of one event tell how far their clocks are apart: --skew shows "
      "offset, spread and pairs for each clock, --align the timeline with the offsets taken out.");
  options.example("nines incident timeline 42 --check", "does the record hold together");
  options.example("nines incident timeline 42 -o wide --tz Europe/Paris",
                  "with what was recorded when, in the zone of the office");
}

namespace {

ExitCode run_check(Context& context) {
  const auto view = usecases::show_incident(context.session(), id_of(context));
  const auto& head = view.record.head;
  const auto findings = usecases::check_incident(context.session(), head.name);
  const bool bad = nines::incident::contradicts(findings);
  render::Output output;
  output.schema = "nines/incident.timeline.check/v1";
  output.data = Json::object({{"incident", head.name},
                              {"title", head.title},
                              {"holds", !bad},
                              {"findings", findings_json(findings)}});
  output.page.push_back(render::Heading{headline(head)});
  for (const auto& one : findings)
    output.page.push_back(render::Paragraph{
        finding_line(head.name, one) + (one.hint.empty() ? "" : "\n  " + one.hint),
        one.severity == nines::Severity::info ? render::Tone::plain : render::Tone::warn});
  output.page.push_back(render::Paragraph{findings_summary(findings)});
  if (findings.empty())
    output.page.push_back(render::Next{"nines incident show " + head.name, "what is on record"});
  else
    output.page.push_back(render::Next{"nines explain " + findings.front().code, "what it means"});
  context.show(output);
  return bad ? ExitCode::no : ExitCode::done;
}

/// "+3m12s"; to the second, which is finer than people's clocks.
std::string signed_text(Micros span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::abs(span));
  return (span.count() < 0 ? "-" : "+") + format_duration(seconds, true);
}

ExitCode run_skew(Context& context) {
  const auto view = usecases::show_incident(context.session(), id_of(context));
  const auto& head = view.record.head;
  const auto skews = usecases::clock_skews(context.session(), head.name);
  render::Output output;
  output.schema = "nines/incident.timeline.skew/v1";
  auto rows = Json::array();
  render::Table table{{{"clock"},
                       {"against"},
                       {"offset", render::Align::right},
                       {"give or take", render::Align::right},
                       {"pairs", render::Align::right},
                       {"lines", render::Align::left, false, true}},
                      {}};
  for (const auto& one : skews) {
    auto pairs = Json::array();
    std::vector<std::string> shown;
    for (const auto& [mine, theirs] : one.pairs) {
      pairs.push(Json::object({{"entry", mine}, {"reference_entry", theirs}}));
      shown.push_back(mine + "=" + theirs);
    }
    rows.push(Json::object({{"clock", one.clock},
                            {"reference", one.reference},
                            {"offset_s", one.offset.count() / 1'000'000},
                            {"spread_s", one.spread.count() / 1'000'000},
                            {"zone_slip_min", one.zone_slip.count()},
                            {"pairs", std::move(pairs)}}));
    table.rows.push_back({one.clock, one.reference, signed_text(one.offset),
                          signed_text(one.spread).substr(1), std::to_string(one.pairs.size()),
                          join(shown, " ")});
    if (one.zone_slip.count() != 0)
      output.warnings.push_back("the times of " + one.clock + " fit those of " + one.reference +
                                " when moved by " + signed_text(-one.zone_slip) +
                                ": another zone, not another clock");
  }
  output.data = Json::object({{"incident", head.name}, {"rows", std::move(rows)}});
  output.page.push_back(render::Heading{headline(head)});
  if (skews.empty())
    output.page.push_back(render::Paragraph{
        "no event was noted by two clocks, so nothing tells how far they are apart"});
  else
    output.page.push_back(std::move(table));
  output.page.push_back(skews.empty()
                            ? render::Next{"nines incident timeline " + head.name, "its lines"}
                            : render::Next{"nines incident timeline " + head.name + " --align",
                                           "the lines with the offsets taken out"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

ExitCode run_timeline(Context& context) {
  if (context.args.flag("check")) return run_check(context);
  if (context.args.flag("skew")) return run_skew(context);
  auto view =
      usecases::show_incident(context.session(), id_of(context), context.args.flag("retracted"));
  auto& entries = view.record.entries;
  if (context.args.flag("align"))
    entries = nines::incident::aligned(
        std::move(entries), usecases::clock_skews(context.session(), view.record.head.name));
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
  const bool as_markdown = context.format() == render::Format::md;
  output.page.push_back(timeline_table(entries, context.time_rules().zone,
                                       as_markdown ? Marks::in_kind : Marks::in_text));
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
  options.flag("accept", "a line that was proposed from prose is right");
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
  request.accept = context.args.flag("accept");
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
