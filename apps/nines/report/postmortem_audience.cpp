// Renderings with their leak check, owners of change, the page for executives; and the answer verb.
#include "nines/report/postmortem_audience.hpp"

#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/report/verbs.hpp"
#include "render/findings.hpp"
#include "usecases/report/rendering.hpp"

namespace nines::app::report {
namespace {

namespace pm = nines::postmortem;
using usecases::Accountability;

Json words_json(const std::vector<std::string>& texts) {
  auto list = Json::array();
  for (const auto& text : texts) list.push(text);
  return list;
}

pm::Audience audience_of(const Context& context) {
  const auto name = context.args.text("for").value_or("roles");
  if (name == "named") return pm::Audience::named;
  return name == "public" ? pm::Audience::open : pm::Audience::roles;
}

void show_map(render::Page& page, const usecases::Rendering& rendering) {
  render::Table table{{{"pseudonym"}, {"kind"}, {"known by", render::Align::left, false, true}},
                      {}};
  for (const auto& one : rendering.identities)
    table.rows.push_back({one.pseudonym, std::string(to_string(one.kind)), join(one.texts, ", ")});
  page.push_back(render::Heading{"The map: whoever reads it can name everybody again"});
  page.push_back(std::move(table));
}

Json rendering_json(const usecases::Rendering& rendering, pm::Audience audience, bool with_map) {
  auto leaks = Json::array();
  for (const auto& leak : rendering.leaks)
    leaks.push(Json::object({{"code", leak.code},
                             {"line", leak.span.line},
                             {"column", leak.span.column},
                             {"message", leak.message}}));
  auto map = Json::array();
  if (with_map)
    for (const auto& one : rendering.identities)
      map.push(Json::object({{"pseudonym", one.pseudonym},
                             {"kind", to_string(one.kind)},
                             {"known_by", words_json(one.texts)}}));
  const bool clean = rendering.leaks.empty();
  return Json::object({{"incident", rendering.view.incident.name},
                       {"audience", to_string(audience)},
                       {"revision", rendering.view.postmortem.token()},
                       {"clean", clean},
                       {"leaks", std::move(leaks)},
                       {"text", clean ? Json(rendering.text) : Json()},
                       {"map", std::move(map)}});
}

ExitCode show_rendering(Context& context) {
  usecases::RenderingRequest request{context.args.text("incident"), audience_of(context)};
  request.zone = context.time_rules().zone;
  if (const auto file = context.args.text("check")) {
    request.check = *file == "-"
                        ? read_stream(context.in, usecases::kMostPostmortemBytes)
                        : read_file(context.resolve(*file), usecases::kMostPostmortemBytes);
    request.check_name = *file == "-" ? "<stdin>" : *file;
  }
  const auto rendering = usecases::render_postmortem(context.session(), request);
  const bool clean = rendering.leaks.empty();
  const bool with_map = context.args.flag("map");
  const auto name = std::string(to_string(request.audience));
  if (context.shows_page() && !clean) {
    // Nothing that names anybody goes out: the findings alone.
    const render::FindingReport report{rendering.leaks, {rendering.leaks.front().file}, 1, 0};
    render::write_findings(context.err, report, render::FindingFormat::text, context.style());
    context.say(count_of(rendering.leaks.size(), "name") + " left in the text for " + name +
                ": nothing is written");
    return ExitCode::no;
  }
  if (context.format() == render::Format::md && !request.check && !with_map) {
    context.out << (context.out_is_terminal() ? escape_controls(rendering.text) : rendering.text);
    context.out.flush();
    if (!context.out) throw Error(ExitCode::io, "cannot write the text");
    return ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/report.postmortem.rendering/v1";
  output.data = rendering_json(rendering, request.audience, with_map);
  auto& page = output.page;
  if (request.check)
    page.push_back(render::Paragraph{"no name of the map is in " + request.check_name});
  else
    page.push_back(render::Preformatted{rendering.text});
  if (with_map) show_map(page, rendering);
  page.push_back(render::Next{"nines report postmortem show " + rendering.view.incident.name +
                                  " --for " + name + " -o md > FILE",
                              "the text alone"});
  context.show(output);
  return clean ? ExitCode::done : ExitCode::no;
}

ExitCode show_accountability(Context& context) {
  const auto one = usecases::accountability(context.session(), context.args.text("incident"));
  render::Output output;
  output.schema = "nines/report.postmortem.accountability/v1";
  output.data = accountability_json(one);
  output.page.push_back(render::Heading{one.incident.name + "  " + one.incident.title});
  add_accountability(output.page, one);
  context.show(output);
  return ExitCode::done;
}

ExitCode show_executive(Context& context) {
  const auto one = usecases::executive_page(context.session(), context.args.text("incident"));
  render::Output output;
  output.schema = "nines/report.postmortem.executive/v1";
  auto elsewhere = Json::array(), decisions = Json::array(), dated = Json::array();
  for (const auto& row : one.elsewhere)
    elsewhere.push(Json::object({{"condition", row.condition}, {"where", row.where}}));
  for (const auto& row : one.decisions)
    decisions.push(Json::object({{"text", row.text}, {"because", row.because}}));
  for (const auto& row : one.dated)
    dated.push(Json::object({{"action", row.action},
                             {"title", row.title},
                             {"owner", row.owner},
                             {"due", row.due},
                             {"late", row.late}}));
  output.data = Json::object({{"incident", one.incident.name},
                              {"title", one.incident.title},
                              {"summary", text_or_null(one.summary)},
                              {"elsewhere", std::move(elsewhere)},
                              {"decisions", std::move(decisions)},
                              {"dated", std::move(dated)}});
  auto& page = output.page;
  page.push_back(render::Heading{one.incident.name + "  " + one.incident.title});
  page.push_back(
      render::Paragraph{one.summary.empty() ? "nobody has written a summary yet" : one.summary});
  page.push_back(render::Heading{"The same condition elsewhere"});
  render::Table places{{{"condition", render::Align::left, false, true}, {"where"}}, {}};
  for (const auto& row : one.elsewhere) places.rows.push_back({row.condition, row.where});
  page.push_back(places.rows.empty() ? render::Block(render::Paragraph{"none that is on record"})
                                     : render::Block(std::move(places)));
  page.push_back(render::Heading{"Decisions that only you can take"});
  if (one.decisions.empty()) page.push_back(render::Paragraph{"none is open"});
  for (std::size_t i = 0; i < one.decisions.size(); ++i)
    page.push_back(render::Paragraph{std::to_string(i + 1) + ". " + one.decisions[i].text + " (" +
                                     one.decisions[i].because + ")"});
  page.push_back(render::Heading{"Owned and dated already"});
  render::Table dates{{{"due"}, {"action"}, {"owner"}, {"what", render::Align::left, false, true}},
                      {}};
  for (const auto& row : one.dated)
    dates.rows.push_back({render::Cell(row.due + (row.late ? " late" : ""),
                                       row.late ? render::Tone::bad : render::Tone::plain),
                          row.action, row.owner, row.title});
  page.push_back(dates.rows.empty() ? render::Block(render::Paragraph{"nothing yet"})
                                    : render::Block(std::move(dates)));
  page.push_back(render::Next{"nines report postmortem show " + one.incident.name + " --for roles",
                              "the whole of it, without names"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

Json accountability_json(const Accountability& one) {
  auto owned = Json::array(), requests = Json::array();
  for (const auto& row : one.owned)
    owned.push(Json::object({{"factor", row.factor.name},
                             {"condition", row.factor.text},
                             {"services", words_json(row.services)},
                             {"owners", words_json(row.owners)},
                             {"action", text_or_null(row.action)},
                             {"title", text_or_null(row.title)},
                             {"due", text_or_null(row.due)},
                             {"state", text_or_null(row.state)}}));
  for (const auto& request : one.requests)
    requests.push(
        Json::object({{"asked_by", request.by},
                      {"text", request.text},
                      {"answer", request.answer},
                      {"noted_by", request.noted_by},
                      {"at", format_utc(std::chrono::floor<std::chrono::seconds>(request.at))}}));
  return Json::object({{"incident", one.incident.name},
                       {"title", one.incident.title},
                       {"answer", one.answer},
                       {"owned", std::move(owned)},
                       {"requests", std::move(requests)}});
}

void add_accountability(render::Page& page, const Accountability& one) {
  page.push_back(render::Paragraph{one.answer});
  render::Table table{{{"system"},
                       {"owner of change"},
                       {"change"},
                       {"condition", render::Align::left, false, true},
                       {"what", render::Align::left, true}},
                      {}};
  for (const auto& row : one.owned)
    table.rows.push_back({row.services.empty() ? "not named" : join(row.services, ", "),
                          row.owners.empty() ? render::Cell("nobody yet", render::Tone::warn)
                                             : render::Cell(join(row.owners, ", ")),
                          row.action.empty()
                              ? render::Cell("undecided", render::Tone::warn)
                              : render::Cell(row.action + (row.due.empty() ? "" : " " + row.due)),
                          row.factor.text, row.title});
  if (!table.rows.empty()) page.push_back(std::move(table));
  for (const auto& request : one.requests)
    page.push_back(render::Paragraph{"asked by " + request.by + " on " +
                                         format_utc(request.at).substr(0, 10) + ": \"" +
                                         request.text + "\"; answered: " + request.answer,
                                     render::Tone::dim});
  page.push_back(
      one.owned.empty()
          ? render::Next{"nines report postmortem factors " + one.incident.name,
                         "which conditions it needed"}
          : render::Next{"nines report postmortem show " + one.incident.name + " --executive",
                         "what only executives can decide"});
}

void declare_audience(Options& options) {
  options.about(
      "--for roles puts roles in the place of persons; --for public leaves out hosts, tickets, "
      "links and comments too, rounds times to five minutes, and tells only what everybody needs, "
      "of the "
      "kept timeline the milestones and the lines marked public. "
      "One map serves all. If a name, handle, address, host or ticket is still in the text, "
      "nothing "
      "is written, the findings say where, and the command exits 1; --check looks through a text "
      "that went other ways.");
  options.about(
      "--accountability answers who is accountable by systems and owners of change; --executive is "
      "one page: the same condition elsewhere, decisions only they can take, dates owned already.");
  options.choice("for", {"named", "roles", "public"}, "who reads it");
  options.path("check", "FILE", "look for names in this text instead; '-' is standard input");
  options.flag("map", "the pseudonyms with whom they stand for: private");
  options.flag("accountability", "systems and owners of change, in place of persons");
  options.flag("executive", "one page for those who decide");
  options.example("nines report postmortem show INC-4 --for public -o md > public.md",
                  "for everybody, once nothing is left in it");
}

bool asks_for_audience(const Context& context) {
  const bool rendering =
      context.args.given("for") || context.args.given("check") || context.args.flag("map");
  const int asked = int{rendering} + int{context.args.flag("accountability")} +
                    int{context.args.flag("executive")} + int{context.args.flag("history")} +
                    int{context.args.given("revision")};
  if (asked > 1)
    throw Error(ExitCode::usage, "one page at a time",
                "--for, --accountability, --executive, --history or --revision", "BAD_COMBINATION");
  return rendering || context.args.flag("accountability") || context.args.flag("executive");
}

ExitCode show_audience(Context& context) {
  if (context.args.flag("accountability")) return show_accountability(context);
  if (context.args.flag("executive")) return show_executive(context);
  return show_rendering(context);
}

void declare_postmortem_answer(Options& options) {
  options.about(
      "Somebody asks for a name. The question is a fact of the process: it is recorded with who "
      "asked and with the answer, which is about systems and owners of change. The question stays "
      "in the record even where the person who asked would rather not see it again.");
  options.positional("incident", "INC-4, or PM-4");
  options.text("to", "NAME", "who asked").required = true;
  options.text("asked", "TEXT", "what they asked, in their words").required = true;
  options.example(
      "nines report postmortem answer INC-4 --to \"the board\" --asked \"who did this?\"",
      "with systems and owners");
  options.example(
      "nines report postmortem answer INC-4 --to bo --asked \"whose change was it?\" --dry-run",
      "what the answer would be");
}

ExitCode run_postmortem_answer(Context& context) {
  const auto one = usecases::answer_blame(
      context.session(),
      {context.args.text("incident"), context.args.required("to"), context.args.required("asked")},
      context.dry_run());
  render::Output output;
  output.schema = "nines/report.postmortem.answer/v1";
  output.data = accountability_json(one);
  output.page.push_back(
      render::Heading{one.incident.name + (context.dry_run() ? "  would be noted, and answered:"
                                                             : "  noted, and answered:")});
  add_accountability(output.page, one);
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::report
