// Lays figures of periods side by side; a period without records is a hole, never a zero.
#include "domain/governance/trend.hpp"

#include <algorithm>
#include <functional>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/cases.hpp"
#include "domain/governance/median.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::governance {
namespace {

using Column = std::vector<std::optional<double>>;

Grid grid_over(const TrendMaterial& material, std::string title, std::string what) {
  Grid grid{std::move(title), {{std::move(what), false, true}}, {}};
  for (const auto& period : material.periods) grid.columns.push_back({period.label, true});
  grid.columns.push_back({"trend", false, true});
  return grid;
}

/// A period that is not over by the end of the record is marked in the text, and in no test.
bool is_over(const TrendMaterial& material, std::size_t i) {
  return material.periods[i].span.to <= material.until;
}

Curve curve_over(const TrendMaterial& material, std::string title, const Column& values,
                 std::string description) {
  Curve curve;
  curve.title = std::move(title);
  curve.description = std::move(description);
  curve.points = values;
  curve.bars = true;
  double most = 1;
  Grid grid{curve.title, {{"period"}, {"value", true}}, {}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) most = std::max(most, *values[i]);
    grid.rows.push_back(
        {material.periods[i].label, values[i] ? GridCell(fmt::format("{:.4g}", *values[i]))
                                              : GridCell("not recorded", Mood::warn)});
  }
  curve.high = most;
  curve.y_labels = {{most, fmt::format("{:.4g}", most)}, {0, "0"}};
  curve.x_labels = {material.periods.front().label, material.periods.back().label};
  curve.grid = std::move(grid);
  return curve;
}

std::string sli_cell(const slo::Assessment& a) {
  if (!a.sli) return "no data";
  return fmt::format("{:.3f}", *a.sli * 100);
}

void add_sli_figures(Part& part, const TrendMaterial& material, std::size_t row) {
  for (std::size_t i = 0; i < material.periods.size(); ++i) {
    const auto& a = material.slos[i][row].now;
    part.figures.push_back(
        {"slo." + a.slo + "." + a.objective + "." + material.periods[i].label,
         a.slo + ", " + material.periods[i].label, a.sli, "share",
         a.sli ? std::optional(a.inference.sli) : std::nullopt, a.counted.total,
         a.sli ? fmt::format("target {} %, {}", a.target.percent_text(), to_string(a.verdict))
               : a.sli_reason});
  }
}

/// The newest period with data against the one before it.
std::string_view sli_change(const TrendMaterial& material, std::size_t row) {
  const slo::Assessment *now = nullptr, *before = nullptr;
  for (const auto& period : material.slos) {
    const auto& a = period[row].now;
    if (!a.sli) continue;
    before = now;
    now = &a;
  }
  if (now == nullptr) return "no data";
  if (before == nullptr) return "one period only";
  return change_of_shares(*before->sli, before->inference.sli, *now->sli, now->inference.sli)
      .verdict();
}

Part objectives(const TrendMaterial& material) {
  Part part{1, "Objectives", material.first.measurement};
  if (auto said = said_of_record("measurement", material.periods.front(), part.recorded_since);
      !said.empty())
    part.say(std::move(said), Mood::warn);
  auto grid = grid_over(material, "SLI in percent, judged over each period", "SLO (target)");
  const auto rows = material.slos.empty() ? 0 : material.slos.front().size();
  for (std::size_t row = 0; row < rows; ++row) {
    const auto& first = material.slos.front()[row].now;
    std::vector<GridCell> cells{first.slo + " (" + first.target.percent_text() + ")"};
    for (const auto& period : material.slos) {
      const auto& a = period[row].now;
      cells.emplace_back(sli_cell(a), !a.sli                              ? Mood::plain
                                      : a.verdict == slo::Verdict::missed ? Mood::bad
                                                                          : Mood::good);
    }
    const auto change = std::string(sli_change(material, row));
    cells.emplace_back(change, change == "worse" ? Mood::bad : Mood::plain);
    grid.rows.push_back(std::move(cells));
    add_sli_figures(part, material, row);
  }
  if (rows == 0) {
    part.say("No SLO is applied.", Mood::warn);
    return part;
  }
  part.say("The trend compares the last two periods with data by both intervals (Newcombe).");
  part.grids.push_back(std::move(grid));
  return part;
}

struct CountRow {
  std::string key, label;
  std::function<std::uint64_t(const ReportPeriod&)> count;
};

/// One row of counts with their trend over the periods that the record covers in whole.
void add_counts(Part& part, Grid& grid, const TrendMaterial& material, const CountRow& row,
                const std::optional<Instant>& since, bool with_curve) {
  std::vector<GridCell> cells{row.label};
  std::vector<CountIn> whole;
  Column values;
  for (std::size_t i = 0; i < material.periods.size(); ++i) {
    const auto& period = material.periods[i];
    const auto days = days_covered(period, since, material.until);
    Figure figure{row.key + "." + period.label,
                  row.label + ", " + period.label,
                  std::nullopt,
                  row.label,
                  std::nullopt,
                  std::nullopt,
                  "not recorded"};
    if (days <= 0) {
      cells.emplace_back("-");
      values.emplace_back();
    } else {
      const auto events = row.count(period);
      const bool part_only = days < period.days() - 0.5;
      cells.emplace_back(std::to_string(events) + (part_only ? "*" : ""));
      values.emplace_back(static_cast<double>(events));
      const auto rate = per_30_days({events, days});
      figure.value = static_cast<double>(events);
      figure.n = events;
      figure.says = fmt::format("{:.2f} to {:.2f} per 30 days (exact 95 %), {:.0f} of {:.0f} days",
                                rate.low, rate.high, days, period.days());
      if (is_over(material, i) || part_only) whole.push_back({events, days});
    }
    part.figures.push_back(std::move(figure));
  }
  const auto trend = trend_of_counts(whole);
  cells.emplace_back(std::string(trend.verdict()),
                     trend.p && *trend.p <= 0.05 && trend.z > 0 ? Mood::bad : Mood::plain);
  grid.rows.push_back(std::move(cells));
  const bool known =
      std::any_of(values.begin(), values.end(), [](const auto& one) { return one.has_value(); });
  if (with_curve && known)
    part.curves.push_back(curve_over(
        material, row.label, values,
        fmt::format("{} in {} periods: {}.", row.label, values.size(), trend.verdict())));
}

bool opened_in(const IncidentCase& one, const ReportPeriod& period) {
  return one.record.head.opened_at >= period.span.from &&
         one.record.head.opened_at < period.span.to;
}

std::uint64_t incidents_in(const TrendMaterial& material, const ReportPeriod& period,
                           std::optional<incident::Severity> severity) {
  return static_cast<std::uint64_t>(std::count_if(
      material.incidents.begin(), material.incidents.end(), [&](const IncidentCase& one) {
        return opened_in(one, period) && (!severity || one.record.head.severity == *severity);
      }));
}

constexpr std::string_view kTrendRule =
    "Trends are the score test of a log-linear rate (two-sided 5 %); from fewer than three periods "
    "or ten events none is told. '*': the record covers a part of the period. '-': not recorded.";

Part incident_counts(const TrendMaterial& material) {
  Part part{2, "Incidents", material.first.incident};
  auto grid = grid_over(material, "Incidents opened", "incidents");
  add_counts(
      part, grid, material,
      {"incidents.all", "all incidents",
       [&](const ReportPeriod& period) { return incidents_in(material, period, std::nullopt); }},
      part.recorded_since, true);
  for (const auto severity :
       {incident::Severity::sev1, incident::Severity::sev2, incident::Severity::sev3,
        incident::Severity::sev4, incident::Severity::sev5, incident::Severity::undetermined}) {
    const bool any = std::any_of(
        material.incidents.begin(), material.incidents.end(), [&](const IncidentCase& one) {
          return one.record.head.severity == severity &&
                 one.record.head.opened_at >= material.periods.front().span.from;
        });
    if (!any) continue;
    const auto name = std::string(to_string(severity));
    add_counts(part, grid, material,
               {"incidents." + to_lower_ascii(name), name,
                [&, severity](const ReportPeriod& period) {
                  return incidents_in(material, period, severity);
                }},
               part.recorded_since, false);
  }
  part.say(std::string(kTrendRule));
  part.grids.push_back(std::move(grid));
  return part;
}

Part times(const TrendMaterial& material) {
  Part part{3, "How long it took", material.first.incident};
  Grid grid{"Medians; with few incidents all of them",
            {{"period"}, {"time to detect", false, true}, {"time to mitigate", false, true}},
            {}};
  for (const auto& period : material.periods) {
    std::vector<const IncidentCase*> cases;
    for (const auto& one : material.incidents)
      if (opened_in(one, period)) cases.push_back(&one);
    const auto detect = detection_spans(cases);
    const auto mitigate =
        spans_to(cases, incident::milestone::kMitigated, std::min(period.span.to, material.until));
    if (days_covered(period, part.recorded_since, material.until) <= 0) {
      grid.rows.push_back({period.label, "not recorded", "not recorded"});
      continue;
    }
    grid.rows.push_back({period.label, describe(detect), describe(mitigate)});
    for (const auto& [key, label, spans] :
         {std::tuple{"detection.time.", "Median time to detect", &detect},
          std::tuple{"incidents.time_to_mitigate.", "Median time to mitigate", &mitigate}})
      part.figures.push_back(
          median_figure(key + period.label, label + (", " + period.label), *spans));
  }
  part.say(
      "Medians with intervals of order statistics; what still runs counts as at least so long. "
      "Two medians whose intervals overlap are not told apart.");
  part.grids.push_back(std::move(grid));
  return part;
}

Part work(const TrendMaterial& material) {
  Part part{4, "Work and load", material.first.action};
  auto grid = grid_over(material, "Actions, changes and pages", "what");
  const auto within = [](Instant at, const ReportPeriod& period) {
    return at >= period.span.from && at < period.span.to;
  };
  add_counts(part, grid, material,
             {"actions.done", "actions done",
              [&](const ReportPeriod& period) {
                return static_cast<std::uint64_t>(std::count_if(
                    material.actions.begin(), material.actions.end(), [&](const auto& action) {
                      return action.state == remediate::ActionState::done && action.closed_at &&
                             within(*action.closed_at, period);
                    }));
              }},
             material.first.action, false);
  add_counts(part, grid, material,
             {"changes.all", "changes",
              [&](const ReportPeriod& period) {
                return static_cast<std::uint64_t>(
                    std::count_if(material.changes.begin(), material.changes.end(),
                                  [&](const auto& one) { return within(one.start, period); }));
              }},
             material.first.change, true);
  add_counts(part, grid, material,
             {"load.pages", "pages",
              [&](const ReportPeriod& period) {
                for (std::size_t i = 0; i < material.periods.size(); ++i)
                  if (material.periods[i].span == period.span && material.loads[i])
                    return static_cast<std::uint64_t>(material.loads[i]->pages);
                return std::uint64_t{0};
              }},
             material.first.page, false);
  part.grids.push_back(std::move(grid));
  return part;
}

}  // namespace

std::vector<Part> trend_parts(const TrendMaterial& material) {
  return {objectives(material), incident_counts(material), times(material), work(material)};
}

}  // namespace nines::governance
