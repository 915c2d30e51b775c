// Part 11: duties to authorities, auditors and vendors, as far as they are on record.
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::governance {
namespace {

/// Milestones that only a duty to report gives an incident.
constexpr std::array<std::string_view, 4> kDutyMilestones = {"aware", "classified", "determined",
                                                             "submitted"};

std::string milestone_text(const incident::Record& record, std::string_view name) {
  const auto found = record.milestones.find(std::string(name));
  return found == record.milestones.end()
             ? "-"
             : format_utc(std::chrono::floor<std::chrono::minutes>(found->second.at)).substr(0, 16);
}

}  // namespace

Part part_of_duties(const Material& material) {
  Part part{11, "Regulatory and audit duties", std::nullopt};
  Grid grid{"Incidents of the period with a milestone of a duty to report (UTC)",
            {{"incident", false, true}, {"aware"}, {"classified"}, {"determined"}, {"submitted"}},
            {}};
  for (const auto& one : material.incidents) {
    std::vector<GridCell> row{one.record.head.name};
    bool any = false;
    for (const auto name : kDutyMilestones) {
      any = any || one.record.milestones.contains(std::string(name));
      row.emplace_back(milestone_text(one.record, name));
    }
    if (!any) continue;
    part.recorded_since = std::min(part.recorded_since.value_or(one.record.head.opened_at),
                                   one.record.head.opened_at);
    if (one.record.head.opened_at >= material.period.span.from &&
        one.record.head.opened_at < material.period.span.to)
      grid.rows.push_back(std::move(row));
  }
  if (!part.recorded_since)
    part.say(
        "Duties to report are not recorded yet: no incident has a milestone of one, which does "
        "not mean that none applied.",
        Mood::warn);
  else
    part.say("Deadlines are not judged yet: only what people recorded is shown.", Mood::warn);
  if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
  part.say("Audits and their findings are not recorded yet.", Mood::warn);
  part.say("Reviews of vendors: see the terms in part 3.");
  return part;
}

}  // namespace nines::governance
