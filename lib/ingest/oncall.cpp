// Tells the exports of schedules and policies apart by what stands in them.
#include "ingest/oncall.hpp"

#include "base/error.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

bool any_has(const Json::Array& items, std::string_view member) {
  for (const auto& item : items)
    if (item.find(member) != nullptr) return true;
  return false;
}

/// The one member as a list of its own name, where there is no such list.
void list_single(Json& whole, const char* single, const char* many) {
  const auto* one = whole.find(single);
  if (one == nullptr || !one->is_object() || whole.find(many) != nullptr) return;
  auto list = Json::array();
  list.push(*one);
  whole.set(many, std::move(list));
}

/// What a bare list, or Opsgenie's `data`, is a list of.
const char* list_name(const Json::Array& items) {
  if (any_has(items, "escalation_rules")) return "escalation_policies";
  if (any_has(items, "rules")) return "escalations";
  return "schedules";
}

/// Every list under its own name, whether the export has it, one item, or only the items.
Json with_lists(const Json& document) {
  auto whole = document;
  if (document.is_array()) whole = Json::object({{list_name(document.as_array()), document}});
  list_single(whole, "schedule", "schedules");
  list_single(whole, "escalation_policy", "escalation_policies");
  if (const auto* data = whole.find("data"); data != nullptr) {
    auto list = data->is_array() ? *data : Json::array().push(*data);
    const auto* name = list_name(list.as_array());
    whole.set(name, std::move(list));
  }
  return whole;
}

}  // namespace

ConvertedSchedules convert_schedules(std::string_view text, std::string_view file) {
  const auto document = with_lists(Json::parse(text, file));
  const auto& schedules = items_of(document, "schedules");
  const auto& policies = items_of(document, "escalation_policies");
  if (any_has(schedules, "schedule_layers") || any_has(policies, "escalation_rules")) {
    ScheduleConverter converter("PagerDuty");
    convert_pagerduty(document, converter);
    return converter.take();
  }
  if (any_has(schedules, "rotations") || any_has(items_of(document, "escalations"), "rules")) {
    ScheduleConverter converter("Opsgenie");
    convert_opsgenie(document, converter);
    return converter.take();
  }
  if (document.find("on_call_shifts") != nullptr || document.find("escalation_chains") != nullptr) {
    ScheduleConverter converter("Grafana OnCall");
    convert_grafana(document, converter);
    return converter.take();
  }
  throw Error(ExitCode::bad_data,
              "'" + std::string(file) + "' is no export of schedules or policies that nines knows",
              "PagerDuty (schedules, escalation_policies), Opsgenie (schedules, escalations), or "
              "Grafana OnCall (schedules, on_call_shifts, escalation_chains, escalation_policies "
              "and users in one object)",
              "UNKNOWN_EXPORT");
}

}  // namespace nines::ingest
