// Bounds of stated times, and what they allow to be claimed about order.
#include "domain/incident/stated_time.hpp"

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr Micros kAbout = std::chrono::minutes{5};
constexpr EnumNames<Order, 3> kOrders{{"certain", "possible", "impossible"}};

}  // namespace

std::optional<Bounds> bounds_of(const StatedTime& time) {
  if (time.precision == Precision::unknown) return std::nullopt;
  Bounds bounds{time.at, time.until.value_or(time.at)};
  if (time.precision == Precision::minute && !time.until)
    bounds.latest =
        std::chrono::floor<std::chrono::minutes>(time.at) + std::chrono::minutes{1} - Micros{1};
  const auto spread =
      time.precision == Precision::about && time.spread.count() == 0 ? kAbout : time.spread;
  bounds.earliest -= spread;
  bounds.latest += spread;
  return bounds;
}

std::string_view to_string(Order order) { return kOrders.of(order); }

Order not_after(const StatedTime& a, const StatedTime& b) {
  const auto first = bounds_of(a), second = bounds_of(b);
  if (!first || !second) return Order::possible;
  if (first->latest <= second->earliest) return Order::certain;
  return first->earliest > second->latest ? Order::impossible : Order::possible;
}

Json to_json(const StatedTime& time) {
  auto json = Json::object();
  if (!time.text.empty()) json.set("text", time.text);
  if (!time.zone.empty()) json.set("zone", time.zone);
  if (!time.clock.empty()) json.set("clock", time.clock);
  if (time.spread.count() != 0) json.set("spread_us", time.spread.count());
  if (time.until) json.set("until", format_utc(*time.until));
  return json;
}

StatedTime stated_time_from(const Json& json, Instant at, Precision precision) {
  StatedTime time{at,
                  precision,
                  Micros{json.integer("spread_us")},
                  std::nullopt,
                  json.text("text"),
                  json.text("zone"),
                  json.text("clock")};
  time.until = parse_rfc3339(json.text("until"));
  return time;
}

}  // namespace nines::incident
