// Reads the rule of the store, and puts it in a sentence.
#include "usecases/log/records_elsewhere.hpp"

#include "base/shell_word.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/store.hpp"

namespace nines::usecases {

std::optional<RecordsElsewhere> records_elsewhere(const Session& session) {
  auto& db = session.store().db();
  if (!store::lacks_records(db)) return std::nullopt;
  const auto rule = store::left_out(db).value_or(store::LeftOut{});
  return RecordsElsewhere{rule.records, rule.bodies, rule.bound, rule.place};
}

std::string to_string(const RecordsElsewhere& elsewhere) {
  return count_of(elsewhere.records, "finished record") + " without news since " +
         format_utc(elsewhere.bound).substr(0, 10) + (elsewhere.records == 1 ? " is" : " are") +
         " not here: nines sync " + shell_word(elsewhere.place) + " --records-since all brings " +
         (elsewhere.records == 1 ? "it" : "them");
}

}  // namespace nines::usecases
