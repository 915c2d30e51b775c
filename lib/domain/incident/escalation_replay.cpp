// Simulations with an answer after the recorded reaction time.
#include "domain/incident/escalation_replay.hpp"

#include <algorithm>

#include "domain/incident/page_load.hpp"

namespace nines::incident {
namespace {

bool at_night(const Surroundings& around, const std::string& person, Instant at) {
  return night_of(around.zone_of(person).value_or(Zone::utc()), at).has_value();
}

ReplaySide simulated(const ReplayCase& recorded, const EscalationPolicy& policy,
                     const std::optional<Micros>& answer_time, const Surroundings& around) {
  ReplaySide side;
  auto own = around;
  own.triggers = recorded.triggers;
  SimulationStart start{recorded.opened_at, recorded.severity, {}};
  const auto whole = simulate(policy, start, own);
  const auto* first = first_page(whole);
  std::optional<Instant> answered;
  if (first != nullptr && answer_time) answered = first->at + *answer_time;
  for (const auto& one : whole.occurred) {
    // A page at the very moment of the answer was sent before it.
    if (answered && one.at > *answered) break;
    if (one.what == Happening::exhausted) side.exhausted = true;
    for (const auto& call : one.calls) {
      ++side.pages;
      if (at_night(around, call.person, one.at)) ++side.night_pages;
    }
  }
  if (answered) side.to_human = *answered - recorded.opened_at;
  return side;
}

std::optional<Micros> lower_median(std::vector<Micros> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

}  // namespace

ReplayLine replay(const ReplayCase& recorded, const EscalationPolicy& proposed,
                  const EscalationPolicy* present, const Surroundings& around) {
  ReplayLine line;
  line.name = recorded.name;
  line.severity = recorded.severity;
  line.opened_at = recorded.opened_at;
  if (recorded.answered_at) {
    const auto from = recorded.pages.empty() ? recorded.opened_at : recorded.pages.front().at;
    line.answer_time = std::max(Micros{0}, *recorded.answered_at - from);
  }
  if (!recorded.pages.empty()) {
    ReplaySide before;
    for (const auto& page : recorded.pages) {
      ++before.pages;
      if (at_night(around, page.person, page.at)) ++before.night_pages;
    }
    if (recorded.answered_at) before.to_human = *recorded.answered_at - recorded.opened_at;
    line.before = before;
  } else if (present != nullptr) {
    line.before = simulated(recorded, *present, line.answer_time, around);
    line.before_simulated = true;
  } else if (recorded.answered_at) {
    ReplaySide before;
    before.to_human = *recorded.answered_at - recorded.opened_at;
    before.pages_known = false;
    line.before = before;
  }
  line.after = simulated(recorded, proposed, line.answer_time, around);
  return line;
}

ReplayTotals totals_of(const std::vector<ReplayLine>& lines) {
  ReplayTotals totals;
  std::vector<Micros> before, after;
  for (const auto& line : lines) {
    ++totals.incidents;
    if (line.after.exhausted) ++totals.exhausted_after;
    if (!line.before) continue;
    if (line.before->pages_known) {
      ++totals.nights_compared;
      totals.night_before += line.before->night_pages;
      totals.night_after += line.after.night_pages;
    }
    if (!line.before->to_human || !line.after.to_human) continue;
    ++totals.compared;
    before.push_back(*line.before->to_human);
    after.push_back(*line.after.to_human);
    if (after.back() < before.back()) ++totals.sooner;
    if (after.back() > before.back()) ++totals.later;
  }
  totals.median_before = lower_median(std::move(before));
  totals.median_after = lower_median(std::move(after));
  return totals;
}

}  // namespace nines::incident
