// Whether the expected number of events is enough for the targets and the alerts of an SLO.
#include "usecases/slo/volume_check.hpp"

#include <cmath>
#include <string>

#include <fmt/core.h>

#include "domain/slo/codes.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using yaml::BurnLimit;
using yaml::Definition;

constexpr double kSecondsPerDay = 86400;
/// Without a failure n events show T at 95 % when T^n <= 0.05.
constexpr double kDoubt = 0.05;

Finding warning_at(const Finding& where, Code code, std::string message, std::string hint) {
  Finding finding = where;
  finding.code = nines::slo::name_of(code);
  finding.severity = Severity::warning;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.rejected_by = {"nines"};
  return finding;
}

/// The conditions of the SLO's alert policies, written in it or referred to.
std::vector<BurnLimit> burns_of(const Definition& slo, const FindDefinition& find) {
  std::vector<BurnLimit> burns = slo.burns;
  const auto follow = [&](const Definition& from, std::string_view kind, const auto& visit) {
    for (const auto& reference : from.references) {
      const auto* to = reference.kind == kind ? find(kind, reference.name) : nullptr;
      if (to == nullptr) continue;
      burns.insert(burns.end(), to->burns.begin(), to->burns.end());
      visit(*to);
    }
  };
  const auto stop = [](const Definition&) {};
  follow(slo, "AlertPolicy",
         [&](const Definition& policy) { follow(policy, "AlertCondition", stop); });
  follow(slo, "AlertCondition", stop);
  return burns;
}

void check_window(const nines::slo::Slo& slo, double target, double per_day, const Finding& where,
                  Findings& findings) {
  const double seconds = static_cast<double>(slo.window.length.rolling().count());
  const double events = per_day * seconds / kSecondsPerDay;
  const double needed = std::ceil(std::log(kDoubt) / std::log(target));
  if (events >= needed) return;
  findings.push_back(warning_at(
      where, Code::undecidable_in_window,
      fmt::format("about {:.0f} events in {} cannot show this target", std::floor(events),
                  slo.window.length.to_string()),
      fmt::format("{:.0f} without a failure would: use a longer window or a lower target",
                  needed)));
}

void check_burn(const BurnLimit& burn, double budget, double per_day, const Finding& where,
                Findings& findings) {
  const double share = burn.factor * budget;
  const double events = per_day * static_cast<double>(burn.lookback.count()) / kSecondsPerDay;
  if (share <= 0 || events >= std::ceil(1 / share)) return;
  findings.push_back(warning_at(
      where, Code::low_volume_page,
      fmt::format("one bad event fires the alert: about {:.1f} events in its {} minutes", events,
                  burn.lookback.count() / 60),
      fmt::format("it takes {:.0f} for one to be bearable: use a longer lookback, or Timeslices",
                  std::ceil(1 / share))));
}

}  // namespace

void check_volume(const std::vector<const Definition*>& definitions, const FindDefinition& find,
                  Findings& findings) {
  for (const Definition* definition : definitions) {
    const auto* slo = std::get_if<nines::slo::Slo>(&definition->object);
    if (slo == nullptr || !definition->valid) continue;
    const auto stated = Decimal::parse(slo->extra("events-per-day"));
    if (!stated || slo->method != nines::slo::BudgetingMethod::occurrences) continue;
    const auto burns = burns_of(*definition, find);
    const double per_day = stated->to_double();
    for (std::size_t i = 0; i < slo->objectives.size(); ++i) {
      const double target = slo->objectives[i].target.to_double();
      if (target <= 0 || target >= 1) continue;
      const Finding& where =
          i < definition->targets.size() ? definition->targets[i] : definition->where;
      check_window(*slo, target, per_day, where, findings);
      for (const auto& burn : burns) check_burn(burn, 1 - target, per_day, where, findings);
    }
  }
}

}  // namespace nines::usecases
