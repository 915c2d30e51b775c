// Walks duty timelines and counts what they show.
#include "domain/incident/rota_audit.hpp"

#include <algorithm>
#include <set>

#include "domain/catalog/week_window.hpp"

namespace nines::incident {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr catalog::WeekWindow kNight{catalog::WeekWindow::kEveryDay, hours{22}, hours{7}};
constexpr catalog::WeekWindow kWeekend{0x60, minutes{0}, hours{24}};

std::int64_t ceil_minutes(Micros length) { return std::chrono::ceil<minutes>(length).count(); }

std::int64_t touched(const catalog::WeekWindow& window, const Zone& zone, const Period& when) {
  const catalog::LocalSpan local{zone.to_local(when.from), zone.to_local(when.to)};
  return static_cast<std::int64_t>(catalog::occurrences({&window, 1}, local).size());
}

/// Whether two zones of the role's layers differ by another offset than 183 days earlier or later,
/// on both sides of which they agree: the weeks between two changes of the clocks.
bool clocks_apart(const Rota& rota, const std::string& role, Instant at) {
  std::vector<Zone> zones;
  for (const auto& layer : rota.layers)
    if (layer.role == role) zones.push_back(layer.zone);
  const auto apart = [&](const Zone& a, const Zone& b, Instant t) {
    return a.offset_at(t) - b.offset_at(t);
  };
  constexpr days kBetween{35};  // no two regions change more than five weeks apart
  for (std::size_t i = 0; i + 1 < zones.size(); ++i) {
    const auto now = apart(zones[i], zones[i + 1], at);
    const auto before = apart(zones[i], zones[i + 1], at - kBetween);
    const auto after = apart(zones[i], zones[i + 1], at + kBetween);
    if (now != before && now != after) return true;
  }
  return false;
}

LoadSpread spread_of(const RoleAudit& audit, std::string measure,
                     std::int64_t PersonLoad::*counted) {
  LoadSpread spread;
  spread.measure = std::move(measure);
  std::vector<double> loads;
  for (const auto& [person, load] : audit.loads) {
    spread.total += load.*counted;
    loads.push_back(static_cast<double>(load.*counted));
  }
  spread.fairness = fairness_of(loads);
  spread.chance = gini_by_chance(static_cast<std::int64_t>(loads.size()), spread.total);
  return spread;
}

void add_gap(const Rota& rota, const DutyShift& shift, RoleAudit& audit) {
  audit.uncovered_minutes += ceil_minutes(shift.when.length());
  if (!audit.gaps.empty() && audit.gaps.back().when.to == shift.when.from &&
      audit.gaps.back().why == shift.why && audit.gaps.back().instead_of == shift.instead_of) {
    audit.gaps.back().when.to = shift.when.to;
    return;
  }
  audit.gaps.push_back({shift.role, shift.when, shift.instead_of, shift.why,
                        shift.why.empty() && clocks_apart(rota, shift.role, shift.when.from)});
}

void add_load(const Rota& rota, const DutyShift& shift, RoleAudit& audit) {
  auto& load = audit.loads[shift.person];
  ++load.shifts;
  load.minutes += ceil_minutes(shift.when.length());
  load.nights += touched(kNight, rota.zone, shift.when);
  load.weekend_days += touched(kWeekend, rota.zone, shift.when);
}

struct Stint {
  const Rota* rota;
  DutyShift shift;

  std::string name() const { return rota->name + " " + shift.role; }
};

bool clashes(const Stint& a, const Stint& b) {
  return a.shift.person == b.shift.person && a.shift.when.from < b.shift.when.to &&
         b.shift.when.from < a.shift.when.to &&
         (a.rota == b.rota || (a.shift.role == "primary" && b.shift.role == "primary"));
}

}  // namespace

std::vector<RoleAudit> audit_rota(const Rota& rota, const Period& period) {
  std::vector<RoleAudit> audits;
  for (const auto& role : rota.roles()) {
    RoleAudit audit;
    audit.role = role;
    audit.minutes = ceil_minutes(period.length());
    for (const auto& layer : rota.layers)
      if (layer.role == role)
        for (const auto& version : layer.versions)
          for (const auto& person : version.participants) audit.loads[person];
    audits.push_back(std::move(audit));
  }
  for (const auto& shift : duty_timeline(rota, period)) {
    const auto audit = std::find_if(audits.begin(), audits.end(),
                                    [&](const RoleAudit& a) { return a.role == shift.role; });
    if (shift.person.empty())
      add_gap(rota, shift, *audit);
    else
      add_load(rota, shift, *audit);
  }
  for (auto& audit : audits) {
    audit.spreads.push_back(spread_of(audit, "shifts", &PersonLoad::shifts));
    audit.spreads.push_back(spread_of(audit, "nights", &PersonLoad::nights));
    audit.spreads.push_back(spread_of(audit, "weekend days", &PersonLoad::weekend_days));
  }
  return audits;
}

std::vector<DoubleDuty> double_duties(const std::vector<const Rota*>& rotas, const Period& period) {
  std::vector<Stint> duties;
  for (const auto* rota : rotas)
    for (auto& shift : shifts(*rota, period.from, period.to))
      duties.push_back({rota, std::move(shift)});
  std::stable_sort(duties.begin(), duties.end(), [](const Stint& a, const Stint& b) {
    return a.shift.when.from < b.shift.when.from;
  });
  std::vector<DoubleDuty> found;
  std::vector<const Stint*> running;
  for (const auto& duty : duties) {
    std::erase_if(running,
                  [&](const Stint* d) { return d->shift.when.to <= duty.shift.when.from; });
    for (const auto* other : running) {
      if (!clashes(*other, duty)) continue;
      found.push_back({duty.shift.person,
                       other->name(),
                       duty.name(),
                       {duty.shift.when.from, std::min(other->shift.when.to, duty.shift.when.to)}});
    }
    running.push_back(&duty);
  }
  return found;
}

}  // namespace nines::incident
