// Reads trains and freezes, weighs the actions as the plan does, and has them placed.
#include "usecases/remediate/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "store/store.hpp"
#include "usecases/remediate/gate_facts.hpp"
#include "yaml/release_train.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::Release;
using nines::remediate::ScheduleItem;

/// What fixes are called where freezes exempt types of change.
constexpr std::string_view kFixType = "reliability";

std::vector<Release> applied_releases(const Session& session,
                                      const std::optional<std::string>& train) {
  std::vector<Release> releases;
  std::vector<std::string> names;
  for (const auto& stored : store::definitions(session.store())) {
    if (stored.kind != "ReleaseTrain") continue;
    names.push_back(stored.name);
    if (train && stored.name != *train) continue;
    for (auto& release : yaml::releases_from(stored.document))
      releases.push_back(std::move(release));
  }
  if (train && std::find(names.begin(), names.end(), *train) == names.end())
    throw Error(ExitCode::not_found, "no ReleaseTrain '" + *train + "' is applied",
                names.empty() ? "nines slo apply FILE applies one"
                              : "one of: " + join(names, ", "),
                "NO_TRAIN");
  return releases;
}

/// A freeze over the day of a release stops fixes too, unless it exempts them.
void close_frozen(const Session& session, std::vector<Release>& releases) {
  const auto freezes = applied_freezes(session);
  for (auto& release : releases) {
    const Instant from{release.day};
    for (const auto& freeze : placed_freezes(freezes, {from, from + std::chrono::days{1}})) {
      const bool exempt = std::find(freeze.exempt.begin(), freeze.exempt.end(), kFixType) !=
                          freeze.exempt.end();
      const bool all = freeze.from <= from && from + std::chrono::days{1} <= freeze.to;
      if (exempt || !all || !freeze.services.empty()) continue;
      release.closed = "freeze " + freeze.name;
    }
  }
}

}  // namespace

Release parse_release(const std::string& text) {
  const auto equals = text.find('=');
  if (equals != std::string::npos) {
    const auto day = parse_day(text.substr(0, equals));
    const auto days = Decimal::parse(text.substr(equals + 1));
    if (day && days && days->to_double() >= 0 && days->to_double() <= 10'000)
      return {text.substr(0, equals),
              *day,
              static_cast<int>(std::floor(days->to_double() * 2 + 1e-9)),
              {},
              {}};
  }
  throw Error(ExitCode::usage, "'" + text + "' is no release",
              "write its day and the days of work that features leave free: 2026-12-03=4",
              "BAD_VALUE");
}

ScheduleResult schedule_actions(const Session& session, const ScheduleRequest& request) {
  ScheduleResult result;
  result.releases =
      request.releases.empty() ? applied_releases(session, request.train) : request.releases;
  const auto today = std::chrono::floor<std::chrono::days>(session.now());
  std::erase_if(result.releases, [&](const Release& one) { return one.day < today; });
  std::stable_sort(result.releases.begin(), result.releases.end(),
                   [](const Release& a, const Release& b) { return a.day < b.day; });
  if (result.releases.empty())
    throw Error(ExitCode::not_found, "no release is to come",
                "--release 2026-12-03=4, or apply a ReleaseTrain (nines-slo(5))", "NO_RELEASE");
  close_frozen(session, result.releases);
  const auto plan = plan_actions(session, {});
  std::vector<ScheduleItem> items;
  std::vector<std::size_t> places;
  std::map<std::string, std::size_t> by_name;
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const auto& one = plan.actions[i];
    const auto effort = one.action.effort_days();
    ScheduledAction scheduled{one.action, {}, effort.value_or(0), one.must};
    if (!effort) {
      scheduled.placement.reason = "its effort is not known: --effort DAYS";
    } else {
      ScheduleItem item;
      item.name = one.action.name;
      item.half_days = std::max(1, static_cast<int>(std::ceil(*effort * 2 - 1e-9)));
      item.due = one.action.due();
      item.must = !one.must.empty();
      item.per_day = one.candidate ? one.candidate->per_day() : 0;
      item.services = one.action.services();
      by_name.emplace(item.name, items.size());
      items.push_back(std::move(item));
      places.push_back(i);
    }
    result.actions.push_back(std::move(scheduled));
  }
  for (std::size_t k = 0; k < items.size(); ++k)
    for (const auto& need : result.actions[places[k]].action.needs())
      if (const auto found = by_name.find(need); found != by_name.end())
        items[k].needs.push_back(found->second);
  const auto placed = nines::remediate::schedule_items(items, result.releases, today);
  result.used.assign(result.releases.size(), 0);
  for (std::size_t k = 0; k < items.size(); ++k) {
    auto& one = result.actions[places[k]];
    one.placement = placed[k];
    if (placed[k].release) result.used[*placed[k].release] += items[k].half_days / 2.0;
  }
  std::stable_sort(result.actions.begin(), result.actions.end(),
                   [&](const ScheduledAction& a, const ScheduledAction& b) {
                     const auto last = result.releases.size();
                     return a.placement.release.value_or(last) < b.placement.release.value_or(last);
                   });
  return result;
}

}  // namespace nines::usecases
