// Unit tests of an SLO's alerts: the traffic, what must come of it, and the judgement.
#include "domain/alert/suite.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/time.hpp"

namespace nines::alert {

namespace {

using Kind = Expectation::Kind;

/// Stretches in which an alert fires that are spelt out.
constexpr std::size_t kMostShown = 4;

/// Evaluations [first, past) at instants from `from` to `to`, both inclusive.
struct Stretch {
  std::size_t first = 0;
  std::size_t past = 0;

  bool empty() const { return first >= past; }
};

Stretch evaluations(const Schedule& schedule, Tick from, Tick to) {
  const Tick step = schedule.interval;
  const auto index_from = [&](Tick at) {
    return at <= schedule.from ? 0
                               : static_cast<std::size_t>((at - schedule.from + step - 1) / step);
  };
  return {index_from(from), std::min(index_from(to + 1), schedule.count())};
}

/// The last evaluation at or before an instant.
std::size_t evaluation_at(const Schedule& schedule, Tick at) {
  const auto count = schedule.count();
  if (at <= schedule.from || count == 0) return 0;
  return std::min(static_cast<std::size_t>((at - schedule.from) / schedule.interval), count - 1);
}

/// How many of the stretch's evaluations the alert fires at.
std::size_t firing_in(const std::vector<Firing>& firings, const Stretch& stretch) {
  std::size_t sum = 0;
  for (const Firing& f : firings) {
    const auto first = std::max(f.first, stretch.first);
    const auto past = std::min(f.last + 1, stretch.past);
    if (first < past) sum += past - first;
  }
  return sum;
}

/// When any of the alerts of that name fires; empty when the rules have none.
std::optional<std::vector<Firing>> firings_called(const TestRun& run, std::string_view word) {
  std::vector<Firing> all;
  std::size_t found = 0;
  for (std::size_t i = 0; i < run.alerts.size(); ++i) {
    if (!run.alerts[i].is(word)) continue;
    ++found;
    all.insert(all.end(), run.replay.firings[i].begin(), run.replay.firings[i].end());
  }
  if (found == 0) return std::nullopt;
  std::sort(all.begin(), all.end(),
            [](const Firing& a, const Firing& b) { return a.first < b.first; });
  std::vector<Firing> merged;
  for (const Firing& f : all) {
    if (!merged.empty() && f.first <= merged.back().last + 1)
      merged.back().last = std::max(merged.back().last, f.last);
    else
      merged.push_back(f);
  }
  return merged;
}

std::string text_of(const Schedule& schedule, const std::vector<Firing>& firings,
                    std::size_t most) {
  std::string text;
  std::size_t shown = 0;
  std::size_t left_out = 0;
  for (const Firing& f : firings) {
    if (schedule.at(f.last) < 0) continue;
    if (shown == most) {
      ++left_out;
      continue;
    }
    ++shown;
    if (!text.empty()) text += ", ";
    if (f.first == f.last)
      text += "at " + offset_text(schedule.at(f.first));
    else
      text +=
          "from " + offset_text(schedule.at(f.first)) + " to " + offset_text(schedule.at(f.last));
  }
  if (left_out > 0) text += fmt::format(", and {} times more", left_out);
  return text.empty() ? "never" : text;
}

/// Where the expectation looks; a stretch without an evaluation takes the one before it.
struct Bounds {
  Tick from = 0;
  Tick to = 0;
};

Bounds bounds_of(const Expectation& e, Tick length) {
  if (e.at) return {*e.at, *e.at};
  const Tick from = e.from.value_or(0);
  if (e.within) return {from, from + *e.within};
  return {from, e.until.value_or(length)};
}

std::string bounds_text(const Expectation& e) {
  if (e.at) return "at " + offset_text(*e.at);
  if (e.within)
    return "within " + offset_text(*e.within) +
           (e.from.value_or(0) != 0 ? " of " + offset_text(*e.from) : "");
  std::string text;
  if (e.from) text = "from " + offset_text(*e.from);
  if (e.until) text += (text.empty() ? "until " : " until ") + offset_text(*e.until);
  return text;
}

Outcome judge_alert(const TestRun& run, const Expectation& e, Tick length) {
  const auto found = firings_called(run, e.alert);
  const std::string where = bounds_text(e);
  const std::string tail = where.empty() ? "" : " " + where;
  Outcome outcome;
  outcome.wanted = "'" + e.alert + "' must ";
  if (!found) {
    outcome.met = e.kind == Kind::be_quiet;
    outcome.wanted += e.kind == Kind::be_quiet ? "be quiet"
                      : e.kind == Kind::fire   ? "fire"
                                               : "clear";
    outcome.wanted += tail;
    outcome.saw = "the rules of this SLO have no such alert";
    return outcome;
  }
  const Schedule& schedule = run.replay.schedule;
  const auto& firings = *found;
  const Bounds bounds = bounds_of(e, length);
  Stretch stretch = evaluations(schedule, bounds.from, bounds.to);
  if (e.at || stretch.empty()) {
    const auto one = evaluation_at(schedule, bounds.to);
    stretch = {one, one + 1};
  }
  const std::size_t fires = firing_in(firings, stretch);
  const std::size_t all = stretch.past - stretch.first;
  const std::string firing = text_of(schedule, firings, kMostShown);
  outcome.saw = firing == "never" ? "it never fires" : "it fires " + firing;
  switch (e.kind) {
    case Kind::fire:
      outcome.wanted += "fire" + tail;
      // "from, until" asks for all of it, everything else for once.
      outcome.met = e.from && e.until ? fires == all : fires > 0;
      break;
    case Kind::be_quiet:
      outcome.wanted += "be quiet" + tail;
      outcome.met = fires == 0;
      break;
    default: {
      outcome.wanted += "clear" + tail;
      const auto start = evaluation_at(schedule, bounds.from);
      const bool fired = firing_in(firings, {start, start + 1}) > 0;
      outcome.met = fired && fires < all;
      if (!fired)
        outcome.saw = "it does not fire at " + offset_text(bounds.from) + ": " + outcome.saw;
    }
  }
  return outcome;
}

std::string percent(double share) { return fmt::format("{:.6g} %", share * 100); }

Outcome judge_ratio(const TestRun& run, const Expectation& e, Tick length) {
  const Tick at = e.at.value_or(length);
  const auto sli = e.recorded ? recorded_sli(run, at) : counted_sli(run, at);
  const auto value = e.kind == Kind::sli ? sli : budget_left(run, sli);
  Outcome outcome;
  outcome.wanted = std::string(e.kind == Kind::sli ? "the SLI" : "the budget left") +
                   (e.recorded ? " that the rules record" : "") + " must be";
  if (e.at_least) outcome.wanted += " at least " + e.at_least->to_string() + " %";
  if (e.at_least && e.at_most) outcome.wanted += " and";
  if (e.at_most) outcome.wanted += " at most " + e.at_most->to_string() + " %";
  outcome.wanted += " at " + offset_text(at);
  if (!value) {
    outcome.saw = e.kind == Kind::budget && sli ? "a target of 100 % has no budget"
                                                : "there is none: nothing was measured";
    return outcome;
  }
  // The bounds are decimals of at most a few digits: a billionth of a percent is no difference.
  constexpr double kGrain = 1e-9;
  const double p = *value * 100;
  outcome.met = (!e.at_least || p >= e.at_least->to_double() - kGrain) &&
                (!e.at_most || p <= e.at_most->to_double() + kGrain);
  outcome.saw = "it is " + percent(*value);
  return outcome;
}

}  // namespace

Outcome judge(const TestRun& run, const Expectation& expectation, Tick length) {
  const bool ratio = expectation.kind == Kind::sli || expectation.kind == Kind::budget;
  return ratio ? judge_ratio(run, expectation, length) : judge_alert(run, expectation, length);
}

std::optional<double> counted_sli(const TestRun& run, Tick at) {
  Tick from = at - run.policy.period.count();
  if (run.policy.calendar) {
    const std::int64_t origin = run.replay.schedule.origin;
    from = (window_start(*run.policy.calendar, origin + at / 1000) - origin) * 1000;
  }
  if (from >= at) return std::nullopt;
  const auto counts = run.traffic.counted(std::max(run.begin, from), at);
  if (counts.total == 0) return std::nullopt;
  return static_cast<double>(counts.total - counts.bad) / static_cast<double>(counts.total);
}

std::optional<double> recorded_sli(const TestRun& run, Tick at) {
  const auto index = evaluation_at(run.replay.schedule, at);
  const double errors = period_ratio(run.replay, run.policy, index);
  if (std::isnan(errors)) return std::nullopt;
  return 1 - errors;
}

std::optional<double> budget_left(const TestRun& run, std::optional<double> sli) {
  if (!sli || run.budget <= 0) return std::nullopt;
  return 1 - (1 - *sli) / run.budget;
}

std::string offset_text(Tick at) { return format_duration(std::chrono::milliseconds{at}, true); }

std::string firing_text(const TestRun& run, std::size_t rule) {
  return text_of(run.replay.schedule, run.replay.firings[rule], kMostShown);
}

std::vector<RunAlert> alerts_of(const Policy& policy) {
  std::vector<RunAlert> alerts;
  for (const Alert& alert : policy.alerts) {
    const auto alike =
        std::count_if(policy.alerts.begin(), policy.alerts.end(),
                      [&](const Alert& other) { return other.severity == alert.severity; });
    alerts.push_back({alert.severity, alert.name,
                      alike > 1 && !alert.name.empty() ? alert.severity + " (" + alert.name + ")"
                                                       : alert.severity});
  }
  if (policy.absent_after)
    alerts.push_back({std::string(kNoDataAlert), {}, std::string(kNoDataAlert)});
  return alerts;
}

}  // namespace nines::alert
