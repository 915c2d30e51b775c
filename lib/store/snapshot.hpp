// One state of the store for a command that reads many times, whatever is written meanwhile.
#pragma once

#include "store/db.hpp"
#include "store/store.hpp"

namespace nines::store {

/// While it lives, every read through the store sees the same state, and takes no lock of its own.
/// Within a transaction or another snapshot it changes nothing. Throws Error as Db does.
class Snapshot {
 public:
  explicit Snapshot(const Store& store);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Db* db_ = nullptr;  ///< null: another one holds the state
};

}  // namespace nines::store
