// Part 7: actions done and late, and what their effect was measured to be.
#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/governance/median.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/written_up.hpp"

namespace nines::governance {
namespace {

using remediate::Action;
using remediate::ActionState;

constexpr std::size_t kMostEffects = 12;

bool closed_within(const Action& action, const ReportPeriod& period) {
  return action.closed_at && *action.closed_at >= period.span.from &&
         *action.closed_at < period.span.to;
}

bool open_at(const Action& action, Instant at) {
  return action.at < at && (!action.closed_at || *action.closed_at >= at);
}

bool late_at(const Action& action, Instant at) {
  const auto due = action.due();
  return open_at(action, at) && due && Instant{*due} + std::chrono::days{1} <= at;
}

Mood mood_of(remediate::Effect effect) {
  return effect == remediate::Effect::improved ? Mood::good
         : effect == remediate::Effect::worse  ? Mood::bad
                                               : Mood::plain;
}

std::string verdict_of(const EffectOfAction& effect) {
  if (!effect.why_not.empty()) return effect.why_not;
  auto text = std::string(to_string(effect.verdict.effect));
  std::replace(text.begin(), text.end(), '-', ' ');
  if (effect.verdict.effect == remediate::Effect::too_few && effect.verdict.more_time)
    text += fmt::format(": about {:.0f} more weeks", *effect.verdict.more_time + 0.5);
  return text;
}

Grid effect_grid(const Material& material) {
  Grid grid{"What was done, and what it changed",
            {{"action"},
             {"title", false, true},
             {"before", true},
             {"after", true},
             {"ratio (95 %)"},
             {"verdict", false, true}},
            {}};
  const auto all = material.effects.size();
  for (std::size_t i = all - std::min(all, kMostEffects); i < all; ++i) {
    const auto& effect = material.effects[i];
    const bool counted = effect.why_not.empty();
    const auto side = [&](const remediate::Counted& one) {
      return counted ? fmt::format("{} in {:.0f} wk", one.events, one.time) : std::string("-");
    };
    grid.rows.push_back(
        {effect.action, effect.title, side(effect.before), side(effect.after),
         counted && effect.ratio.ratio
             ? fmt::format("{:.2f} ({:.2f} to {})", *effect.ratio.ratio, effect.ratio.interval.low,
                           effect.ratio.interval.high < 1e6
                               ? fmt::format("{:.2f}", effect.ratio.interval.high)
                               : "no limit")
             : "-",
         GridCell(verdict_of(effect), counted ? mood_of(effect.verdict.effect) : Mood::plain)});
  }
  return grid;
}

Grid late_grid(const Material& material) {
  Grid grid{"Late at the end",
            {{"action"}, {"title", false, true}, {"team", false, true}, {"due"}, {"answers"}},
            {}};
  for (const auto& action : material.actions) {
    if (!late_at(action, material.until)) continue;
    const auto& team = action.text(remediate::field::kTeam);
    grid.rows.push_back({action.name, action.text(remediate::field::kTitle),
                         team.empty() ? GridCell("no team", Mood::warn) : GridCell(team),
                         GridCell(format_day(*action.due()), Mood::bad),
                         material.incident_name(action.incident)});
  }
  return grid;
}

void add_actions(Part& part, const Material& material) {
  if (auto said = said_of_record("action", material.period, part.recorded_since); !said.empty())
    part.say(std::move(said), Mood::warn);
  if (!part.recorded_since || *part.recorded_since >= material.until) return;
  std::size_t done = 0, dropped = 0, added = 0, open = 0, late = 0;
  std::vector<TimedSpan> spans;
  for (const auto& action : material.actions) {
    const bool within = closed_within(action, material.period);
    if (within && action.state == ActionState::done) {
      ++done;
      spans.push_back({*action.closed_at - action.at, true});
    }
    dropped += within && action.state != ActionState::done ? 1 : 0;
    added += action.at >= material.period.span.from && action.at < material.until ? 1 : 0;
    open += open_at(action, material.until) ? 1 : 0;
    late += late_at(action, material.until) ? 1 : 0;
  }
  part.say(
      fmt::format("{} added, {} done, {} dropped with a reason; {} open at the end, {} of them "
                  "late.",
                  count_of(added, "action"), done, dropped, open, late),
      late > 0 ? Mood::bad : Mood::plain);
  const auto count = [&](std::string key, std::string label, std::size_t value, std::string says) {
    part.figures.push_back({std::move(key), std::move(label), static_cast<double>(value), "actions",
                            std::nullopt, material.actions.size(), std::move(says)});
  };
  count("actions.done", "actions done", done, "closed as done within the period");
  count("actions.open", "actions open", open, "at the end");
  count("actions.late", "actions late", late, "open after their due day at the end");
  if (!spans.empty()) part.say("Median time from added to done: " + describe(spans) + ".");
  if (auto grid = effect_grid(material); !grid.rows.empty()) {
    part.say(
        "Effects are counts of incidents before and after, by the exact conditional test; the "
        "incident that an action answers is left out, and nothing here says that the action "
        "was the reason.");
    if (material.effects.size() > kMostEffects)
      part.say(fmt::format("The last {} of {} are shown.", kMostEffects,
                           count_of(material.effects.size(), "action")));
    part.grids.push_back(std::move(grid));
  } else {
    part.say("No action was done by the end of the period: there is no effect to measure.");
  }
  if (auto grid = late_grid(material); !grid.rows.empty()) part.grids.push_back(std::move(grid));
}

}  // namespace

Part part_of_remediation(const Material& material) {
  Part part{7, "Remediation", material.first.action};
  add_postmortems(part, material);
  add_actions(part, material);
  return part;
}

}  // namespace nines::governance
