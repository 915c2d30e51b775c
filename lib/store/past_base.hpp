// Saved projections of an earlier time, so that reading the past need not fold the log from its
// first event.
//
// A base is a cache: a private file beside the store, named after its bound and the digest of its
// bytes. It holds the tables as the events with hlc <= its bound made them, and what it was made
// from. It counts only where all of that still holds; one that is stale or damaged is removed, and
// the answer without it is the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "store/db.hpp"

namespace nines::store {

struct PastBase {
  std::filesystem::path path;
  std::int64_t bound = 0;  ///< hlc, in microseconds
};

/// Those that end at `until` or before it, the latest first.
std::vector<PastBase> bases_until(const std::filesystem::path& store, std::int64_t until);
/// Copies a base into the empty `db`; false when its bytes are not what they were.
bool copy_base(const PastBase& base, Db& db);
/// Whether the copy in `db` says what the attached store of now says about that time. Takes the
/// notes on the base out of `db`. Call it inside the transaction that goes on to read.
bool base_holds(Db& db, const PastBase& base);

/// What is to be saved with the tables that `db` holds as of its view of the log; call it inside
/// the transaction that made them, and then `save_base` after its end. Empty files nothing.
void note_base(Db& db);
/// Saves `db` with its notes, in place of the oldest when there are many. A base that cannot be
/// saved is none: the next reading takes as long as this one did.
void save_base(Db& db, const std::filesystem::path& store);

/// Removes them all, whole or half made: an erasure must find its words nowhere. False when one
/// could not be removed. Call it with the lock of the folder.
bool drop_bases(const std::filesystem::path& store);

}  // namespace nines::store
