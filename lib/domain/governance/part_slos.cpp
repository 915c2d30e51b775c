// Part 2: each objective over the period, its budget, what the count lets us believe, its trend.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"

namespace nines::governance {
namespace {

constexpr std::size_t kMostCurves = 8;

std::string objective_name(const SloOutcome& one) {
  const auto& a = one.now;
  return a.title.empty() || a.title == a.slo ? a.slo : a.slo + ": " + a.title;
}

/// Percent with as many digits as tell the target from 100 %.
std::string sli_text(double sli, const Ratio& target) {
  double allowed = 1 - target.to_double();
  int digits = 2;
  for (; allowed > 0 && allowed < 0.01 && digits < 5; allowed *= 10) ++digits;
  return fmt::format("{:.{}f}", sli * 100, digits);
}

std::string_view change_word(const SloOutcome& one) {
  if (!one.now.sli) return "-";
  if (!one.before || !one.before->sli) return "-";
  return change_of_shares(*one.before->sli, one.before->inference.sli, *one.now.sli,
                          one.now.inference.sli)
      .verdict();
}

Mood verdict_mood(slo::Verdict verdict) {
  return verdict == slo::Verdict::missed ? Mood::bad
         : verdict == slo::Verdict::met  ? Mood::good
                                         : Mood::warn;
}

std::string verdict_word(const slo::Assessment& a) {
  auto word = std::string(to_string(a.verdict));
  if (word == "no_data") word = "no data";
  if (word == "not_started") word = "not started";
  const bool judged = a.verdict == slo::Verdict::met || a.verdict == slo::Verdict::missed;
  return judged && !a.settled ? word + "*" : word;
}

std::vector<GridCell> slo_row(const SloOutcome& one) {
  const auto& a = one.now;
  auto change = std::string(change_word(one));
  if (change.starts_with("no evidence")) change = "no evidence";
  std::vector<GridCell> row{objective_name(one), a.target.percent_text()};
  if (a.sli) {
    row.emplace_back(sli_text(*a.sli, a.target));
    row.emplace_back(sli_text(a.inference.sli.low, a.target) + " to " +
                     sli_text(a.inference.sli.high, a.target));
  } else {
    row.emplace_back("-");
    row.emplace_back("-");
  }
  row.emplace_back(a.budget.share ? fmt::format("{:.0f} %", *a.budget.share * 100) : "-",
                   a.budget.share && *a.budget.share < 0 ? Mood::bad : Mood::plain);
  row.emplace_back(verdict_word(a), verdict_mood(a.verdict));
  row.emplace_back(change, change == "worse"    ? Mood::bad
                           : change == "better" ? Mood::good
                                                : Mood::plain);
  return row;
}

void add_slo_figures(Part& part, const SloOutcome& one) {
  const auto& a = one.now;
  const auto key = "slo." + a.slo + "." + a.objective;
  part.figures.push_back(
      {key + ".sli", objective_name(one) + ": SLI", a.sli, "share",
       a.sli ? std::optional(a.inference.sli) : std::nullopt, a.counted.total,
       a.sli ? fmt::format("{}{} against {} %, {} interval{}; evidence: {}; data for {}",
                           to_string(a.verdict), a.settled ? "" : ", not settled by the data,",
                           a.target.percent_text(), to_string(a.inference.method),
                           a.inference.clustering ? " widened for bursts" : "",
                           to_string(a.inference.evidence), percent_of(a.counted.coverage()))
             : a.sli_reason});
  part.figures.push_back({key + ".budget", objective_name(one) + ": budget left", a.budget.share,
                          "share", std::nullopt, a.counted.total,
                          "of the budget of the period, exact count; below zero: overspent"});
}

Curve budget_curve(const SloOutcome& one, const Material& material) {
  Curve curve;
  curve.title = objective_name(one) + ", budget left";
  double low = 0;
  Grid grid{curve.title, {{"day"}, {"budget left", true}}, {}};
  for (std::size_t i = 0; i < one.left.size(); ++i) {
    const auto& left = one.left[i];
    if (left) low = std::min(low, *left);
    curve.points.push_back(left);
    if (i % 7 == 0 || i + 1 == one.left.size())
      grid.rows.push_back(
          {day_text(one.times[i]), left ? GridCell(fmt::format("{:.0f} %", *left * 100),
                                                   *left < 0 ? Mood::bad : Mood::plain)
                                        : GridCell("not known")});
  }
  curve.low = low < 0 ? low * 1.05 : 0;
  curve.high = 1;
  curve.guide = low < 0 ? std::optional(0.0) : std::nullopt;
  curve.y_labels = {{1, "100 %"}, {0.5, "50 %"}, {0, "0 %"}};
  if (low < -0.25) curve.y_labels.emplace_back(low, fmt::format("{:.0f} %", low * 100));
  if (low < -1) curve.y_labels.erase(curve.y_labels.begin() + 1);
  curve.x_labels = {day_text(material.period.span.from), day_text(material.until)};
  const auto& a = one.now;
  curve.description = fmt::format(
      "{} of the period's budget is left{}; target {} %.",
      a.budget.share ? fmt::format("{:.0f} %", *a.budget.share * 100) : "An unknown share",
      one.owner.empty() ? "" : ", owner " + one.owner, a.target.percent_text());
  curve.grid = std::move(grid);
  return curve;
}

/// Those with the least budget left first; the others are in the table.
std::vector<const SloOutcome*> most_spent(const std::vector<SloOutcome>& slos) {
  std::vector<const SloOutcome*> order;
  for (const auto& one : slos)
    if (one.now.budget.share && !one.left.empty()) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return *a->now.budget.share < *b->now.budget.share;
  });
  if (order.size() > kMostCurves) order.resize(kMostCurves);
  return order;
}

}  // namespace

Part part_of_slos(const Material& material) {
  Part part{2, "Service level objectives", material.first.measurement};
  if (auto said = said_of_record("measurement", material.period, part.recorded_since);
      !said.empty())
    part.say(std::move(said), Mood::warn);
  if (material.slos.empty()) {
    part.say("No SLO is applied.", Mood::warn);
    return part;
  }
  std::size_t met = 0, missed = 0, unsure = 0;
  Grid grid{"Objectives, judged over the period",
            {{"SLO", false, true},
             {"target", true},
             {"SLI %", true},
             {"95 % interval"},
             {"left", true},
             {"verdict"},
             {"trend"}},
            {}};
  for (const auto& one : material.slos) {
    met += one.now.verdict == slo::Verdict::met ? 1 : 0;
    missed += one.now.verdict == slo::Verdict::missed ? 1 : 0;
    unsure += one.now.sli && one.now.inference.evidence == slo::Evidence::undecided ? 1 : 0;
    grid.rows.push_back(slo_row(one));
    add_slo_figures(part, one);
  }
  const auto all = material.slos.size();
  part.say(fmt::format("{} of {} met, {} missed, {} without a verdict.", met,
                       count_of(all, "objective"), missed, all - met - missed),
           missed > 0   ? Mood::bad
           : met == all ? Mood::good
                        : Mood::plain);
  if (unsure > 0)
    part.say(
        fmt::format("For {} of them the count alone does not tell whether the service is as "
                    "good as its target: the interval holds the target.",
                    unsure));
  part.say(
      fmt::format("Each objective is judged over the whole period, not over its own window; "
                  "compared with {} by the intervals of both (Newcombe), which is no claim "
                  "about why.",
                  material.before.label));
  part.grids.push_back(std::move(grid));
  for (const auto* one : most_spent(material.slos))
    part.curves.push_back(budget_curve(*one, material));
  if (material.slos.size() > part.curves.size() && part.curves.size() == kMostCurves)
    part.say(fmt::format("Plots show the {} objectives with the least budget left.", kMostCurves));
  return part;
}

}  // namespace nines::governance
