// Runs nines incident escalate: start or go on, look ahead, play through, replay.
#include "usecases/paging/escalate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/replay_page.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Happening;
using nines::incident::Occurrence;
using usecases::Escalated;

constexpr std::size_t kShown = 12;

bool is_file(const Context& context, const std::string& name) {
  const bool like_one =
      name.find('/') != std::string::npos || name.ends_with(".yaml") || name.ends_with(".yml");
  return like_one || std::filesystem::exists(context.resolve(name));
}

/// "ada by page", of the first page that is still to come.
const Occurrence* next_page(const Escalated& result, Instant now, bool also_now) {
  for (const auto& one : result.ahead.occurred)
    if (one.what == Happening::paged && (one.at > now || also_now)) return &one;
  return nullptr;
}

std::string next_text(const Escalated& result, const Zone& zone, Instant now, bool also_now) {
  const auto* page = next_page(result, now, also_now);
  if (page == nullptr) {
    if (result.advance.phase == nines::incident::Phase::exhausted)
      return "nobody: the policy is exhausted";
    return "nobody by time alone" +
           (result.ahead.waiting.empty() ? "" : ": waits for " + result.ahead.waiting);
  }
  std::string who;
  for (const auto& call : page->calls) who += (who.empty() ? "" : ", ") + call.person;
  const auto wait = std::chrono::floor<std::chrono::seconds>(page->at - now);
  return who + " (step " + page->step + ") " +
         (wait.count() <= 0 ? "now"
                            : "at " + moment_text(zone, page->at) + ", in " +
                                  format_duration(wait) + " unless somebody answers") +
         ": " + page->why;
}

Json ahead_json(const Escalated& result) {
  auto ahead = Json::array();
  for (const auto& one : result.ahead.occurred) ahead.push(occurrence_json(one));
  return ahead;
}

render::Output escalation_output(Context& context, const Escalated& result, bool look_only) {
  const auto zone = context.time_rules().zone;
  const auto now = context.now();
  const auto& advance = result.advance;
  render::Output output;
  output.schema = "nines/incident.escalate/v1";
  output.data = advance_json(advance);
  output.data.set("started", result.started)
      .set("chosen_because", result.chosen_because.empty() ? Json() : Json(result.chosen_because))
      .set("sending", result.off.empty())
      .set("sending_off_because", result.off.empty() ? Json() : Json(result.off))
      .set("ahead", ahead_json(result))
      .set("ahead_complete", result.ahead.complete);
  auto& page = output.page;
  render::Facts facts;
  facts.items = {{"policy", advance.policy + ", version " + advance.version.substr(0, 12)}};
  if (!result.chosen_because.empty())
    facts.items.emplace_back("chosen because", result.chosen_because);
  facts.items.emplace_back("state", look_only && !result.started
                                        ? std::string("not escalated yet")
                                        : std::string(to_string(advance.phase)));
  facts.items.emplace_back("next", next_text(result, zone, now, look_only));
  facts.items.emplace_back(
      "sending", render::Cell(sending_text(result.off),
                              result.off.empty() ? render::Tone::good : render::Tone::warn));
  const auto& name = advance.incident.name;
  page.push_back(render::Heading{name + "  " + std::string(to_string(advance.incident.severity)) +
                                 "  " + advance.incident.title});
  if (!advance.pages.empty()) page.push_back(page_table(advance.pages));
  for (const auto& one : advance.occurred)
    if (one.what != Happening::paged)
      page.push_back(render::Paragraph{std::string(to_string(one.what)) + ": " + one.why});
  page.push_back(std::move(facts));
  if (look_only && !result.ahead.occurred.empty()) {
    page.push_back(render::Heading{"If nobody answers"});
    page.push_back(occurrence_table(result.ahead.occurred, zone, now, kShown));
  }
  page.push_back(look_only ? render::Next{"nines incident escalate " + name,
                                          result.started ? "the next step at once" : "start it"}
                           : render::Next{"nines incident ack " + name,
                                          "stops it; nines tick goes on with it when time is up"});
  return output;
}

void warn_of_channels(Context& context, const usecases::Escalated& result) {
  for (const auto& problem : result.channel_problems) context.warn("channels.yaml: " + problem);
}

ExitCode run_next(Context& context) {
  const auto result = usecases::next_escalation(
      context.session(), {id_of(context), context.args.text("policy")}, paging_setup(context));
  warn_of_channels(context, result);
  context.show(escalation_output(context, result, true));
  return ExitCode::done;
}

usecases::SimulateRequest simulate_request(Context& context) {
  usecases::SimulateRequest request;
  auto rules = context.time_rules();
  rules.allow_future = true;
  const auto at = context.args.text("at");
  request.at = at ? parse_time_input(*at, rules).at : context.now();
  if (at) context.say(echo_time(*at, parse_time_input(*at, rules), rules));
  const auto severity = nines::incident::severity_from(context.args.text("severity").value_or("1"));
  if (!severity)
    throw Error(ExitCode::usage, "'" + context.args.required("severity") + "' is no severity",
                "1 (the worst) to 5, or undetermined", "BAD_VALUE");
  request.severity = *severity;
  request.service = context.args.text("service");
  if (const auto policy = context.args.text("policy")) {
    if (is_file(context, *policy))
      request.file = context.resolve(*policy);
    else
      request.policy = *policy;
  }
  return request;
}

ExitCode run_simulation(Context& context) {
  const auto request = simulate_request(context);
  const auto result = usecases::simulate_escalation(context.session(), request);
  const auto zone = context.time_rules().zone;
  const auto& occurred = result.simulation.occurred;
  render::Output output;
  output.schema = "nines/incident.escalate.simulate/v1";
  auto rows = Json::array();
  for (const auto& one : occurred) rows.push(occurrence_json(one));
  output.data = Json::object(
      {{"policy", result.policy.policy.name},
       {"version", result.policy.version},
       {"chosen_because", result.chosen_because},
       {"at", format_utc(request.at)},
       {"severity", to_string(request.severity)},
       {"exhausted", result.simulation.end.phase == nines::incident::Phase::exhausted},
       {"complete", result.simulation.complete},
       {"waiting", result.simulation.waiting.empty() ? Json() : Json(result.simulation.waiting)},
       {"zone_data", zone_data_version()},
       {"rows", std::move(rows)}});
  output.page.push_back(render::Heading{"Simulation: nobody answers a " +
                                        std::string(to_string(request.severity)) + " of " +
                                        moment_text(zone, request.at)});
  output.page.push_back(
      render::Facts{{{"policy", result.policy.policy.name + " (" + result.chosen_because + ")"}}});
  output.page.push_back(occurrence_table(occurred, zone, request.at, 200));
  if (!result.simulation.complete)
    output.page.push_back(
        render::Paragraph{"cut here: it goes on until somebody answers", render::Tone::dim});
  else if (result.simulation.end.phase != nines::incident::Phase::exhausted)
    output.page.push_back(
        render::Paragraph{"then it waits for " + result.simulation.waiting, render::Tone::warn});
  output.page.push_back(
      render::Next{"nines incident escalate --replay --policy " + result.policy.policy.name,
                   "past incidents through it; nothing is sent by either"});
  context.show(output);
  return ExitCode::done;
}

ExitCode run_replay(Context& context) {
  usecases::ReplayQuery query;
  const auto rules = context.time_rules();
  if (const auto from = context.args.instant("from", rules)) query.from = from->at;
  if (const auto to = context.args.instant("to", rules)) query.to = to->at;
  if (const auto policy = context.args.text("policy")) {
    if (is_file(context, *policy))
      query.file = context.resolve(*policy);
    else
      query.policy = *policy;
  }
  context.show(replay_output(usecases::replay_escalations(context.session(), query), rules.zone));
  return ExitCode::done;
}

}  // namespace

void declare_escalate(Options& options) {
  options.about(
      "Calls people about the incident by its escalation policy. The first time it starts and "
      "pages the first step; each further time it goes on to the next step at once, even if "
      "somebody has answered. Waits in between are driven by nines tick. The policy is kept as it "
      "was when the escalation began.");
  options.about(
      "Pages go out only if your own channels.yaml (in the configuration folder) says 'send: true' "
      "and names the channel, and you trust the store; drills and tests never page. Otherwise each "
      "page is recorded as simulated, and the output says so. See nines-channels(5).");
  declare_id(options);
  options.flag("next", "only show who is next and why; write and send nothing");
  options.flag("simulate", "play a policy through for an incident that does not exist");
  options.flag("replay", "play recorded incidents through a policy and compare");
  options.text("policy", "NAME", "a policy on record, or with --simulate and --replay a file");
  options.text("at", "TIME", "with --simulate: when it begins; default now");
  options.text("severity", "N", "with --simulate: 1 (the worst) to 5, or undetermined; default 1");
  options.text("service", "NAME", "with --simulate: the policy that is for this service");
  options.instant("from", "with --replay: incidents opened from then on");
  options.instant("to", "with --replay: and before then");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident escalate", "call the first, or the next, person now");
  options.example("nines incident escalate --next", "who is next, and when");
  options.example("nines incident escalate --simulate --at 2026-10-25T01:30Z --severity 1",
                  "who would be woken in the night the clocks change");
  options.example("nines incident escalate --replay --policy proposed.yaml",
                  "how last year's incidents would have gone");
  options.see_also("nines-channels(5)");
}

ExitCode run_escalate(Context& context) {
  const auto& args = context.args;
  const int modes = static_cast<int>(args.flag("next")) + static_cast<int>(args.flag("simulate")) +
                    static_cast<int>(args.flag("replay"));
  if (modes > 1)
    throw Error(ExitCode::usage, "--next, --simulate and --replay exclude each other",
                "nines help incident escalate", "BAD_COMBINATION");
  for (const auto* name : {"at", "severity", "service"})
    if (args.given(name) && !args.flag("simulate"))
      throw Error(ExitCode::usage, "--" + std::string(name) + " goes with --simulate",
                  "nines incident escalate --simulate --at TIME --severity N", "BAD_COMBINATION");
  if (args.flag("next")) return run_next(context);
  if (args.flag("simulate")) return run_simulation(context);
  if (args.flag("replay")) return run_replay(context);
  const auto result =
      usecases::escalate_incident(context.session(), {id_of(context), args.text("policy")},
                                  paging_setup(context), context.dry_run());
  warn_of_channels(context, result);
  auto output = escalation_output(context, result, false);
  if (context.dry_run())
    output.page.insert(output.page.begin(), render::Paragraph{"dry run: nothing is recorded, "
                                                              "nothing is sent"});
  context.show(output);
  if (!result.advance.problem.empty())
    throw Error(ExitCode::conflict, result.advance.problem, "nines incident escalate --next",
                "WRONG_STATE");
  const bool failed = std::any_of(
      result.advance.pages.begin(), result.advance.pages.end(),
      [](const auto& page) { return page.result == nines::incident::PageResult::failed; });
  return failed ? ExitCode::io : ExitCode::done;
}

}  // namespace nines::app::incident
