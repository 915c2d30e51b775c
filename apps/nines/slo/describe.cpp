// Windows, methods and objectives in words.
#include "nines/slo/describe.hpp"

#include <fmt/core.h>

namespace nines::app::slo {
namespace {

std::string_view sign_of(nines::slo::Comparison op) {
  switch (op) {
    case nines::slo::Comparison::gt:
      return ">";
    case nines::slo::Comparison::gte:
      return ">=";
    case nines::slo::Comparison::lt:
      return "<";
    case nines::slo::Comparison::lte:
      return "<=";
  }
  return "";
}

}  // namespace

std::string window_text(const nines::slo::TimeWindow& window) {
  if (window.rolling) return window.length.to_string() + " rolling";
  return fmt::format("{} calendar{}", window.length.to_string(),
                     window.zone.empty() ? "" : ", " + window.zone);
}

std::string method_text(nines::slo::BudgetingMethod method) {
  switch (method) {
    case nines::slo::BudgetingMethod::occurrences:
      return "Occurrences";
    case nines::slo::BudgetingMethod::timeslices:
      return "Timeslices";
    case nines::slo::BudgetingMethod::ratio_timeslices:
      return "RatioTimeslices";
  }
  return "";
}

std::string objective_text(const nines::slo::Objective& objective) {
  auto text = objective.target.percent_text() + "%";
  if (objective.op && objective.value)
    text += fmt::format(" with value {} {}", sign_of(*objective.op), objective.value->to_string());
  if (objective.slice_window)
    text += fmt::format(" of {} slices", objective.slice_window->to_string());
  if (objective.slice_target)
    text += fmt::format(" at {}%", objective.slice_target->percent_text());
  if (!objective.indicator_ref.empty())
    text += fmt::format(" of {}, weight {}", objective.indicator_ref, objective.weight.to_string());
  return text;
}

std::string targets_text(const nines::slo::Slo& slo) {
  std::string text;
  for (const auto& objective : slo.objectives)
    text += (text.empty() ? "" : ", ") + objective.target.percent_text() + "%";
  return text;
}

Json objective_json(const nines::slo::Objective& objective) {
  Json json = Json::object({{"id", objective.id},
                            {"display_name", objective.display_name},
                            {"target", objective.target.to_string()}});
  json.set("op", objective.op ? Json(sign_of(*objective.op)) : Json());
  json.set("value", objective.value ? Json(objective.value->to_string()) : Json());
  json.set("slice_target",
           objective.slice_target ? Json(objective.slice_target->to_string()) : Json());
  json.set("slice_window",
           objective.slice_window ? Json(objective.slice_window->to_string()) : Json());
  json.set("indicator", objective.indicator_ref.empty() ? Json() : Json(objective.indicator_ref));
  json.set("weight", objective.weight.to_string());
  return json;
}

}  // namespace nines::app::slo
