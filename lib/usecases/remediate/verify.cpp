// Counts incidents on both sides of the day an action was done.
#include "usecases/remediate/verify.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/change_requests.hpp"
#include "store/changes.hpp"
#include "store/definitions.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::Action;
using nines::remediate::ActionState;
using nines::remediate::Counted;
using nines::slo::Period;

/// Incidents of one cause come in bursts: those within a day of another count once.
constexpr std::chrono::hours kOneBurst{24};

double weeks_in(Micros time) {
  return std::chrono::duration<double, std::chrono::weeks::period>(time).count();
}

bool about(const incident::Incident& one, const std::vector<std::string>& services) {
  return std::any_of(one.services.begin(), one.services.end(), [&](const std::string& service) {
    return std::find(services.begin(), services.end(), service) != services.end();
  });
}

struct Tally {
  std::uint64_t events = 0;
  std::size_t merged = 0;
};

/// Bursts that begin within `period`; `times` ascend.
Tally count_in(const std::vector<Instant>& times, const Period& period) {
  Tally tally;
  std::optional<Instant> last;
  for (const auto at : times) {
    const bool joins = last && at - *last <= kOneBurst;
    last = at;
    if (at < period.from || at >= period.to) continue;
    if (joins)
      ++tally.merged;
    else
      ++tally.events;
  }
  return tally;
}

/// Difference in differences: what happened here over what happened where nothing was done.
std::optional<Comparison> compare(const VerifyResult& here, const Counted& before,
                                  const Counted& after) {
  if (before.events == 0) return std::nullopt;
  Comparison found{before, after, std::nullopt, {0, 0}};
  const auto rate = [](const Counted& one) {
    return (static_cast<double>(one.events) + 0.5) / one.time;
  };
  const double log_ratio = std::log(rate(here.after.counted) / rate(here.before.counted)) -
                           std::log(rate(after) / rate(before));
  double variance = 0;
  for (const auto events :
       {here.before.counted.events, here.after.counted.events, before.events, after.events})
    variance += 1 / (static_cast<double>(events) + 0.5);
  constexpr double kZ = 1.959963984540054;  // 95 %, two-sided
  found.ratio = std::exp(log_ratio);
  found.interval = {std::exp(log_ratio - kZ * std::sqrt(variance)),
                    std::exp(log_ratio + kZ * std::sqrt(variance))};
  return found;
}

void judge(VerifyResult& result) {
  const auto& before = result.before.counted;
  const auto& after = result.after.counted;
  result.ratio = nines::remediate::rate_ratio(before, after);
  result.verdict = nines::remediate::judge_effect(before, after);
  result.smallest_visible = nines::remediate::smallest_visible_ratio(before.events);
}

Action require_done(const Session& session, const std::string& name) {
  auto action = store::get_action(session.store(), name);
  if (action.state != ActionState::done || !action.closed_at)
    throw Error(ExitCode::conflict, "'" + action.name + "' is not done",
                "nines remediate set " + action.name + " --state done --because TEXT", "NOT_DONE");
  if (action.services().empty())
    throw Error(ExitCode::conflict, "'" + action.name + "' names no service",
                "nines remediate set " + action.name + " --services NAME", "NO_SERVICE");
  return action;
}

/// Changes that were recorded when requests for this very action were finished.
std::set<Uid> own_changes(const Session& session, const Action& action) {
  std::set<Uid> own;
  for (const auto& request : store::change_requests(session.store())) {
    const auto& links = request.asked.links;
    if (std::find(links.begin(), links.end(), action.name) == links.end()) continue;
    for (const auto& service : request.asked.services)
      own.insert(catalog::change_uid("nines", request.uid.to_string() + "/" + service));
  }
  return own;
}

}  // namespace

Counted parse_counted(const std::string& text) {
  const auto slash = text.find('/');
  if (slash != std::string::npos) {
    std::uint64_t events = 0;
    const auto* end = text.data() + slash;
    const auto [stop, problem] = std::from_chars(text.data(), end, events);
    const auto time = Decimal::parse(text.substr(slash + 1));
    if (problem == std::errc{} && stop == end && time && time->to_double() > 0)
      return {events, time->to_double()};
  }
  throw Error(ExitCode::usage, fmt::format("'{}' is no count over a time", text),
              "write events in weeks: 12/26", "BAD_VALUE");
}

VerifyResult verify_counts(const Counted& before, const Counted& after) {
  VerifyResult result;
  result.before.counted = before;
  result.after.counted = after;
  judge(result);
  return result;
}

VerifyResult verify_action(const Session& session, const VerifyRequest& request) {
  if (!request.action) {
    if (request.counted_before && request.counted_after)
      return verify_counts(*request.counted_before, *request.counted_after);
    throw Error(ExitCode::usage, "nothing to verify",
                "nines remediate verify ACT-3, or --before 12/26 --after 4/26", "MISSING_ARGUMENT");
  }
  const auto action = require_done(session, *request.action);
  const auto services = action.services();
  const auto done = *action.closed_at, now = session.now();
  std::vector<Instant> here, there;
  std::optional<Instant> first;
  VerifyResult result;
  for (const auto& one : store::incidents(session.store())) {
    if (!one.counts() || one.opened_at >= now) continue;
    first = first ? std::min(*first, one.opened_at) : one.opened_at;
    if (action.incident && one.uid == *action.incident) {
      result.left_out = one.name;
      continue;
    }
    (about(one, services) ? here : there).push_back(one.opened_at);
  }
  std::sort(here.begin(), here.end());
  std::sort(there.begin(), there.end());
  if (!first || *first >= done)
    throw Error(ExitCode::undecided, "no incident is on record before '" + action.name + "'",
                "a record that begins after it cannot show what it changed", "NO_RECORD");
  const Period before{std::max(*first, done - request.before), done}, after{done, now};
  if (after.length() <= Micros{0})
    throw Error(ExitCode::undecided, "'" + action.name + "' was done just now",
                "look again in some weeks", "NO_TIME");
  const auto then = count_in(here, before), since = count_in(here, after);
  result.before = {{then.events, weeks_in(before.length())}, before};
  result.after = {{since.events, weeks_in(after.length())}, after};
  result.merged = then.merged + since.merged;
  judge(result);
  result.others = compare(result, {count_in(there, before).events, result.before.counted.time},
                          {count_in(there, after).events, result.after.counted.time});
  const auto own = own_changes(session, action);
  for (const auto& change : store::changes(session.store(), {std::nullopt, after.from, after.to}))
    if (std::find(services.begin(), services.end(), change.service) != services.end() &&
        !own.contains(change.uid))
      result.concurrent.push_back(change.name);
  for (const auto& stored : store::definitions(session.store()))
    if (stored.kind == "SLO" && stored.at > after.from && stored.revision > 1)
      for (const auto& slo : load_catalogue(session).slos)
        if (slo.name == stored.name &&
            std::find(services.begin(), services.end(), slo.service) != services.end())
          result.redefined.push_back(slo.name);
  result.action = action;
  return result;
}

std::optional<Instant> verify_due(const Session& session, const Action& action) {
  if (action.state != ActionState::done || !action.closed_at) return std::nullopt;
  const auto services = action.services();
  if (services.empty()) return std::nullopt;
  const auto done = *action.closed_at;
  const VerifyRequest usual;
  std::vector<Instant> times;
  for (const auto& one : store::incidents(session.store()))
    if (one.counts() && one.opened_at < done && one.opened_at >= done - usual.before &&
        about(one, services) && !(action.incident && one.uid == *action.incident))
      times.push_back(one.opened_at);
  std::sort(times.begin(), times.end());
  const auto seen = count_in(times, {done - usual.before, done}).events;
  // None after is significant once (t0 / (t0 + t1))^events <= 5 %.
  const double before = weeks_in(usual.before);
  const double weeks =
      seen == 0 ? 26 : before * (std::pow(0.05, -1.0 / static_cast<double>(seen)) - 1);
  return done + std::chrono::weeks{static_cast<int>(std::ceil(std::clamp(weeks, 2.0, 26.0)))};
}

}  // namespace nines::usecases
