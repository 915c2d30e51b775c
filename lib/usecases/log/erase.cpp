// Writes log.erased; the fold removes the body, and SQLite overwrites where it lay.
#include "usecases/log/erase.hpp"

#include "base/error.hpp"
#include "store/commands.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/holds.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

void require_erasable(const store::Store& store, const log::Event& event,
                      const std::string& number) {
  const auto& h = event.header;
  if (h.kind.starts_with("log.") || h.kind.starts_with("key.") || h.kind.starts_with("replica."))
    throw Error(ExitCode::needs_approval,
                "cannot erase '" + h.kind + "': it is about the log itself",
                "it holds nothing but identifiers", "IRREVERSIBLE");
  if (store::erasure_is_here(store.db(), event.header.ref))
    throw Error(ExitCode::conflict, "event " + number + " is erased already", {}, "ERASED_ALREADY");
  if (const auto hold = store::hold_over(store, h.subject))
    throw Error(ExitCode::needs_approval,
                "cannot erase event " + number + ": " + hold->name + " for '" + hold->matter +
                    "' stands over it",
                "a legal hold beats erasure until it is released", "HELD");
}

}  // namespace

Erased erase_event(Session& session, const std::string& text, bool dry_run) {
  const auto& o = session.options();
  if (!o.because || o.because->empty())
    throw Error(ExitCode::needs_approval, "an erasure needs a reason", "add --because TEXT",
                "NEEDS_BECAUSE");
  auto& store = session.store();
  store::Transaction tx(store, o.actor, o.command, o.because);
  const auto event = store::get_event(store, text);
  const auto ref = log::to_string(event.header.ref);
  Erased result{store::number_of_event(store.db(), event.header.ref), ref, event.header.kind,
                store::name_of(store.db(), event.header.subject), dry_run};
  require_erasable(store, event, std::to_string(result.number));
  tx.append({.kind = "log.erased", .subject = "event/" + ref, .target = ref});
  if (dry_run) return result;
  tx.commit();
  // Until then the write-ahead log still holds the page as it was.
  store.db().script("PRAGMA wal_checkpoint(TRUNCATE)");
  return result;
}

}  // namespace nines::usecases
