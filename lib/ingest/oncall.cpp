// Tells the exports of schedules apart by what stands in them.
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

/// `schedules`, or the one `schedule`; Opsgenie puts them into `data`.
Json with_list(const Json& document) {
  auto whole = document;
  if (document.is_array()) whole = Json::object({{"schedules", document}});
  if (const auto* one = whole.find("schedule"); one != nullptr && one->is_object()) {
    auto list = Json::array();
    list.push(*one);
    whole.set("schedules", std::move(list));
  }
  if (const auto* data = whole.find("data"); data != nullptr) {
    auto list = data->is_array() ? *data : Json::array().push(*data);
    whole.set("schedules", std::move(list));
  }
  return whole;
}

}  // namespace

ConvertedSchedules convert_schedules(std::string_view text, std::string_view file) {
  const auto document = with_list(Json::parse(text, file));
  const auto& schedules = items_of(document, "schedules");
  if (any_has(schedules, "schedule_layers")) {
    ScheduleConverter converter("PagerDuty");
    convert_pagerduty(document, converter);
    return converter.take();
  }
  if (any_has(schedules, "rotations")) {
    ScheduleConverter converter("Opsgenie");
    convert_opsgenie(document, converter);
    return converter.take();
  }
  if (document.find("on_call_shifts") != nullptr) {
    ScheduleConverter converter("Grafana OnCall");
    convert_grafana(document, converter);
    return converter.take();
  }
  throw Error(ExitCode::bad_data,
              "'" + std::string(file) + "' is no export of schedules that nines knows",
              "PagerDuty schedules (schedule_layers), Opsgenie schedules (rotations), or Grafana "
              "OnCall (schedules, on_call_shifts and users in one object)",
              "UNKNOWN_EXPORT");
}

}  // namespace nines::ingest
