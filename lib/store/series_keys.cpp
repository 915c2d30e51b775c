// Which series a source has.
#include "store/db.hpp"
#include "store/series.hpp"

namespace nines::store {

std::vector<series::SeriesKey> series_of_source(const Store& store, std::string_view source) {
  std::vector<series::SeriesKey> keys;
  auto rows = store.db().query(
      "SELECT s.source, s.service, s.predicate, s.total, s.value, s.split FROM series s "
      "JOIN series_state t ON t.series = s.id WHERE s.source = ? "
      "ORDER BY s.service, s.predicate, s.total, s.value, s.split",
      source);
  while (rows.step()) {
    keys.push_back(
        {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  }
  return keys;
}

}  // namespace nines::store
