// What came from elsewhere is in the table, what was taken here and undone since is not.
#include "store/entry_numbers.hpp"

#include "store/db.hpp"
#include "store/numbers.hpp"

namespace nines::store {

std::int64_t take_entry_number(Db& db, const Uid& incident) {
  const auto known = db.integer("SELECT max(number) FROM incident_entry WHERE incident = ?",
                                incident);
  return take_number(db, "entry of " + incident.to_string(), known.value_or(0));
}

}  // namespace nines::store
