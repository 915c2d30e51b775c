// A read transaction around several queries.
#include "store/snapshot.hpp"

#include "base/error.hpp"

namespace nines::store {

Snapshot::Snapshot(const Store& store) {
  auto& db = store.db();
  if (db.in_transaction()) return;
  db.script("BEGIN");
  db_ = &db;
}

Snapshot::~Snapshot() {
  if (db_ == nullptr || !db_->in_transaction()) return;
  try {
    db_->script("ROLLBACK");  // nothing was written: this only lets go
  } catch (const Error&) {
    // The connection says so itself at its next use.
  }
}

}  // namespace nines::store
