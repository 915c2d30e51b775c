// Writes assessments as JSON; what is undefined is null, never 0.
#include "nines/slo/status_json.hpp"
#include "nines/json_or_null.hpp"

#include <fmt/core.h>

namespace nines::app::slo {
namespace {

using nines::slo::Assessment;
using nines::slo::BudgetingMethod;

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

std::int64_t seconds(Micros d) { return std::chrono::floor<std::chrono::seconds>(d).count(); }

std::string_view method_name(BudgetingMethod method) {
  switch (method) {
    case BudgetingMethod::occurrences:
      return "Occurrences";
    case BudgetingMethod::timeslices:
      return "Timeslices";
    case BudgetingMethod::ratio_timeslices:
      return "RatioTimeslices";
  }
  return "";
}

Json window_json(const Assessment& a) {
  auto json = Json::object({{"text", a.window_text}, {"rolling", a.rolling}});
  json.set("from", a.window ? Json(format_utc(a.window->from)) : Json());
  json.set("to", a.window ? Json(format_utc(a.window->to)) : Json());
  json.set("counted_to", time_or_null(a.counted_to));
  return json;
}

/// A whole number where units are whole.
Json units(const Assessment& a, double value) {
  if (a.counted.ratios) return Json(value);
  return Json(static_cast<std::int64_t>(value));
}

Json interval_json(const Assessment& a) {
  if (!a.sli) return Json();
  return Json::object(
      {{"low", a.inference.sli.low},
       {"high", a.inference.sli.high},
       {"method", to_string(a.inference.method)},
       {"confidence", nines::slo::kConfidence},
       {"effective", a.inference.clustering ? Json(a.inference.clustering->effective) : Json()},
       {"compared_blocks",
        a.inference.clustering ? Json(a.inference.clustering->blocks) : Json()}});
}

Json figures_json(const nines::slo::Figures& f) {
  return Json::object({{"sli", or_null(f.sli)},
                       {"verdict", to_string(f.verdict)},
                       {"budget_remaining", or_null(f.budget_share)},
                       {"bad", f.bad},
                       {"total", f.total}});
}

Json maintenance_json(const Assessment& a) {
  if (!a.maintenance) return Json();
  const auto& m = *a.maintenance;
  auto names = Json::array(), late = Json::array();
  for (const auto& name : m.names) names.push(name);
  for (const auto& name : m.late) late.push(name);
  return Json::object({{"excluded", m.excluded},
                       {"minutes", m.minutes},
                       {"names", std::move(names)},
                       {"announced_late", std::move(late)},
                       {"with", m.counting ? figures_json(*m.counting) : Json()},
                       {"without", m.without ? figures_json(*m.without) : Json()}});
}

Json budget_json(const Assessment& a) {
  const auto& b = a.budget;
  return Json::object({{"none", b.none},
                       {"allowed", b.allowed},
                       {"bad", units(a, b.bad)},
                       {"remaining", b.remaining},
                       {"whole_seconds", seconds(b.whole)},
                       {"remaining_seconds", b.time_left ? Json(seconds(*b.time_left)) : Json()}});
}

Json burns_json(const Assessment& a) {
  auto json = Json::object();
  for (const auto& burn : a.burns) {
    const auto minutes = burn.window.count();
    const auto name = minutes % 1440 == 0 ? fmt::format("{}d", minutes / 1440)
                      : minutes % 60 == 0 ? fmt::format("{}h", minutes / 60)
                                          : fmt::format("{}m", minutes);
    json.set(name, or_null(burn.rate));
  }
  return json;
}

Json forecast_json(const Assessment& a) {
  if (!a.outlook.forecast) return Json();
  const auto& f = *a.outlook.forecast;
  const bool units = !a.inference.spent;  // a weighted sum has none of its own
  return Json::object({{"at", format_utc(f.at)},
                       {"pace_seconds", seconds(f.pace)},
                       {"burn", f.burn},
                       {"total", units ? Json(f.total) : Json()},
                       {"bad", units ? Json(f.bad) : Json()},
                       {"sli", units ? Json(f.sli) : Json()},
                       {"allowed", units ? Json(f.allowed) : Json()},
                       {"budget_remaining", or_null(f.share)},
                       {"budget_remaining_now", or_null(f.share_now)},
                       {"meets", f.meets}});
}

Json exhaustion_json(const Assessment& a) {
  const auto& e = a.outlook.exhaustion;
  const bool at = e.kind == nines::slo::Exhaustion::Kind::at;
  return Json::object({{"kind", to_string(e.kind)},
                       {"at", at ? Json(format_utc(e.when)) : Json()},
                       {"within_window", at ? Json(e.within_window) : Json()}});
}

Json members_json(const Assessment& a) {
  auto members = Json::array();
  for (const auto& member : a.members)
    members.push(Json::object({{"name", member.name},
                               {"weight", member.weight.to_double()},
                               {"consumed", or_null(member.consumed)},
                               {"status", assessment_json(member.assessment)}}));
  return members;
}

void add_counts(Json& json, const Assessment& a) {
  const auto& c = a.counted;
  const bool counted = a.members.empty() || c.total > 0;
  json.set("unit", c.in_slices ? "slices" : "events")
      .set("good", counted ? units(a, c.good_units()) : Json())
      .set("bad", counted ? units(a, c.bad_units()) : Json())
      .set("total", counted ? Json(c.total) : Json())
      .set("sli", or_null(a.sli))
      .set("sli_reason", a.sli_reason.empty() ? Json() : Json(a.sli_reason))
      .set("sli_interval", interval_json(a));
}

}  // namespace

Json assessment_json(const Assessment& a) {
  auto json = Json::object({{"slo", a.slo},
                            {"service", a.service},
                            {"objective", a.objective},
                            {"title", a.title},
                            {"target", a.target.to_double()},
                            {"method", method_name(a.method)},
                            {"at", format_utc(a.at)},
                            {"window", window_json(a)}});
  add_counts(json, a);
  json.set("verdict", to_string(a.verdict))
      .set("settled", a.settled)
      .set("evidence", to_string(a.inference.evidence))
      .set("spent_interval", a.inference.spent ? Json::object({{"low", a.inference.spent->low},
                                                               {"high", a.inference.spent->high}})
                                               : Json())
      .set("units_needed", or_null(a.inference.units_needed))
      .set("coverage", a.counted.coverage())
      .set("imputed", a.counted.imputed)
      .set("budget_remaining", or_null(a.budget.share))
      .set("budget", budget_json(a))
      .set("burn_rates", burns_json(a))
      .set("exhaustion", exhaustion_json(a))
      .set("forecast", forecast_json(a))
      .set("maintenance", maintenance_json(a))
      .set("stale", a.freshness.stale)
      .set("data", Json::object(
                       {{"from", time_or_null(a.freshness.data_from)},
                        {"to", time_or_null(a.freshness.data_to)},
                        {"age_seconds", a.freshness.age ? Json(seconds(*a.freshness.age)) : Json()},
                        {"stale_after_seconds", seconds(a.freshness.limit)}}));
  if (!a.members.empty())
    json.set("weights", a.weights.to_double()).set("members", members_json(a));
  auto notes = Json::array();
  for (const auto& note : a.notes) notes.push(note);
  json.set("notes", std::move(notes));
  return json;
}

Json status_json(const usecases::StatusRow& row) {
  auto json = assessment_json(row.assessment);
  json.set("source", row.source.empty() ? Json() : Json(row.source));
  if (row.trend.empty()) return json;
  auto trend = Json::array();
  for (const auto& burn : row.trend) trend.push(or_null(burn));
  json.set("trend", std::move(trend));
  return json;
}

}  // namespace nines::app::slo
