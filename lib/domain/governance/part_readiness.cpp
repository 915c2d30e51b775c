// Part 10: the load of being on call, drills, and what nobody watches.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"

namespace nines::governance {
namespace {

constexpr std::chrono::days kDrillFresh{365};

void add_load(Part& part, const Material& material) {
  const auto& since = material.first.page;
  if (auto said = said_of_record("page", material.period, since); !said.empty())
    part.say(std::move(said), Mood::warn);
  const auto days = days_covered(material.period, since, material.until);
  const auto& load = material.load;
  if (days <= 0) return;
  const auto before_days = days_covered(material.before, since, material.before.span.to);
  const CountIn before{
      material.load_before ? static_cast<std::uint64_t>(material.load_before->pages) : 0,
      material.load_before ? before_days : 0};
  part.say(fmt::format(
      "{} to {}, {} of them at night (22:00 to 07:00 by their own clock), {} repeats; {}.",
      count_of(static_cast<std::uint64_t>(load.pages), "page"),
      count_of(static_cast<std::uint64_t>(load.people), "person", "people"), load.night,
      load.repeats, compare_counts(before, {static_cast<std::uint64_t>(load.pages), days})));
  part.figures.push_back({"load.pages", "pages", static_cast<double>(load.pages), "pages",
                          std::nullopt, static_cast<std::uint64_t>(load.pages),
                          "that went out, of incidents that count"});
  part.figures.push_back({"load.night", "pages at night", static_cast<double>(load.night), "pages",
                          std::nullopt, static_cast<std::uint64_t>(load.pages),
                          "22:00 to 07:00 by the clock of who was paged"});
  if (load.simulated > 0)
    part.say(
        fmt::format("{} more would have gone out, but were only simulated; they count nowhere.",
                    count_of(static_cast<std::uint64_t>(load.simulated), "page")));
  if (load.gini)
    part.say(fmt::format("Spread over people by their hours on duty: Gini {:.2f}, {} chance "
                         "explains (95th percentile).",
                         *load.gini, load.unfair ? "more than" : "no more than"),
             load.unfair ? Mood::warn : Mood::plain);
}

void add_drills(Part& part, const Material& material) {
  const auto& since = material.first.drill;
  if (!since) {
    part.say(said_of_record("drill", material.period, since), Mood::warn);
    return;
  }
  std::size_t run = 0, scored = 0;
  for (const auto& drill : material.drills) {
    if (drill.started_at < material.period.span.from || drill.started_at >= material.until)
      continue;
    ++run;
    scored += drill.scored_at ? 1 : 0;
  }
  part.say(fmt::format("{} run, {} of them scored.", count_of(run, "drill"), scored));
  part.figures.push_back({"drills.run", "drills run", static_cast<double>(run), "drills",
                          std::nullopt, run, "started within the period"});
}

bool drilled(const Material& material, const std::string& service) {
  return std::any_of(material.drills.begin(), material.drills.end(), [&](const auto& drill) {
    const auto& services = drill.scenario.services;
    return drill.started_at < material.until && drill.started_at >= material.until - kDrillFresh &&
           std::find(services.begin(), services.end(), service) != services.end();
  });
}

GridCell yes_or(bool yes, std::string_view no) {
  return yes ? GridCell("yes", Mood::good) : GridCell(std::string(no), Mood::warn);
}

void add_coverage(Part& part, const Material& material) {
  Grid grid{"Coverage of services (the most bad minutes first)",
            {{"service", false, true},
             {"tier", true},
             {"owner", false, true},
             {"SLO"},
             {"drilled"},
             {"incidents", true},
             {"bad minutes", true}},
            {}};
  struct Row {
    double minutes;
    std::vector<GridCell> cells;
    bool gap;
  };
  std::vector<Row> rows;
  for (const auto& [name, service] : material.services) {
    std::size_t incidents = 0, measured = 0;
    double minutes = 0;
    for (const auto& one : material.incidents)
      for (const auto& loss : one.losses) {
        if (loss.service != name) continue;
        ++incidents;
        if (!loss.bad_minutes) continue;
        ++measured;
        minutes += *loss.bad_minutes;
      }
    const auto& with = material.services_with_slo;
    const bool has_slo = std::find(with.begin(), with.end(), name) != with.end();
    const bool has_drill = drilled(material, name);
    rows.push_back(
        {minutes,
         {name, service.tier ? std::to_string(*service.tier) : "-",
          service.owner.empty() ? GridCell("nobody", Mood::warn) : GridCell(service.owner),
          yes_or(has_slo, "no"), yes_or(has_drill, "no"), std::to_string(incidents),
          measured > 0     ? fmt::format("{:.0f}", minutes)
          : incidents == 0 ? "-"
                           : "not measured"},
         !has_slo || service.owner.empty()});
  }
  if (rows.empty()) {
    part.say("No service is defined: what is not watched cannot be told.", Mood::warn);
    return;
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.minutes > b.minutes; });
  const auto gaps = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.gap; }));
  for (auto& row : rows) grid.rows.push_back(std::move(row.cells));
  part.figures.push_back({"coverage.gaps", "services without SLO or owner",
                          static_cast<double>(gaps), "services", std::nullopt, rows.size(),
                          "of those that are defined"});
  part.say(fmt::format("{} of {} lack an SLO or an owner; a drill counts for a year.", gaps,
                       count_of(rows.size(), "service")),
           gaps > 0 ? Mood::warn : Mood::good);
  part.grids.push_back(std::move(grid));
}

}  // namespace

Part part_of_readiness(const Material& material) {
  Part part{10, "On call, drills and coverage", material.first.page};
  add_load(part, material);
  add_drills(part, material);
  add_coverage(part, material);
  return part;
}

}  // namespace nines::governance
