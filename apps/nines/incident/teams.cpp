// Runs nines incident teams: who waits on whom, on one screen, and the asks between them.
#include "usecases/incident/teams.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/paging/asks.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Ask;
using nines::incident::TeamShare;
using render::Cell;
using render::Tone;

constexpr std::size_t kMostRows = 8;

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.0f}%", *share * 100) : "-";
}

std::string services_text(const TeamShare& team) {
  std::vector<std::string> parts;
  for (const auto& one : team.services) parts.push_back(one.service + " (" + one.through + ")");
  return join(parts, ", ");
}

std::string deadline_text(const Ask& ask, Instant now) {
  if (!ask.open()) return "-";
  if (!ask.due) return "none";
  const auto whole = [](Micros span) {
    return format_duration(std::chrono::floor<std::chrono::seconds>(span));
  };
  return *ask.due <= now ? "over " + whole(now - *ask.due) : "in " + whole(*ask.due - now);
}

render::Table asks_table(const std::vector<Ask>& asks, Instant now) {
  render::Table table{{{"ask"},
                       {"waits"},
                       {"on"},
                       {"state"},
                       {"for", render::Align::right},
                       {"deadline"},
                       {"what", render::Align::left, false, true}},
                      {}};
  for (const auto& ask : asks) {
    const std::string state(state_of(ask, now));
    table.rows.push_back(
        {ask.name, ask.by, ask.silent.empty() ? ask.to : ask.to + " (" + asked_first(ask) + ")",
         Cell(state == "overdue" && ask.acknowledged_at ? "overdue (acknowledged)" : state,
              state == "overdue" ? Tone::bad : Tone::plain),
         format_duration(std::chrono::floor<std::chrono::seconds>(waited(ask, now))),
         deadline_text(ask, now), ask.text});
  }
  return table;
}

/// "ASK-1 goes to bo at 09:50 unless somebody answers".
std::string outlook_text(const usecases::AskOutlook& one, Instant now) {
  if (one.people.empty()) return one.ask + ": silence leads to nobody: " + one.problem;
  const auto at = format_utc(std::chrono::floor<std::chrono::minutes>(*one.at));
  const bool today = at.substr(0, 10) == format_utc(now).substr(0, 10);
  return one.ask + " goes to " + join(one.people, ", ") +
         (*one.at <= now ? " with the next nines tick"
                         : " at " + (today ? at.substr(11, 5) : at.substr(0, 16)) + " UTC") +
         " unless somebody answers";
}

Json outlook_json(const usecases::AskOutlook& one) {
  auto people = Json::array();
  for (const auto& person : one.people) people.push(person);
  return Json::object({{"ask", one.ask},
                       {"at", one.at ? Json(format_utc(*one.at)) : Json()},
                       {"people", std::move(people)},
                       {"problem", one.problem.empty() ? Json() : Json(one.problem)}});
}

/// Nothing counted is not nothing bad.
bool is_counted(const TeamShare& team) {
  return std::any_of(team.services.begin(), team.services.end(),
                     [](const auto& one) { return one.bad.has_value(); });
}

render::Table teams_table(const std::vector<TeamShare>& teams) {
  render::Table table{{{"team"},
                       {"bad events", render::Align::right},
                       {"share", render::Align::right},
                       {"asked"},
                       {"services", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < teams.size() && i < kMostRows; ++i) {
    const auto& team = teams[i];
    table.rows.push_back({team.team.empty() ? Cell("no owner", Tone::warn) : Cell(team.team),
                          is_counted(team) ? group_digits(team.bad) : "-",
                          is_counted(team) ? percent(team.share) : "-",
                          team.team.empty() ? "-"
                          : team.asked      ? "yes"
                                            : "no",
                          services_text(team)});
  }
  return table;
}

Json teams_json(const std::vector<TeamShare>& teams) {
  auto list = Json::array();
  for (const auto& team : teams) {
    auto services = Json::array();
    for (const auto& one : team.services)
      services.push(Json::object({{"service", one.service},
                                  {"through", one.through},
                                  {"bad", one.bad ? Json(*one.bad) : Json()}}));
    list.push(Json::object({{"team", team.team.empty() ? Json() : Json(team.team)},
                            {"bad", is_counted(team) ? Json(team.bad) : Json()},
                            {"share", team.share ? Json(*team.share) : Json()},
                            {"asked", team.asked},
                            {"services", std::move(services)}}));
  }
  return list;
}

/// The team with the largest part that nobody has asked yet.
const TeamShare* to_ask(const std::vector<TeamShare>& teams) {
  for (const auto& team : teams)
    if (!team.team.empty() && !team.asked) return &team;
  return nullptr;
}

ExitCode show_ask(Context& context, std::string schema, const Ask& ask, const std::string& what,
                  render::Next next) {
  render::Output output;
  output.schema = std::move(schema);
  output.data = Json::object({{"ask", ask_json(ask, context.now())}});
  output.page.push_back(render::Paragraph{what});
  output.page.push_back(std::move(next));
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_teams_list(Options& options) {
  options.about(
      "Who waits on whom, and which teams are involved: the owners of the services that are hurt "
      "and "
      "of what those need by the dependency graph, with their part of the bad events that were "
      "counted while the impact lasts.");
  declare_id(options);
  options.example("nines incident teams list", "the current incident");
  options.example("nines incident teams list 42 -o json", "for a program");
}

ExitCode run_teams_list(Context& context) {
  const auto view = usecases::incident_teams(context.session(), id_of(context));
  render::Output output;
  output.schema = "nines/incident.teams.list/v1";
  auto asks = Json::array();
  for (const auto& ask : view.asks) asks.push(ask_json(ask, context.now()));
  const auto outlooks = usecases::ask_outlooks(context.session(), view.asks);
  auto then = Json::array();
  for (const auto& one : outlooks) then.push(outlook_json(one));
  output.data = Json::object({{"incident", view.incident.name},
                              {"asks", std::move(asks)},
                              {"then", std::move(then)},
                              {"teams", teams_json(view.teams)}});
  output.page.push_back(render::Heading{headline(view.incident)});
  if (view.asks.empty())
    output.page.push_back(render::Paragraph{"nobody waits on a team: no ask is on record"});
  else
    output.page.push_back(asks_table(view.asks, context.now()));
  for (const auto& one : outlooks)
    output.page.push_back(render::Paragraph{outlook_text(one, context.now()),
                                            one.people.empty() ? Tone::warn : Tone::plain});
  if (!view.teams.empty()) output.page.push_back(teams_table(view.teams));
  if (view.teams.size() > kMostRows)
    output.page.push_back(
        render::Paragraph{fmt::format("and {} more teams", view.teams.size() - kMostRows)});
  if (const auto* team = to_ask(view.teams))
    output.page.push_back(render::Next{"nines incident teams ask " + team->team + " TEXT --by 20m",
                                       "involved, and not asked yet"});
  else if (view.asks.empty())
    output.page.push_back(render::Next{"nines incident teams ask TEAM TEXT --by 20m",
                                       "asks a team, and waits for its answer"});
  else
    output.page.push_back(render::Next{"nines incident teams done ASK", "once it is answered"});
  context.show(output);
  return ExitCode::done;
}

void declare_teams_ask(Options& options) {
  options.about(
      "Asks a team for something, with a deadline. The ask waits, visibly, until the team "
      "acknowledges it and until it is done; past its deadline it is overdue either way. An ask "
      "that "
      "nobody acknowledged by then goes through the team's own escalation policy, driven by nines "
      "tick.");
  options.positional("team", "the team, or the vendor, that is asked");
  options.positionals_required("text", "what it is asked to do");
  options.duration("by", "how long it has; default 30m");
  options.text("incident", "ID", "another incident than the current one");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident teams ask payments \"is the card gateway slow?\" --by 20m",
                  "an answer within twenty minutes");
  options.example("nines incident teams ask dns check the zone --incident 42",
                  "half an hour, where nothing is said");
}

ExitCode run_teams_ask(Context& context) {
  usecases::TeamAskRequest request;
  request.incident = context.args.text("incident");
  request.team = context.args.required("team");
  request.text = std::string(trim(join(context.args.list("text"), " ")));
  if (request.text.empty())
    throw Error(ExitCode::usage, "what is asked is missing",
                "nines incident teams ask payments \"is the card gateway slow?\"",
                "MISSING_ARGUMENT");
  request.within = context.args.duration("by").value_or(std::chrono::minutes{30});
  const auto asked = usecases::ask_team(context.session(), request, context.dry_run());
  if (!asked.team_is_known)
    context.warn("no service names '" + request.team + "' as its owner: is it spelt right?");
  if (!asked.silence_leads_to_nobody.empty())
    context.warn("silence leads to nobody: " + asked.silence_leads_to_nobody);
  return show_ask(
      context, "nines/incident.teams.ask/v1", asked.ask,
      (context.dry_run() ? asked.incident.name + "  would ask " : asked.ask.name + "  asked ") +
          asked.ask.to + ": " + asked.ask.text + ", by " +
          format_utc(std::chrono::floor<std::chrono::seconds>(*asked.ask.due)),
      {"nines incident teams ack " + (asked.ask.name.empty() ? "ASK" : asked.ask.name),
       "once the team is on it"});
}

void declare_teams_ack(Options& options) {
  options.about("The team is on it: the waiting time for a word ends, the deadline stays.");
  options.positional("ask", "ASK-3, or 3");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident teams ack ASK-3", "somebody of the team typed it");
  options.example("nines incident teams ack 3 --dry-run", "what would change");
}

ExitCode run_teams_ack(Context& context) {
  const auto ask =
      usecases::acknowledge_ask(context.session(), context.args.required("ask"), context.dry_run());
  return show_ask(context, "nines/incident.teams.ack/v1", ask,
                  ask.name +
                      (context.dry_run() ? "  would be acknowledged by " : "  acknowledged by ") +
                      ask.acknowledged_by + " for " + ask.to,
                  {"nines incident teams done " + ask.name, "once it is answered"});
}

void declare_teams_done(Options& options) {
  options.about("The ask is answered, or of no use any more; what came of it goes on the record.");
  options.positional("ask", "ASK-3, or 3");
  options.positionals("outcome", "what came of it");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident teams done ASK-3 \"the gateway is fine\"", "the answer");
  options.example("nines incident teams done 3", "done, and nothing to add");
}

ExitCode run_teams_done(Context& context) {
  const auto ask = usecases::finish_ask(context.session(), context.args.required("ask"),
                                        join(context.args.list("outcome"), " "), context.dry_run());
  return show_ask(context, "nines/incident.teams.done/v1", ask,
                  ask.name + (context.dry_run() ? "  would be done: " : "  done: ") + ask.outcome,
                  {"nines incident teams list", "who still waits on whom"});
}

}  // namespace nines::app::incident
