// Runs nines report postmortem facilitate: what to ask whom, and what could be seen then.
#include "base/text.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/facilitate.hpp"

namespace nines::app::report {
namespace {

namespace pm = nines::postmortem;

std::string utc_second(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::seconds>(at));
}

Json strings_json(const std::vector<std::string>& texts) {
  auto list = Json::array();
  for (const auto& text : texts) list.push(text);
  return list;
}

Json sheet_json(const usecases::Facilitation& one) {
  auto decisions = Json::array(), interviews = Json::array(), holes = Json::array();
  for (const auto& point : one.sheet.decisions) {
    auto visible = Json::array();
    for (const auto& seen : point.visible)
      visible.push(Json::object(
          {{"at", utc_second(seen.at)}, {"text", seen.text}, {"noted_later", seen.noted_later}}));
    decisions.push(Json::object({{"at", utc_second(point.at)},
                                 {"entry", point.entry},
                                 {"text", point.text},
                                 {"who", point.who},
                                 {"visible", std::move(visible)},
                                 {"earlier", static_cast<std::int64_t>(point.earlier)},
                                 {"questions", strings_json(point.questions)}}));
  }
  for (const auto& who : one.sheet.interviews)
    interviews.push(Json::object({{"person", who.person},
                                  {"roles", strings_json(who.roles)},
                                  {"lines", static_cast<std::int64_t>(who.lines)},
                                  {"decisions", static_cast<std::int64_t>(who.decisions)}}));
  for (const auto& hole : one.sheet.holes)
    holes.push(Json::object({{"from", utc_second(hole.from)},
                             {"to", utc_second(hole.to)},
                             {"question", hole.question}}));
  return Json::object({{"incident", one.incident.name},
                       {"title", one.incident.title},
                       {"facilitator", one.facilitator},
                       {"took_part", one.took_part},
                       {"responders", strings_json(one.sheet.responders)},
                       {"decisions", std::move(decisions)},
                       {"interviews", std::move(interviews)},
                       {"holes", std::move(holes)},
                       {"questions", strings_json(one.sheet.questions)}});
}

void add_decisions(render::Page& page, const pm::FacilitationSheet& sheet) {
  page.push_back(render::Heading{"Choices, and what was on record when they were made"});
  if (sheet.decisions.empty()) {
    page.push_back(render::Paragraph{
        "no line is marked as a decision or an action: which choices were there?"});
    return;
  }
  for (const auto& point : sheet.decisions) {
    std::string text = utc_second(point.at) + "  #" + point.entry + " " + point.text +
                       (point.who.empty() ? "" : "  (" + point.who + ")");
    if (point.earlier > 0)
      text += "\n  visible then: " + count_of(point.earlier, "earlier line") + ", and";
    else if (!point.visible.empty())
      text += "\n  visible then:";
    for (const auto& seen : point.visible)
      text += "\n    " + utc_second(seen.at).substr(11, 8) + "  " + seen.text +
              (seen.noted_later ? "  (noted only later)" : "");
    for (const auto& question : point.questions) text += "\n  ask: " + question;
    page.push_back(render::Preformatted{text});
  }
}

}  // namespace

void declare_postmortem_facilitate(Options& options) {
  options.about(
      "The facilitator's sheet, from the record: each choice with what was on record by then, whom "
      "to talk to (first those who took most choices, since they could be blamed), holes of the "
      "timeline as questions. Questions ask what and how. A facilitator who took part is told so, "
      "and the command exits 1.");
  options.positional_optional("incident", "INC-4, or 4; default: the current one");
  options.text("facilitator", "NAME", "who facilitates; default: you");
  options.example("nines report postmortem facilitate INC-4 --facilitator bo",
                  "before the meeting");
  options.example("nines report postmortem facilitate INC-4 -o md", "to print");
}

ExitCode run_postmortem_facilitate(Context& context) {
  const auto one = usecases::facilitate(context.session(), context.args.text("incident"),
                                        context.args.text("facilitator"));
  render::Output output;
  output.schema = "nines/report.postmortem.facilitate/v1";
  output.data = sheet_json(one);
  auto& page = output.page;
  page.push_back(render::Heading{one.incident.name + "  " + one.incident.title});
  page.push_back(
      one.took_part
          ? render::Paragraph{one.facilitator +
                                  " took part in this incident: somebody who did not should "
                                  "facilitate",
                              render::Tone::warn}
          : render::Paragraph{one.facilitator + " did not take part, and may facilitate"});
  add_decisions(page, one.sheet);
  page.push_back(render::Heading{"Whom to talk to, before the meeting"});
  render::Table table{{{"person"},
                       {"choices", render::Align::right},
                       {"lines", render::Align::right},
                       {"roles", render::Align::left, false, true}},
                      {}};
  for (const auto& who : one.sheet.interviews)
    table.rows.push_back({who.person, std::to_string(who.decisions), std::to_string(who.lines),
                          who.roles.empty() ? "-" : join(who.roles, ", ")});
  page.push_back(table.rows.empty() ? render::Block(render::Paragraph{"nobody is on record"})
                                    : render::Block(std::move(table)));
  page.push_back(render::Heading{"What the record leaves open"});
  std::string open;
  for (const auto& hole : one.sheet.holes)
    open += utc_second(hole.from).substr(0, 16) + " to " + utc_second(hole.to).substr(11, 5) +
            "  " + hole.question + "\n";
  for (const auto& question : one.sheet.questions) open += question + "\n";
  page.push_back(open.empty() ? render::Block(render::Paragraph{"nothing that can be seen from it"})
                              : render::Block(render::Preformatted{open}));
  page.push_back(render::Next{"nines report postmortem draft " + one.incident.name,
                              "the document that the answers go into"});
  context.show(output);
  return one.took_part ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::report
