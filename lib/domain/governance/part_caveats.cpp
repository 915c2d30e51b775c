// Part 12: what to know about the data before believing the rest.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"

namespace nines::governance {
namespace {

constexpr std::size_t kMostDefinitions = 20;

void add_records(Part& part, const Material& material) {
  Grid grid{"Since when the record says anything",
            {{"kind"}, {"first record"}, {"days of the period not covered", true}},
            {}};
  const auto& first = material.first;
  for (const auto& [name, since] :
       std::initializer_list<std::pair<const char*, const std::optional<Instant>&>>{
           {"definitions", first.definition},
           {"measurements", first.measurement},
           {"incidents", first.incident},
           {"analyses", first.analysis},
           {"actions", first.action},
           {"changes", first.change},
           {"alerts", first.alert},
           {"pages", first.page},
           {"drills", first.drill}}) {
    const auto missing = days_not_recorded(material.period, since);
    grid.rows.push_back({name, since ? GridCell(day_text(*since)) : GridCell("never", Mood::warn),
                         GridCell(fmt::format("{:.0f}", std::ceil(missing)),
                                  missing > 0 ? Mood::warn : Mood::plain)});
  }
  part.grids.push_back(std::move(grid));
}

void add_definitions(Part& part, const Material& material) {
  if (material.definition_changes.empty()) {
    part.say("No definition was changed in the period.");
    return;
  }
  part.say(
      fmt::format("{} of definitions were recorded in the period: figures before and after may "
                  "not count alike.",
                  count_of(material.definition_changes.size(), "revision")),
      Mood::warn);
  Grid grid{"Definitions changed in the period",
            {{"day"}, {"definition", false, true}, {"what"}, {"by"}, {"reason", false, true}},
            {}};
  for (const auto& change : material.definition_changes) {
    if (grid.rows.size() == kMostDefinitions) break;
    grid.rows.push_back({day_text(change.at), change.name, change.what, change.by, change.because});
  }
  if (material.definition_changes.size() > kMostDefinitions)
    part.say(fmt::format("The first {} are shown; nines history has all.", kMostDefinitions));
  part.grids.push_back(std::move(grid));
}

void add_measured(Part& part, const Material& material) {
  Grid grid{"Data behind the objectives",
            {{"SLO", false, true}, {"events or slices", true}, {"data for", true}, {"data ends"}},
            {}};
  for (const auto& one : material.slos) {
    const auto& a = one.now;
    const auto coverage = a.counted.coverage();
    grid.rows.push_back(
        {a.slo, group_digits(a.counted.total),
         a.counted.expected > 0
             ? GridCell(percent_of(coverage), coverage < 0.99 ? Mood::warn : Mood::plain)
             : GridCell("-"),
         a.freshness.data_to ? GridCell(format_utc(*a.freshness.data_to).substr(0, 16),
                                        a.freshness.stale ? Mood::warn : Mood::plain)
                             : GridCell("no data", Mood::warn)});
  }
  if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
}

/// What ended before the bound is not counted; what the periods cannot hold, risks and causes may.
void say_missing(Part& part, const Material& material) {
  const auto& missing = *material.missing;
  const bool within = material.before.span.from < missing.bound;
  part.say(fmt::format("{} without news since {} {} at {} and not in this store: {}",
                       count_of(missing.records, "finished record"), day_text(missing.bound),
                       missing.records == 1 ? "is" : "are", missing.place,
                       within ? "figures of the period, or of the one before it, are incomplete."
                              : "what is told from longer ago, of risks and causes, is incomplete."),
           within ? Mood::bad : Mood::warn);
}

}  // namespace

Part part_of_caveats(const Material& material) {
  Part part{12, "Caveats about the data", material.first.any};
  if (material.missing) say_missing(part, material);
  if (material.until < material.period.span.to)
    part.say(fmt::format("The period is not over in the record: it is told up to {} (UTC).",
                         format_utc(std::chrono::floor<std::chrono::minutes>(material.until))),
             Mood::warn);
  part.say(
      "Counts of a quarter are small: an interval that is wide says so, and a difference that "
      "is not called a rise or a fall may be chance.");
  std::size_t guessed = 0;
  for (const auto* one : material.opened_in(material.period))
    guessed += one->record.milestones.contains("impact_started") ? 0 : 1;
  if (guessed > 0)
    part.say(fmt::format("For {} nobody said when the impact began: times count from when it was "
                         "opened, and are too short.",
                         count_of(guessed, "incident")),
             Mood::warn);
  if (material.not_incidents > 0)
    part.say(
        fmt::format("{} of the period turned out to be false alarms or were cancelled, and count "
                    "nowhere.",
                    count_of(material.not_incidents, "record")));
  for (const auto& warning : material.warnings) part.say(warning, Mood::warn);
  add_records(part, material);
  add_measured(part, material);
  add_definitions(part, material);
  return part;
}

}  // namespace nines::governance
