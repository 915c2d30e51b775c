// Part 4: incidents by severity, service and cause, as rates with intervals; how long they took.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/cases.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::governance {
namespace {

using Cases = std::vector<const IncidentCase*>;

void add_median(Part& part, const Cases& cases, std::string_view milestone, std::string key,
                const std::string& label, Instant until) {
  auto figure = median_figure(std::move(key), label, spans_to(cases, milestone, until));
  part.say(label + ": " + (figure.value ? "" : "not known, ") + figure.says + ".");
  part.figures.push_back(std::move(figure));
}

struct RateInputs {
  CountIn before, now;
};

std::vector<GridCell> rate_row(const std::string& name, const RateInputs& counts) {
  const auto rate = per_30_days(counts.now);
  const auto change = std::string(compare_counts(counts.before, counts.now));
  return {name, std::to_string(counts.now.events),
          counts.before.days > 0 ? std::to_string(counts.before.events) : std::string("not known"),
          fmt::format("{:.2f} to {:.2f}", rate.low, rate.high),
          GridCell(change, change == "rose"   ? Mood::bad
                           : change == "fell" ? Mood::good
                                              : Mood::plain)};
}

Grid rate_grid(std::string title, std::string what) {
  return {std::move(title),
          {{std::move(what), false, true},
           {"now", true},
           {"before", true},
           {"per 30 days (95 %)"},
           {"change"}},
          {}};
}

template <typename Names>
std::map<std::string, RateInputs> counted_by(const Cases& now, const Cases& before,
                                             const RateInputs& days, Names&& names_of) {
  std::map<std::string, RateInputs> counts;
  const auto take = [&](const Cases& cases, CountIn RateInputs::*side) {
    for (const auto* one : cases)
      for (const auto& name : names_of(*one)) {
        const auto [at, first] = counts.try_emplace(name);
        if (first) at->second = {{0, days.before.days}, {0, days.now.days}};
        ++(at->second.*side).events;
      }
  };
  take(now, &RateInputs::now);
  take(before, &RateInputs::before);
  return counts;
}

Curve weekly_curve(const Cases& cases, const Material& material) {
  Curve curve;
  curve.title = "Incidents opened, by week";
  curve.bars = true;
  Grid grid{curve.title, {{"week from"}, {"incidents", true}}, {}};
  double most = 1;
  for (auto from = material.period.span.from; from < material.until;
       from += std::chrono::weeks{1}) {
    const auto to = from + std::chrono::weeks{1};
    const auto count = std::count_if(cases.begin(), cases.end(), [&](const auto* one) {
      return one->record.head.opened_at >= from && one->record.head.opened_at < to;
    });
    const bool known = material.first.incident && *material.first.incident < to;
    curve.points.push_back(known ? std::optional(static_cast<double>(count)) : std::nullopt);
    grid.rows.push_back({day_text(from), known ? std::to_string(count) : "not recorded"});
    most = std::max(most, static_cast<double>(count));
  }
  curve.high = most;
  curve.y_labels = {{most, fmt::format("{:.0f}", most)}, {0, "0"}};
  curve.x_labels = {day_text(material.period.span.from), day_text(material.until)};
  curve.description = fmt::format("{} in all; at most {:.0f} in one week.",
                                  count_of(cases.size(), "incident"), most);
  curve.grid = std::move(grid);
  return curve;
}

/// Layers of what was confirmed as a contributing factor, by incidents that have one there.
void add_layers(Part& part, const Material& material, const Cases& now) {
  std::map<std::string, std::size_t> layers;
  std::size_t concluded = 0;
  for (const auto* one : now) {
    std::map<std::string, bool> mine;
    bool any = false;
    for (const auto& file : material.analyses) {
      if (file.analysis.incident != one->record.head.uid) continue;
      any = any || file.analysis.state != rca::AnalysisState::open;
      for (const auto& hypothesis : file.hypotheses)
        if (hypothesis.state == rca::HypothesisState::confirmed)
          mine[hypothesis.layer == rca::Layer::none ? "layer not said"
                                                    : std::string(to_string(hypothesis.layer))];
    }
    concluded += any ? 1 : 0;
    for (const auto& [layer, unused] : mine) ++layers[layer];
  }
  part.say(fmt::format("The causes of {} of {} were analysed to an end{}", concluded,
                       count_of(now.size(), "incident"),
                       layers.empty() ? "; no contributing factor is confirmed yet." : "."),
           concluded < now.size() ? Mood::warn : Mood::plain);
  if (layers.empty()) return;
  Grid grid{"Confirmed contributing factors, by where they lie",
            {{"layer"}, {"incidents", true}, {"share of the analysed (95 %)"}},
            {}};
  for (const auto& [layer, count] : layers) {
    const auto share = stats::wilson(count, std::max(concluded, count));
    grid.rows.push_back({layer, std::to_string(count),
                         percent_of(share.low, 0) + " to " + percent_of(share.high, 0)});
  }
  part.grids.push_back(std::move(grid));
}

void add_minutes(Part& part, const Cases& cases) {
  double sum = 0;
  std::size_t measured = 0;
  for (const auto* one : cases)
    if (const auto minutes = one->bad_minutes()) {
      sum += *minutes;
      ++measured;
    }
  Figure figure{"incidents.bad_minutes",
                "bad minutes of incidents",
                std::nullopt,
                "minutes",
                std::nullopt,
                measured,
                fmt::format("minutes weighted by their share of bad events; {} of {} measured",
                            measured, count_of(cases.size(), "incident"))};
  if (measured > 0) figure.value = sum;
  part.say(measured > 0
               ? fmt::format("They cost {} bad minutes, each weighted by its share of bad "
                             "events ({} of {} are measured).",
                             sum < 10 ? fmt::format("{:.1f}", sum) : fmt::format("{:.0f}", sum),
                             measured, cases.size())
               : "What they cost in bad minutes is not measured.");
  part.figures.push_back(std::move(figure));
}

std::vector<std::string> severity_name(const IncidentCase& one) {
  return {std::string(to_string(one.record.head.severity))};
}
std::vector<std::string> service_names(const IncidentCase& one) { return one.record.head.services; }

}  // namespace

Part part_of_incidents(const Material& material) {
  Part part{4, "Incidents", material.first.incident};
  if (auto said = said_of_record("incident", material.period, part.recorded_since); !said.empty())
    part.say(std::move(said), Mood::warn);
  const auto days = days_covered(material.period, part.recorded_since, material.until);
  if (days <= 0) return part;
  const RateInputs covered{
      {0, days_covered(material.before, part.recorded_since, material.before.span.to)}, {0, days}};
  const auto now = material.opened_in(material.period),
             before = material.opened_in(material.before);
  auto grid = rate_grid("By severity", "severity");
  for (const auto& [name, counts] : counted_by(now, before, covered, severity_name)) {
    grid.rows.push_back(rate_row(name, counts));
    const auto rate = per_30_days(counts.now);
    part.figures.push_back({"incidents." + to_lower_ascii(name), name + " incidents",
                            static_cast<double>(counts.now.events), "incidents", std::nullopt,
                            counts.now.events,
                            fmt::format("{:.2f} to {:.2f} per 30 days (exact 95 %); {}", rate.low,
                                        rate.high, compare_counts(counts.before, counts.now))});
  }
  RateInputs all = covered;
  all.now.events = now.size();
  all.before.events = before.size();
  grid.rows.push_back(rate_row("all", all));
  part.figures.push_back(
      {"incidents.all", "incidents", static_cast<double>(now.size()), "incidents", std::nullopt,
       now.size(),
       fmt::format("{}; {} before", compare_counts(all.before, all.now), before.size())});
  part.say(fmt::format(
      "{} opened in {:.0f} recorded days; {}: {}.", count_of(now.size(), "incident"), days,
      all.before.days > 0 ? fmt::format("{} in {:.0f} days before", before.size(), all.before.days)
                          : std::string("nothing is recorded of the time before"),
      compare_counts(all.before, all.now)));
  if (now.empty()) return part;
  add_minutes(part, now);
  add_median(part, now, incident::milestone::kMitigated, "incidents.time_to_mitigate",
             "Median time to mitigate", material.until);
  add_median(part, now, incident::milestone::kResolved, "incidents.time_to_resolve",
             "Median time to resolve", material.until);
  part.grids.push_back(std::move(grid));
  auto services = rate_grid("By service (an incident of several counts for each)", "service");
  for (const auto& [name, counts] : counted_by(now, before, covered, service_names))
    services.rows.push_back(rate_row(name, counts));
  if (!services.rows.empty()) part.grids.push_back(std::move(services));
  add_layers(part, material, now);
  part.curves.push_back(weekly_curve(now, material));
  return part;
}

}  // namespace nines::governance
