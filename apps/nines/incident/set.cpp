// Runs nines incident set: states what is known, in words that take no manual.
#include "usecases/incident/set.hpp"
#include "usecases/incident/open.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

struct Assignment {
  std::string name;
  std::string value;
};

/// "NAME=VALUE". Throws Error{usage}.
Assignment split_assignment(const std::string& text, std::string_view option,
                            std::string_view example) {
  const auto at = text.find('=');
  if (at == std::string::npos || at == 0)
    throw Error(ExitCode::usage, fmt::format("--{} '{}' is no assignment", option, text),
                fmt::format("--{} {}", option, example), "BAD_VALUE");
  return {text.substr(0, at), text.substr(at + 1)};
}

nines::incident::Severity parse_severity(const std::string& text) {
  const auto severity = nines::incident::severity_from(text);
  if (!severity)
    throw Error(ExitCode::usage, "'" + text + "' is no severity", "1 (worst) to 5, or undetermined",
                "BAD_VALUE");
  return *severity;
}

/// "checkout=partial", "checkout@eu=degraded:0.3".
nines::incident::ImpactStep parse_impact(const std::string& text, const StatedTime& from) {
  constexpr std::string_view kExample = "checkout@eu=partial:0.3";
  auto [service, level] = split_assignment(text, "impact", kExample);
  nines::incident::ImpactStep step;
  step.from = from;
  if (const auto at = service.find('@'); at != std::string::npos) {
    step.region = service.substr(at + 1);
    service.resize(at);
  }
  step.service = service;
  if (const auto colon = level.find(':'); colon != std::string::npos) {
    step.weight = Decimal::parse(level.substr(colon + 1));
    if (!step.weight || *step.weight <= Decimal(0, 0) || *step.weight > Decimal(1, 0))
      throw Error(ExitCode::usage, "'" + level.substr(colon + 1) + "' is no share of the users",
                  "above 0 and up to 1, as in " + std::string(kExample), "BAD_VALUE");
    level.resize(colon);
  }
  const auto known = nines::incident::impact_level_from(level);
  if (!known)
    throw Error(ExitCode::usage, "'" + level + "' is no level of impact",
                "full, partial, degraded, or none once it is over", "BAD_VALUE");
  step.level = *known;
  return step;
}

nines::incident::Fact parse_fact(const Context& context, const std::string& text, bool estimate) {
  const auto [name, value] = split_assignment(text, "fact", "users_affected=1200");
  nines::incident::Fact fact{name, value, estimate, context.now(), context.actor()};
  if (value == "?" || value == "unknown") fact.value.reset();
  fact.visibility = *nines::incident::visibility_from(context.args.required("visibility"));
  return fact;
}

std::pair<std::string, StatedTime> parse_milestone(const Context& context,
                                                   const std::string& text) {
  auto [name, value] = split_assignment(text, "milestone", "detected=09:14");
  std::replace(name.begin(), name.end(), '-', '_');
  const auto known = nines::incident::milestone_names();
  if (std::ranges::find(known, name) == known.end()) {
    const auto close = did_you_mean_hint(name, known);
    if (!close.empty())
      throw Error(ExitCode::usage, "unknown milestone '" + name + "'", close, "BAD_VALUE");
  }
  return {name, stated_time(context, value)};
}

usecases::SetRequest set_request(Context& context) {
  usecases::SetRequest request;
  request.incident = id_of(context);
  if (const auto title = context.args.text("title"))
    request.title = usecases::one_line(*title, "title");
  if (const auto text = context.args.text("severity")) request.severity = parse_severity(*text);
  request.priority = context.args.text("priority");
  if (context.args.given("service")) request.services = context.args.list("service");
  if (context.args.given("tag")) request.tags = context.args.list("tag");
  if (const auto lead = context.args.text("lead"))
    request.roles.emplace_back(std::string(nines::incident::kCommander), *lead);
  for (const auto& text : context.args.list("role")) {
    const auto [role, person] = split_assignment(text, "role", "scribe=bo");
    if (person == "-")
      throw Error(ExitCode::usage, "'-' is no name", "--role " + role + "= gives the role up",
                  "BAD_VALUE");
    request.roles.emplace_back(usecases::one_line(role, "role"),
                               person.empty() ? person : usecases::one_line(person, "name"));
  }
  const auto at = stated_option(context, "at").value_or(StatedTime{.at = context.now()});
  for (const auto& text : context.args.list("impact"))
    request.impact.push_back(parse_impact(text, at));
  for (const auto& text : context.args.list("fact"))
    request.facts.push_back(parse_fact(context, text, context.args.flag("estimate")));
  for (const auto& text : context.args.list("milestone"))
    request.milestones.push_back(parse_milestone(context, text));
  return request;
}

bool asks_nothing(const usecases::SetRequest& r) {
  return !r.title && !r.severity && !r.priority && !r.services && !r.tags && r.roles.empty() &&
         r.impact.empty() && r.facts.empty() && r.milestones.empty();
}

}  // namespace

void declare_set(Options& options) {
  options.about(
      "Each thing set becomes a line of the timeline, and can be undone on its own. Impact is a "
      "step: it holds from --at until the next one for the same service.");
  declare_id(options);
  options.text("severity", "S", "1 (worst) to 5, or undetermined").letter = 's';
  options.text("title", "TEXT", "a better title");
  options.text("lead", "NAME", "who is in command from now on");
  options.text("role", "ROLE=NAME", "who holds a role; ROLE= gives it up").repeated = true;
  options.list("service", "NAME", "all services that are hurt");
  options
      .text("impact", "SERVICE[@REGION]=LEVEL[:SHARE]",
            "full, partial, degraded or none; and the share of users")
      .repeated = true;
  options.text("fact", "NAME=VALUE", "something known; VALUE ? says it is not known yet").repeated =
      true;
  options.flag("estimate", "the facts are estimates");
  options.choice("visibility", {"internal", "public", "privileged"}, "who may read the facts")
      .fallback = "internal";
  options.text("milestone", "NAME=TIME", "when it was: detected=09:14").repeated = true;
  options.text("priority", "TEXT", "your own scale, beside the severity");
  options.list("tag", "WORD", "all words to find it by");
  declare_at(options);
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident set -s 1 --because \"payments fail too\"",
                  "the current incident is worse than thought");
  options.example("nines incident set --impact checkout@eu=partial:0.3 --at 02:10",
                  "a third of the European users, since 02:10");
  options.example("nines incident set 42 --role scribe=bo --fact users_affected=1200 --estimate",
                  "who writes, and a first figure");
}

ExitCode run_set(Context& context) {
  const auto request = set_request(context);
  if (asks_nothing(request))
    throw Error(ExitCode::usage, "nothing to set", "nines help incident set", "NOTHING_TO_DO");
  const auto set = usecases::set_incident(context.session(), request, context.dry_run());
  render::Output output;
  output.schema = "nines/incident.set/v1";
  auto changes = Json::array();
  for (const auto& change : set.changes) changes.push(change);
  output.data = incident_json(set.incident).set("changes", std::move(changes));
  const auto name = set.incident.name;
  if (set.changes.empty())
    output.page.push_back(render::Paragraph{name + ": it says so already"});
  else
    output.page.push_back(render::Preformatted{
        name + (context.dry_run() ? "  would set:\n  " : "\n  ") + join(set.changes, "\n  ")});
  output.page.push_back(render::Next{"nines incident show " + name, "everything on record"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
