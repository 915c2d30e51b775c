// Opens a place of exchange, whatever it is.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "domain/log/exchange.hpp"
#include "store/folder_lock.hpp"
#include "usecases/log/sync_place.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Store;
}

namespace nines::usecases {

struct OpenPlace {
  std::string name;  ///< by which the store remembers it
  /// Of our own folder beside the store, for places that need one; outlives the exchange.
  std::unique_ptr<store::FolderLock> lock;
  std::unique_ptr<log::Exchange> exchange;
};

struct PlaceOptions {
  bool read_only = false;                  ///< a place without a name gets none
  Micros deadline{std::chrono::hours{1}};  ///< for all talk with a remote
  std::chrono::milliseconds wait{5000};    ///< for another process that is at it
  /// Nobody reads what comes of it: what has to be said is kept for the next that is attended.
  bool unattended = false;
};

/// The folder of our own beside the store, of a place that is far away.
std::filesystem::path work_folder(const store::Store& store, const SyncPlace& place);

/// Throws Error: not_found, config (it is no such place), busy (out of reach; another process of
/// this store is exchanging there), conflict (another remote under the same address), io.
OpenPlace open_place(const Session& session, const SyncPlace& place, const PlaceOptions& options);

}  // namespace nines::usecases
