// A count per place is enough: the log only grows, and is delivered in the order of arrival.
#include "store/deliveries.hpp"

#include <algorithm>

#include "store/db.hpp"
#include "store/event_log.hpp"

namespace nines::store {
namespace {

std::string fact_of(const std::string& place) { return "delivered " + place; }

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

}  // namespace nines::store
