// Tables and JSON of assessments.
#include "nines/incident/assess_pages.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::ConditionResult;
using nines::incident::Judgement;
using nines::incident::Known;
using nines::incident::RuleResult;
using nines::incident::Truth;
using render::Cell;
using render::Tone;

Json severity_json(const std::optional<nines::incident::Severity>& severity) {
  return severity ? Json(to_string(*severity)) : Json();
}

Json condition_json(const ConditionResult& result) {
  return Json::object({{"condition", describe(result.condition)},
                       {"fact", to_string(result.condition.subject)},
                       {"low", number_or_null(result.input.low)},
                       {"high", number_or_null(result.input.high)},
                       {"source", result.input.source},
                       {"holds", to_string(result.truth)}});
}

Json rule_json(const RuleResult& result) {
  auto all = Json::array(), any = Json::array(), tell = Json::array();
  for (const auto& one : result.all) all.push(condition_json(one));
  for (const auto& one : result.any) any.push(condition_json(one));
  for (const auto& role : result.rule.effect.tell) tell.push(role);
  return Json::object({{"rule", result.rule.name},
                       {"fired", to_string(result.truth)},
                       {"all", std::move(all)},
                       {"any", std::move(any)},
                       {"severity", severity_json(result.rule.effect.severity)},
                       {"incident", result.rule.effect.incident},
                       {"war_room", result.rule.effect.war_room},
                       {"tell", std::move(tell)}});
}

Json judgement_json(const Judgement& judgement) {
  auto tell = Json::object();
  for (const auto& [role, truth] : judgement.tell) tell.set(role, to_string(truth));
  auto deciding = Json::array();
  for (const auto& fact : judgement.deciding) deciding.push(describe_subject(fact));
  return Json::object({{"verdict", judgement.undecided() ? "undecided" : "decided"},
                       {"severity", severity_json(judgement.severity)},
                       {"could_be", severity_json(judgement.could_be)},
                       {"incident", to_string(judgement.incident)},
                       {"war_room", to_string(judgement.war_room)},
                       {"tell", std::move(tell)},
                       {"deciding", std::move(deciding)}});
}

Cell truth_cell(Truth truth) {
  return {std::string(truth == Truth::yes  ? "yes"
                      : truth == Truth::no ? "no"
                                           : "?"),
          truth == Truth::unknown ? Tone::warn : Tone::plain};
}

std::string fired_text(Truth truth) {
  return truth == Truth::yes ? "fired" : truth == Truth::no ? "not fired" : "undecided";
}

/// The rule stands on its first line only.
render::Table rules_table(const Judgement& judgement) {
  render::Table table{
      {{"rule"}, {"result"}, {"condition"}, {"holds"}, {"input", render::Align::left, false, true}},
      {}};
  for (const auto& rule : judgement.rules) {
    bool first = true;
    const auto add = [&](const ConditionResult& one, std::string_view prefix) {
      const auto tone = rule.truth == Truth::yes ? Tone::strong : Tone::plain;
      table.rows.push_back({Cell(first ? rule.rule.name : "", tone),
                            Cell(first ? fired_text(rule.truth) : "", tone),
                            std::string(prefix) + describe(one.condition), truth_cell(one.truth),
                            one.input.text() + ", " + one.input.source});
      first = false;
    };
    for (const auto& one : rule.all) add(one, "");
    for (const auto& one : rule.any) add(one, rule.any.size() > 1 ? "one of: " : "");
  }
  return table;
}

std::string who_is_told(const Judgement& judgement, Truth wanted) {
  std::vector<std::string> roles;
  for (const auto& [role, truth] : judgement.tell)
    if (truth == wanted) roles.push_back(role);
  return join(roles, ", ");
}

render::Facts verdict_facts(const Judgement& judgement) {
  const auto word = [](Truth truth) {
    return Cell(std::string(to_string(truth)), truth == Truth::unknown ? Tone::warn : Tone::plain);
  };
  auto severity =
      judgement.severity ? std::string(to_string(*judgement.severity)) : "none by these rules";
  if (judgement.could_be)
    severity += " so far; undecided up to " + std::string(to_string(*judgement.could_be));
  const auto told = who_is_told(judgement, Truth::yes),
             perhaps = who_is_told(judgement, Truth::unknown);
  render::Facts facts{{{"severity", severity},
                       {"incident", word(judgement.incident)},
                       {"war room", word(judgement.war_room)},
                       {"must be told", told.empty() ? "nobody" : told}}};
  if (!perhaps.empty()) facts.items.emplace_back("undecided for", Cell(perhaps, Tone::warn));
  return facts;
}

render::Next next_after_assess(const usecases::Assessed& assessed) {
  const auto& judgement = assessed.judgement;
  if (judgement.undecided()) {
    const auto& fact = judgement.deciding.front();
    switch (fact.subject) {
      case nines::incident::Subject::data_exposure:
        return {"nines incident assess --data-exposure yes|no", "would decide"};
      case nines::incident::Subject::reach:
        return {"nines incident assess --reach N", "would decide"};
      case nines::incident::Subject::tier:
        return {"nines incident assess --tier T", "would decide"};
      case nines::incident::Subject::lost_revenue:
        return {"nines incident impact", "what the money needs"};
      default:
        return {"nines slo status", "why burn and budget are not known"};
    }
  }
  if (assessed.incident && judgement.severity && assessed.incident->severity != *judgement.severity)
    return {fmt::format("nines incident set {} -s {}", assessed.incident->name,
                        static_cast<int>(*judgement.severity)),
            "if you agree: nothing was changed"};
  if (!assessed.incident && judgement.incident == Truth::yes)
    return {"nines incident open TITLE", "if you agree: nothing was declared"};
  return {"nines incident assess --record", "keeps the result in the timeline"};
}

std::string minute_of(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::minutes>(at)).substr(0, 16);
}

Json assessed_money_json(const nines::incident::Money& money) {
  return Json::object({{"low", number_or_null(money.low)},
                       {"high", number_or_null(money.high)},
                       {"currency", money.currency.empty() ? Json() : Json(money.currency)},
                       {"method", money.method.empty() ? Json() : Json(money.method)},
                       {"why_not", money.why_not.empty() ? Json() : Json(money.why_not)}});
}

Json call_json(const usecases::ReplayedCall& call) {
  auto asked = Json::array();
  for (const auto& turn : call.asked)
    asked.push(Json::object({{"who", turn.who}, {"at", format_utc(turn.at)}}));
  return Json::object({{"threshold", call.threshold},
                       {"role", call.role},
                       {"at", format_utc(call.at)},
                       {"why", call.why},
                       {"asked", std::move(asked)}});
}

/// "grace, after 15m henry": how long each is waited for is what silence costs.
std::string turns_text(const usecases::ReplayedCall& call) {
  std::string text;
  for (const auto& turn : call.asked)
    text +=
        text.empty() ? turn.who : ", after " + format_duration(turn.at - call.at) + " " + turn.who;
  return text;
}

Json case_json(const usecases::Replayed& one) {
  auto calls = Json::array(), rules = Json::array();
  for (const auto& call : one.calls) calls.push(call_json(call));
  for (const auto& rule : one.judgement.rules) rules.push(rule_json(rule));
  return judgement_json(one.judgement)
      .set("subject", one.subject)
      .set("title", one.title)
      .set("from", format_utc(one.from))
      .set("to", format_utc(one.to))
      .set("recorded", one.breach ? Json() : Json(to_string(one.recorded)))
      .set("breach", one.breach)
      .set("worst_burn_1h", one.worst_burn ? Json(*one.worst_burn) : Json())
      .set("budget_spent_percent", Json::object({{"low", number_or_null(one.budget_spent.low)},
                                                 {"high", number_or_null(one.budget_spent.high)},
                                                 {"source", one.budget_spent.source}}))
      .set("lost_revenue", assessed_money_json(one.money))
      .set("calls", std::move(calls))
      .set("rules", std::move(rules));
}

std::string money_cell(const nines::incident::Money& money) {
  return money.known() ? money.text() : "not known";
}

/// What the thresholds of the policy would have done; nothing where it has none.
void add_thresholds(render::Page& page, const usecases::Replay& replay) {
  if (replay.policy.thresholds.empty()) return;
  render::Table table{{{"passed (UTC)"},
                       {"what"},
                       {"threshold"},
                       {"calls"},
                       {"asked while silent", render::Align::left, false, true},
                       {"why", render::Align::left, true}},
                      {}};
  std::size_t cases = 0;
  for (const auto& one : replay.cases) {
    cases += one.calls.empty() ? 0 : 1;
    for (const auto& call : one.calls)
      table.rows.push_back(
          {minute_of(call.at), one.subject, call.threshold, call.role, turns_text(call), call.why});
  }
  page.push_back(render::Heading{
      fmt::format("its thresholds would have called people {} in {}",
                  table.rows.size() == 1 ? "once" : fmt::format("{} times", table.rows.size()),
                  nines::count_of(cases, "case"))});
  if (!table.rows.empty()) page.push_back(std::move(table));
}

}  // namespace

render::Output assess_output(const usecases::Assessed& assessed,
                             const std::optional<nines::incident::Entry>& entry) {
  const auto& judgement = assessed.judgement;
  render::Output output;
  output.schema = "nines/incident.assess/v1";
  auto rules = Json::array();
  for (const auto& rule : judgement.rules) rules.push(rule_json(rule));
  output.data =
      judgement_json(judgement)
          .set("policy", assessed.policy.name)
          .set("incident_name", assessed.incident ? Json(assessed.incident->name) : Json())
          .set("slos", names_json(assessed.slos))
          .set("rules", std::move(rules))
          .set("entry", entry ? entry_json(*entry) : Json());
  const auto about = assessed.incident       ? assessed.incident->name
                     : assessed.slos.empty() ? std::string("what was given")
                                             : join(assessed.slos, ", ");
  output.page.push_back(render::Heading{about + " by policy " + assessed.policy.name});
  output.page.push_back(verdict_facts(judgement));
  output.page.push_back(rules_table(judgement));
  if (judgement.undecided()) {
    std::vector<std::string> facts;
    for (const auto& fact : judgement.deciding) facts.push_back(describe_subject(fact));
    output.page.push_back(
        render::Paragraph{"undecided; would decide: " + join(facts, ", "), Tone::warn});
  }
  if (entry)
    output.page.push_back(
        render::Paragraph{"recorded as #" + entry->name + " of " + assessed.incident->name});
  output.page.push_back(next_after_assess(assessed));
  return output;
}

render::Output replay_output(const usecases::Replay& replay) {
  render::Output output;
  output.schema = "nines/incident.assess.replay/v1";
  auto cases = Json::array();
  render::Table table{{{"when (UTC)"},
                       {"what"},
                       {"recorded"},
                       {"policy"},
                       {"incident"},
                       {"war room"},
                       {"title", render::Align::left, false, true}},
                      {}};
  render::Table figures{{{"what"},
                         {"budget spent (%)", render::Align::right},
                         {"lost revenue"},
                         {"from", render::Align::left, true}},
                        {}};
  for (const auto& one : replay.cases) {
    const auto& j = one.judgement;
    cases.push(case_json(one));
    figures.rows.push_back({one.subject, one.budget_spent.text(), money_cell(one.money),
                            one.money.known() ? one.money.method : one.money.why_not});
    const auto severity = j.severity ? std::string(to_string(*j.severity)) : "none";
    table.rows.push_back({minute_of(one.from), one.subject,
                          one.breach ? "nothing" : std::string(to_string(one.recorded)),
                          severity + (j.could_be ? "?" : ""), truth_cell(j.incident),
                          truth_cell(j.war_room), one.title});
  }
  output.data = Json::object({{"policy", replay.policy.name},
                              {"from", format_utc(replay.from)},
                              {"to", format_utc(replay.to)},
                              {"war_rooms", replay.war_rooms},
                              {"war_rooms_undecided", replay.war_rooms_undecided},
                              {"incidents", replay.incidents},
                              {"cases", std::move(cases)}});
  output.page.push_back(render::Heading{fmt::format(
      "policy {} would have called {} and {} in {} since {}", replay.policy.name,
      nines::count_of(static_cast<std::uint64_t>(replay.war_rooms), "war room"),
      nines::count_of(static_cast<std::uint64_t>(replay.incidents), "incident"),
      nines::count_of(replay.cases.size(), "case"), minute_of(replay.from).substr(0, 10))});
  if (replay.war_rooms_undecided > 0)
    output.page.push_back(render::Paragraph{fmt::format(
        "{} more undecided for want of facts",
        nines::count_of(static_cast<std::uint64_t>(replay.war_rooms_undecided), "war room"))});
  if (!replay.cases.empty()) {
    output.page.push_back(std::move(table));
    output.page.push_back(std::move(figures));
    add_thresholds(output.page, replay);
  }
  output.page.push_back(render::Paragraph{
      "burn: the worst hour and six hours of each case, from what is stored; budget: of the SLO's "
      "window at its end; lost revenue: by its end, all bad events where no incident was recorded; "
      "reach, exposure and tier: as recorded; a case without an incident: an hour that burned 14.4 "
      "times the budget's pace; thresholds pass once, at a minute's precision"});
  output.page.push_back(
      render::Next{"nines incident assess --replay -o wide", "how each figure was worked out"});
  return output;
}

}  // namespace nines::app::incident
