// A count per place is enough: the log only grows, and is delivered in the order of arrival.
#include "store/deliveries.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"

namespace nines::store {
namespace {

std::string fact_of(const std::string& place) { return "delivered " + place; }
std::string contact_fact(const std::string& place) { return "contact " + place; }

std::optional<Instant> instant_in(const Json& json, std::string_view key) {
  const auto* value = json.find(key);
  if (value == nullptr || !value->is_int()) return std::nullopt;
  return from_epoch_micros(value->as_int());
}

/// What another build wrote there may be anything; it is worth no more than nothing.
Json contact_json(Db& db, const std::string& place) {
  try {
    const auto text = local_fact(db, contact_fact(place)).value_or("{}");
    auto json = Json::parse(text);
    if (json.is_object()) return json;
  } catch (const Error&) {
  }
  return Json::object({});
}

}  // namespace

void note_delivered(Db& db, const std::string& place, std::uint64_t count) {
  if (local_count(db, fact_of(place)) != count)
    set_local_fact(db, fact_of(place), std::to_string(count));
}

Undelivered undelivered_to(Db& db, const std::string& place) {
  const auto delivered = local_count(db, fact_of(place));
  Undelivered result;
  result.events = event_count(db) - std::min(event_count(db), delivered);
  if (result.events == 0) return result;
  auto row = db.query("SELECT recorded_at FROM event WHERE position = ?", delivered);
  if (row.step()) result.since = from_epoch_micros(row.integer(0));
  return result;
}

void note_contact(Db& db, const std::string& place, Instant now) {
  set_local_fact(db, contact_fact(place), Json::object({{"last", epoch_micros(now)}}).canonical());
}

void note_failure(Db& db, const std::string& place, Instant now, const std::string& problem) {
  auto json = contact_json(db, place);
  json.set("failed_at", epoch_micros(now)).set("problem", problem);
  set_local_fact(db, contact_fact(place), json.canonical());
}

Contact contact_with(Db& db, const std::string& place) {
  const auto json = contact_json(db, place);
  Contact contact{instant_in(json, "last"), instant_in(json, "failed_at"), {}};
  const auto* problem = json.find("problem");
  if (problem != nullptr && problem->is_string()) contact.problem = problem->as_string();
  return contact;
}

}  // namespace nines::store
