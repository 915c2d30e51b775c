// Part 1: what is asked of the board, each with its reason and who would do it.
#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/governance/parts.hpp"

namespace nines::governance {
namespace {

/// The most of one kind: a board decides a few things, the tables hold the rest.
constexpr std::size_t kMostOfAKind = 5;

struct Asked {
  std::string decision;
  std::string why;
  std::string who;
};
using Agenda = std::vector<Asked>;

bool has_open_action(const Material& material, const std::string& service) {
  return std::any_of(material.actions.begin(), material.actions.end(), [&](const auto& action) {
    const auto services = action.services();
    return !action.closed() &&
           std::find(services.begin(), services.end(), service) != services.end();
  });
}

std::string owner_or(const Material& material, const std::string& service) {
  const auto found = material.services.find(service);
  return found == material.services.end() || found->second.owner.empty() ? "nobody owns it"
                                                                         : found->second.owner;
}

Agenda missed_objectives(const Material& material) {
  Agenda asked;
  for (const auto& one : material.slos) {
    const auto& a = one.now;
    if (a.verdict != slo::Verdict::missed) continue;
    const bool planned = has_open_action(material, a.service);
    asked.push_back(
        {fmt::format("{}: reliability work before features, or another target", a.slo),
         fmt::format("missed {} %: {} of the budget is left, evidence {}{}",
                     a.target.percent_text(),
                     a.budget.share ? fmt::format("{:.0f} %", *a.budget.share * 100) : "nothing",
                     to_string(a.inference.evidence),
                     planned ? "; work is planned" : "; no open action names " + a.service),
         one.owner.empty() ? owner_or(material, a.service) : one.owner});
  }
  return asked;
}

Agenda promises_broken(const Material& material) {
  Agenda asked;
  for (const auto& cause : material.causes) {
    if (cause.incidents.back().opened_at < material.period.span.from) continue;
    for (const auto& earlier : cause.actions) {
      if (earlier.action.closed()) continue;
      asked.push_back(
          {fmt::format("{}: do it now, or say why not", earlier.action.name),
           fmt::format("{}; {}", earlier.action.text(remediate::field::kTitle), earlier.state),
           earlier.action.text(remediate::field::kTeam)});
      break;
    }
  }
  return asked;
}

bool asked_already(const Agenda& agenda, const std::string& name) {
  return std::any_of(agenda.begin(), agenda.end(),
                     [&](const Asked& one) { return one.decision.starts_with(name + ":"); });
}

Agenda late_duties(const Material& material, const Agenda& before) {
  Agenda asked;
  for (const auto& action : material.actions) {
    if (action.closed() || action.text(remediate::field::kMust).empty() ||
        !action.overdue(material.until) || asked_already(before, action.name))
      continue;
    asked.push_back({fmt::format("{}: who gives it the time it needs", action.name),
                     fmt::format("{}; must be done, due {}", action.text(remediate::field::kTitle),
                                 format_day(*action.due())),
                     action.text(remediate::field::kTeam)});
  }
  return asked;
}

Agenda risks_to_renew(const Material& material) {
  Agenda asked;
  for (const auto& file : material.analyses) {
    const auto& analysis = file.analysis;
    if (analysis.state != rca::AnalysisState::stopped || !analysis.review ||
        Instant{*analysis.review} > material.until)
      continue;
    asked.push_back(
        {fmt::format("{}: carry the risk on, or look again", analysis.name),
         fmt::format("{}; accepted until {}", analysis.conclusion, format_day(*analysis.review)),
         analysis.owner});
  }
  return asked;
}

Agenda unwatched(const Material& material) {
  Agenda asked;
  for (const auto& [name, service] : material.services) {
    const auto& with = material.services_with_slo;
    if (std::find(with.begin(), with.end(), name) != with.end()) continue;
    const auto now = material.opened_in(material.period);
    const auto hurt = std::count_if(now.begin(), now.end(), [&, n = name](const auto* one) {
      const auto& services = one->record.head.services;
      return std::find(services.begin(), services.end(), n) != services.end();
    });
    if (hurt > 0)
      asked.push_back({fmt::format("{}: which objective it gets", name),
                       fmt::format("{} in the period, and no SLO",
                                   count_of(static_cast<std::uint64_t>(hurt), "incident")),
                       owner_or(material, name)});
  }
  return asked;
}

}  // namespace

Part part_of_decisions(const Material& material) {
  Part part{1, "Decisions asked for", material.first.any};
  Agenda agenda;
  std::size_t left_out = 0;
  const auto add = [&](Agenda some) {
    left_out += some.size() > kMostOfAKind ? some.size() - kMostOfAKind : 0;
    if (some.size() > kMostOfAKind) some.resize(kMostOfAKind);
    agenda.insert(agenda.end(), some.begin(), some.end());
  };
  add(promises_broken(material));
  add(missed_objectives(material));
  add(late_duties(material, agenda));
  add(risks_to_renew(material));
  add(unwatched(material));
  if (agenda.empty()) {
    part.say(
        "Nothing in the record asks for a decision: no objective was missed, nothing "
        "that must be done is late, no accepted risk has run out.",
        Mood::good);
    return part;
  }
  part.say(fmt::format(
      "{} asked for, proposed by rules; what to do with them is for people{}.",
      count_of(agenda.size(), "decision"),
      left_out > 0 ? fmt::format("; {} more of the same kinds are in the parts below", left_out)
                   : ""));
  for (const auto& one : agenda)
    part.say(fmt::format("{}. Because: {}. Who: {}.", one.decision, one.why,
                         one.who.empty() ? "no team" : one.who),
             Mood::bad);
  return part;
}

}  // namespace nines::governance
