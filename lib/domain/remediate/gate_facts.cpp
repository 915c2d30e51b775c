// What a gate knows, as it travels in a signed snapshot, and back.
#include <algorithm>

#include "base/decimal.hpp"
#include "domain/remediate/gate.hpp"

namespace nines::remediate {
namespace {

Json texts_json(const std::vector<std::string>& texts) {
  auto list = Json::array();
  for (const auto& text : texts) list.push(text);
  return list;
}

std::vector<std::string> texts_from(const Json& json, std::string_view name) {
  std::vector<std::string> texts;
  if (const auto* list = json.find(name); list != nullptr && list->is_array())
    for (const auto& one : list->as_array())
      if (one.is_string()) texts.push_back(one.as_string());
  return texts;
}

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

std::optional<double> number_from(const Json& json, std::string_view name) {
  const auto* value = json.find(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->as_double();
}

std::optional<Instant> instant_from(const Json& json, std::string_view name) {
  return parse_rfc3339(json.text(name));
}

Json objective_json(const GateObjective& o) {
  auto burns = Json::array();
  for (const auto& [window, rate] : o.burns)
    burns.push(Json::object({{"minutes", window.count()}, {"rate", rate}}));
  return Json::object({{"slo", o.slo},
                       {"objective", o.objective},
                       {"service", o.service},
                       {"events", o.events},
                       {"fewest_events", o.fewest},
                       {"spent_percent", optional_number(o.spent)},
                       {"problem", o.problem},
                       {"data_to", o.data_to ? Json(format_utc(*o.data_to)) : Json()},
                       {"data_limit_us", o.data_limit.count()},
                       {"burns", std::move(burns)},
                       {"unanswered_percent", optional_number(o.unanswered)},
                       {"unanswered_incident", o.unanswered_incident}});
}

GateObjective objective_from(const Json& json) {
  GateObjective o;
  o.slo = json.text("slo");
  o.objective = json.text("objective");
  o.service = json.text("service");
  o.events = static_cast<std::uint64_t>(std::max<std::int64_t>(0, json.integer("events")));
  o.fewest = static_cast<std::uint64_t>(std::max<std::int64_t>(0, json.integer("fewest_events")));
  o.spent = number_from(json, "spent_percent");
  o.problem = json.text("problem");
  o.data_to = instant_from(json, "data_to");
  o.data_limit = Micros{json.integer("data_limit_us")};
  if (const auto* burns = json.find("burns"); burns != nullptr && burns->is_array())
    for (const auto& burn : burns->as_array())
      if (const auto rate = number_from(burn, "rate"))
        o.burns.emplace_back(std::chrono::minutes{burn.integer("minutes")}, *rate);
  o.unanswered = number_from(json, "unanswered_percent");
  o.unanswered_incident = json.text("unanswered_incident");
  return o;
}

GateService service_from(const Json& json) {
  return {json.text("name"),
          incident::severity_from(json.text("worst"))
              .value_or(incident::Severity::undetermined),
          json.text("undetermined"), texts_from(json, "open"), texts_from(json, "overdue")};
}

std::optional<GateFreeze> freeze_from(const Json& json) {
  const auto from = instant_from(json, "from"), to = instant_from(json, "to");
  if (!from || !to) return std::nullopt;
  return GateFreeze{json.text("name"),
                    json.text("why"),
                    texts_from(json, "services"),
                    texts_from(json, "exempt"),
                    *from,
                    *to};
}

template <class T, class Read>
void read_each(const Json& json, std::string_view name, std::vector<T>& into, const Read& read) {
  if (const auto* list = json.find(name); list != nullptr && list->is_array())
    for (const auto& one : list->as_array())
      if (std::optional<T> item = read(one)) into.push_back(std::move(*item));
}

}  // namespace

Json to_json(const GateOverride& one) {
  return Json::object({{"policy", one.policy},
                       {"rules", texts_json(one.rules)},
                       {"services", texts_json(one.services)},
                       {"by", one.by},
                       {"because", one.because},
                       {"at", format_utc(one.at)},
                       {"until", format_utc(one.until)}});
}

std::optional<GateOverride> gate_override_from(const Json& json) {
  const auto at = instant_from(json, "at"), until = instant_from(json, "until");
  if (!at || !until) return std::nullopt;
  return GateOverride{{},
                      json.text("name"),
                      json.text("policy"),
                      texts_from(json, "rules"),
                      texts_from(json, "services"),
                      json.text("by"),
                      json.text("because"),
                      *at,
                      *until,
                      log::authentication_from(json.find("authentication"))};
}

Json to_json(const GateFacts& facts) {
  auto objectives = Json::array(), services = Json::array(), overrides = Json::array(),
       freezes = Json::array();
  for (const auto& one : facts.objectives) objectives.push(objective_json(one));
  for (const auto& one : facts.services)
    services.push(Json::object({{"name", one.name},
                                {"worst", incident::to_string(one.worst)},
                                {"undetermined", one.undetermined},
                                {"open", texts_json(one.open)},
                                {"overdue", texts_json(one.overdue)}}));
  for (const auto& one : facts.overrides) {
    auto json = to_json(one);
    json.set("name", one.name);
    if (one.proof != log::Authentication{}) json.set("authentication", log::to_json(one.proof));
    overrides.push(std::move(json));
  }
  for (const auto& one : facts.freezes)
    freezes.push(Json::object({{"name", one.name},
                               {"why", one.why},
                               {"services", texts_json(one.services)},
                               {"exempt", texts_json(one.exempt)},
                               {"from", format_utc(one.from)},
                               {"to", format_utc(one.to)}}));
  return Json::object({{"at", format_utc(facts.at)},
                       {"objectives", std::move(objectives)},
                       {"services", std::move(services)},
                       {"overrides", std::move(overrides)},
                       {"freezes", std::move(freezes)}});
}

std::optional<GateFacts> gate_facts_from(const Json& json) {
  const auto at = instant_from(json, "at");
  if (!at) return std::nullopt;
  GateFacts facts;
  facts.at = *at;
  read_each(json, "objectives", facts.objectives,
            [](const Json& one) { return std::optional(objective_from(one)); });
  read_each(json, "services", facts.services,
            [](const Json& one) { return std::optional(service_from(one)); });
  read_each(json, "overrides", facts.overrides, gate_override_from);
  read_each(json, "freezes", facts.freezes, freeze_from);
  return facts;
}

}  // namespace nines::remediate
