// Puts both sides of each objective under one another, and says the difference in words.
#include "nines/slo/impact_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/slo/figures.hpp"
#include "nines/slo/status_detail.hpp"

namespace nines::app::slo {
namespace {

using render::Align;
using render::Cell;
using render::Tone;
using usecases::ImpactRow;
using usecases::ImpactSide;

std::string name_of(const ImpactRow& row) {
  return row.several ? row.slo + "/" + row.objective : row.slo;
}

Json side_json(const ImpactSide& side) {
  if (!side.hindsight) return Json::object({{"defined", false}, {"problem", side.problem}});
  const auto& a = side.hindsight->last;
  return Json::object({{"defined", true},
                       {"target", a.target.to_double()},
                       {"window", a.window_text},
                       {"sli", a.sli ? Json(*a.sli) : Json()},
                       {"verdict", to_string(a.verdict)},
                       {"budget_remaining", a.budget.share ? Json(*a.budget.share) : Json()},
                       {"days", side.hindsight->days},
                       {"days_missed", side.hindsight->missed},
                       {"problem", side.problem.empty() ? Json() : Json(side.problem)}});
}

std::vector<Cell> cells(const std::string& name, const char* which, const ImpactSide& side) {
  if (!side.hindsight)
    return {name, which, "-", "-", "-", Cell("not defined", Tone::dim), "-", "-"};
  const auto& a = side.hindsight->last;
  return {
      name,
      which,
      target_text(a),
      a.window_text,
      sli_text(a),
      Cell(verdict_text(a), verdict_tone(a.verdict)),
      a.budget.none ? "none" : share_text(a.budget.share),
      side.judged() ? fmt::format("{} of {}", side.hindsight->missed, side.hindsight->days) : "-"};
}

std::string days_text(std::int64_t days) {
  return count_of(static_cast<std::uint64_t>(days), "day");
}

/// What changes, or why that cannot be told.
render::Paragraph sentence(const ImpactRow& row) {
  const auto name = name_of(row);
  const auto& before = row.before;
  const auto& after = row.after;
  if (before.judged() && after.judged()) {
    const auto was = before.hindsight->missed, would = after.hindsight->missed;
    if (was == would)
      return {fmt::format("{}: misses its target on as many days as before ({})", name,
                          days_text(was))};
    return {
        fmt::format("{}: would have missed its target on {}, not {}", name, days_text(would), was),
        would > was ? Tone::warn : Tone::plain};
  }
  const auto unknown = [&](const char* side, const ImpactSide& which) {
    return render::Paragraph{
        fmt::format("{}: {} definition cannot be judged: {}", name, side, which.problem),
        Tone::warn};
  };
  if (!after.hindsight) return {name + ": is gone; nothing would judge it any more", Tone::warn};
  if (!after.judged()) {
    auto said = unknown("the new", after);
    said.text += "; once it is applied, import again what it counts";
    return said;
  }
  if (!before.hindsight)
    return {fmt::format("{}: is new; would have missed its target on {} of {}", name,
                        after.hindsight->missed, days_text(after.hindsight->days))};
  return unknown("the old", before);
}

Json replayed_json(const std::optional<usecases::BacktestFigures>& figures) {
  if (!figures) return Json();
  return Json::object({{"alerts", figures->alerts},
                       {"alerts_per_week", figures->per_week},
                       {"incidents", figures->incidents},
                       {"caught", figures->caught}});
}

/// "page: 3.10 a week, was 1.90; would have missed 2 of 7 incidents, not 1".
std::string alert_sentence(const usecases::AlertImpact& one) {
  if (!one.after) return one.severity + ": the new definition cannot be replayed on this history";
  const auto& after = *one.after;
  auto text = fmt::format("{}: {:.2f} a week", one.severity, after.per_week);
  if (one.before) text += fmt::format(", was {:.2f}", one.before->per_week);
  const auto incidents = after.incidents;
  if (incidents == 0) return text + "; no incident is on record to be caught";
  const auto missed = incidents - after.caught;
  text += fmt::format("; would have missed {} of {}", missed, count_of(incidents, "incident"));
  if (!one.before) return text;
  const auto was = one.before->incidents - one.before->caught;
  return missed == was ? text + " as before" : text + fmt::format(", not {}", was);
}

}  // namespace

Json impact_json(const usecases::DiffImpact& impact) {
  Json rows = Json::array();
  for (const auto& row : impact.rows)
    rows.push(Json::object({{"slo", row.slo},
                            {"objective", row.objective},
                            {"before", side_json(row.before)},
                            {"after", side_json(row.after)}}));
  Json alerts = Json::array();
  for (const auto& one : impact.alerts)
    alerts.push(Json::object({{"severity", one.severity},
                              {"before", replayed_json(one.before)},
                              {"after", replayed_json(one.after)}}));
  return Json::object({{"from", impact.history ? Json(format_utc(impact.history->from)) : Json()},
                       {"to", impact.history ? Json(format_utc(impact.history->to)) : Json()},
                       {"rows", std::move(rows)},
                       {"alerts", std::move(alerts)}});
}

void add_impact(render::Page& page, const usecases::DiffImpact& impact) {
  if (impact.rows.empty()) {
    page.push_back(render::Paragraph{"impact: no SLO is judged differently by this change"});
    return;
  }
  page.push_back(render::Heading{
      impact.history
          ? fmt::format("What stored history says, {} to {}", minute_text(impact.history->from),
                        minute_text(impact.history->to))
          : "What stored history says: nothing, no measurements are stored"});
  render::Table table{{{"slo", Align::left, false, true},
                       {"which"},
                       {"target", Align::right},
                       {"window"},
                       {"sli", Align::right},
                       {"verdict"},
                       {"left", Align::right},
                       {"days missed", Align::right}},
                      {}};
  for (const auto& row : impact.rows) {
    table.rows.push_back(cells(name_of(row), "old", row.before));
    table.rows.push_back(cells("", "new", row.after));
  }
  page.push_back(std::move(table));
  for (const auto& row : impact.rows) page.push_back(sentence(row));
  for (const auto& one : impact.alerts) page.push_back(render::Paragraph{alert_sentence(one)});
}

}  // namespace nines::app::slo
