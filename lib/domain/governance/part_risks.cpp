// Part 6: what incidents cost a year at the present rate against the budgets, and accepted risks.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/remediate/plan.hpp"

namespace nines::governance {
namespace {

constexpr double kMinutesAYear = 365.25 * 24 * 60;
constexpr std::size_t kMostRisks = 8;
constexpr std::chrono::days kLookedBack{365};
constexpr std::chrono::days kShortestLook{30};

struct ServiceRisk {
  std::string service;
  std::size_t incidents = 0;
  std::size_t measured = 0;
  double minutes = 0;
};

/// What the record of at most a year holds, by service.
std::vector<ServiceRisk> risks_of(const Material& material, Instant from) {
  std::map<std::string, ServiceRisk> risks;
  for (const auto& one : material.incidents) {
    if (one.record.head.opened_at < from) continue;
    for (const auto& loss : one.losses) {
      auto& risk = risks[loss.service];
      risk.service = loss.service;
      ++risk.incidents;
      if (!loss.bad_minutes) continue;
      ++risk.measured;
      risk.minutes += *loss.bad_minutes;
    }
  }
  std::vector<ServiceRisk> sorted;
  for (auto& [name, risk] : risks) sorted.push_back(std::move(risk));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.minutes > b.minutes; });
  return sorted;
}

/// Of the strictest objective that is counted for the service.
std::optional<double> budget_minutes(const Material& material, const std::string& service) {
  std::optional<double> least;
  for (const auto& one : material.slos) {
    if (one.now.service != service) continue;
    const auto budget = (1 - one.now.target.to_double()) * kMinutesAYear;
    least = std::min(least.value_or(budget), budget);
  }
  return least;
}

std::vector<GridCell> risk_row(const Material& material, const ServiceRisk& risk, double years) {
  const auto budget = budget_minutes(material, risk.service);
  std::vector<GridCell> row{risk.service, std::to_string(risk.incidents)};
  if (risk.measured == 0) {
    row.emplace_back("not measured");
    row.emplace_back("-");
  } else {
    // The size of an incident as seen, the number of them as a count may be.
    const auto rate = stats::poisson_mean(risk.measured);
    const auto each = risk.minutes / static_cast<double>(risk.measured);
    row.emplace_back(fmt::format("{:.0f}", risk.minutes / years));
    row.emplace_back(
        fmt::format("{:.0f} to {:.0f}", rate.low * each / years, rate.high * each / years));
  }
  row.emplace_back(budget ? fmt::format("{:.0f}", *budget) : "no SLO");
  const auto share = budget && *budget > 0 && risk.measured > 0
                         ? std::optional(risk.minutes / years / *budget)
                         : std::nullopt;
  row.emplace_back(share ? fmt::format("{:.0f} %", *share * 100) : "-",
                   share && *share > 0.25 ? Mood::bad : Mood::plain);
  return row;
}

void add_accepted(Part& part, const Material& material) {
  Grid grid{
      "Risks that were accepted", {{"what"}, {"risk", false, true}, {"owner"}, {"look again"}}, {}};
  for (const auto& file : material.analyses) {
    const auto& analysis = file.analysis;
    if (analysis.state == rca::AnalysisState::stopped) {
      const bool late = analysis.review && Instant{*analysis.review} < material.until;
      grid.rows.push_back({analysis.name, analysis.conclusion, analysis.owner,
                           analysis.review
                               ? GridCell(format_day(*analysis.review) + (late ? " late" : ""),
                                          late ? Mood::bad : Mood::plain)
                               : GridCell("no date", Mood::warn)});
    }
    for (const auto& hypothesis : file.hypotheses)
      if (!hypothesis.accepted_risk.empty())
        grid.rows.push_back({hypothesis.name, hypothesis.text + ": " + hypothesis.accepted_risk,
                             hypothesis.by, GridCell("no date", Mood::warn)});
  }
  for (const auto& action : material.actions)
    if (action.state == remediate::ActionState::not_doing)
      grid.rows.push_back({action.name,
                           action.text(remediate::field::kTitle) + ": " + action.because, action.by,
                           GridCell("no date", Mood::warn)});
  if (grid.rows.empty())
    part.say("No accepted risk is on record.");
  else
    part.grids.push_back(std::move(grid));
}

/// What people estimated that open actions would avert.
void add_estimates(Part& part, const Material& material) {
  Grid grid{"Estimated by people: bad minutes a year that an open action would avert",
            {{"action"}, {"title", false, true}, {"low", true}, {"likely", true}, {"high", true}},
            {}};
  for (const auto& action : material.actions) {
    if (action.closed()) continue;
    const auto estimate = remediate::parse_estimate(action.text(remediate::field::kAverts));
    if (estimate)
      grid.rows.push_back(
          {action.name, action.text(remediate::field::kTitle), fmt::format("{:.0f}", estimate->low),
           fmt::format("{:.0f}", estimate->likely), fmt::format("{:.0f}", estimate->high)});
  }
  if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
}

}  // namespace

Part part_of_risks(const Material& material) {
  Part part{6, "Risks", material.first.incident};
  const auto since = part.recorded_since.value_or(material.until);
  const auto from = std::max<Instant>(since, material.until - kLookedBack);
  const Micros looked = material.until - from;
  if (!part.recorded_since) {
    part.say(said_of_record("incident", material.period, part.recorded_since), Mood::warn);
  } else if (looked < kShortestLook) {
    part.say("Incidents are on record for less than 30 days: no rate a year can be told from that.",
             Mood::warn);
  } else {
    const auto years = std::chrono::duration<double>(looked).count() / (kMinutesAYear * 60);
    Grid grid{"Bad minutes a year at the rate of the record",
              {{"service", false, true},
               {"incidents", true},
               {"min/year", true},
               {"95 %"},
               {"budget", true},
               {"of budget", true}},
              {}};
    for (const auto& risk : risks_of(material, from))
      if (grid.rows.size() < kMostRisks) grid.rows.push_back(risk_row(material, risk, years));
    part.say(
        fmt::format("Counted over {:.0f} days up to {}; the interval is that of the number of "
                    "incidents (exact), their size taken as seen. More than a quarter of a "
                    "budget is marked.",
                    years * 365.25, day_text(material.until)));
    if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
  }
  add_estimates(part, material);
  add_accepted(part, material);
  return part;
}

}  // namespace nines::governance
