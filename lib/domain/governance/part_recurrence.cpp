// Part 5: incidents that share causes, what was promised before, and where dependencies fail.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"

namespace nines::governance {
namespace {

constexpr std::size_t kMostGroups = 5;
constexpr std::size_t kMostDebt = 8;

bool touches(const SharedCause& cause, const Material& material) {
  return std::any_of(cause.incidents.begin(), cause.incidents.end(), [&](const TraitsOf& one) {
    return one.opened_at >= material.period.span.from && one.opened_at < material.period.span.to;
  });
}

std::string names_of(const SharedCause& cause) {
  std::vector<std::string> names;
  for (const auto& one : cause.incidents) names.push_back(one.name);
  return join(names, ", ");
}

void say_group(Part& part, const SharedCause& cause) {
  if (!cause.actions.empty()) {
    const auto& first = cause.actions.front();
    part.say(fmt::format("{} ({}) should have prevented {}: {}.", first.action.name,
                         first.action.text(remediate::field::kTitle), first.recurred, first.state),
             Mood::bad);
  }
  part.say(fmt::format("{} share: {}.", names_of(cause), evidence_text(cause)),
           cause.actions.empty() ? Mood::warn : Mood::plain);
  if (cause.actions.empty())
    part.say(fmt::format("No action was on record for the earlier of them when {} came.",
                         cause.incidents.back().name));
}

/// Services that others depend on, with the incidents they and their dependents had.
Grid hot_spots(const Material& material) {
  Grid grid{"Dependencies that incidents of the period touched",
            {{"service", false, true},
             {"its incidents", true},
             {"of its dependents", true},
             {"dependents", false, true}},
            {}};
  const auto now = material.opened_in(material.period);
  std::map<std::string, std::vector<std::string>> dependents;
  for (const auto& [name, service] : material.services)
    for (const auto& dependency : service.dependencies) dependents[dependency.on].push_back(name);
  const auto hurt = [&](const std::string& service) {
    return std::count_if(now.begin(), now.end(), [&](const IncidentCase* one) {
      const auto& services = one->record.head.services;
      return std::find(services.begin(), services.end(), service) != services.end();
    });
  };
  for (const auto& [name, users] : dependents) {
    const auto own = hurt(name);
    std::ptrdiff_t others = 0;
    for (const auto& user : users) others += hurt(user);
    if (own + others > 0)
      grid.rows.push_back({name, std::to_string(own), std::to_string(others), join(users, ", ")});
  }
  return grid;
}

Grid debt_grid(const Material& material) {
  Grid grid{"Architectural debt, by bad minutes (the whole record)",
            {{"what", false, true},
             {"incidents", true},
             {"bad minutes", true},
             {"share", true},
             {"open actions", false, true}},
            {}};
  for (const auto& item : material.debt) {
    if (grid.rows.size() == kMostDebt) break;
    grid.rows.push_back(
        {std::string(to_string(item.trait.kind)) + " " + item.trait.name,
         std::to_string(item.incidents.size()),
         item.bad_minutes ? fmt::format("{:.0f}", *item.bad_minutes) : "not measured",
         item.bad_minutes ? percent_of(item.share, 0) : "-",
         item.open_actions.empty() ? GridCell("none", Mood::warn)
                                   : GridCell(join(item.open_actions, ", "))});
  }
  return grid;
}

}  // namespace

Part part_of_recurrence(const Material& material) {
  Part part{5, "Recurrence and hot spots", material.first.incident};
  if (material.incidents.empty()) {
    part.say(said_of_record("incident", material.period, part.recorded_since), Mood::warn);
    return part;
  }
  std::size_t groups = 0;
  for (const auto& cause : material.causes) {
    if (!touches(cause, material)) continue;
    if (++groups <= kMostGroups) say_group(part, cause);
  }
  if (groups > kMostGroups)
    part.say(fmt::format("{} more groups: nines report recurrence.", groups - kMostGroups));
  part.figures.push_back({"recurrence.groups", "groups of incidents that share causes",
                          static_cast<double>(groups), "groups", std::nullopt,
                          material.incidents.size(),
                          "with an incident of the period; compared with the whole record"});
  if (groups == 0)
    part.say(material.opened_in(material.period).empty()
                 ? "No incident of the period to compare."
                 : "No incident of the period shares enough with another to be called the same "
                   "cause.");
  if (auto debt = debt_grid(material); !debt.rows.empty()) part.grids.push_back(std::move(debt));
  if (auto spots = hot_spots(material); !spots.rows.empty()) part.grids.push_back(std::move(spots));
  return part;
}

}  // namespace nines::governance
