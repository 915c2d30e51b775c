// Which import runs count: two machines may have imported the same requests before they met.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::store {

class Db;
class Store;

/// Lets the runs of a source count, or not, and brings the totals in line. A run counts when its
/// parts are here, unless an earlier one (by its identifier) that counts, of another replica but
/// the same origin and with a rule in common, covers some of its times. A run that goes on from
/// another's file, or was imported with a stated --overlap, is not held against it. A function of
/// the live runs with parts here alone, so the order in which they came does not matter.
void settle_runs(Db& db, std::string_view source);

/// A live run that no answer reads.
struct UnreadRun {
  Uid uid;
  Uid replica;  ///< that measured it
  std::string source;
  std::string file;
  Instant first;  ///< first and last minute
  Instant last;
  bool here = false;  ///< its parts are here: it is set aside for times that another run covers
};
/// Of one source, or of all; by source, then uid.
std::vector<UnreadRun> unread_runs(const Store& store, std::string_view source = {});

}  // namespace nines::store
